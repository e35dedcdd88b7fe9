import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import { plan, textHash, type MaterialId, type Plan } from '../../core/index.ts';
import type { Database, MaterialsTable } from '../db/schema.ts';
import { MERGED_FIELDS, type Conflict, type Merged, type MergedField } from './merge.ts';

export type Tx = Transaction<Database>;

const COLUMN_OF: Record<MergedField, keyof MaterialsTable> = {
  subject: 'subject',
  title: 'title',
  description: 'description',
  type: 'type',
  level: 'level',
  theme: 'theme',
  subtheme: 'subtheme',
  url: 'url',
  aiSummary: 'ai_summary',
  aiStatus: 'ai_status',
  aiSource: 'ai_source',
};

/** Whether anything waits to be written to the sheet, or to be seen in it once more. */
export async function hasWork(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from materials where pending <> '{}')
        or exists (select from materials where missing_since is not null and deleted_at is null)
        or exists (select from sheet_writes where settled_at is null) as found`.execute(tx);
  return rows[0]?.found === true;
}

/** In the order of their ids, which is that of their making: new rows are appended in it. */
export async function loadMaterials(tx: Tx): Promise<Map<MaterialId, Merged>> {
  const rows = await tx.selectFrom('materials').selectAll().orderBy('id').execute();
  return new Map(rows.map((row) => [row.id, toMerged(row)]));
}

function toMerged(row: Selectable<MaterialsTable>): Merged {
  return {
    fields: {
      subject: row.subject,
      title: row.title,
      description: row.description,
      type: row.type,
      level: row.level,
      theme: row.theme,
      subtheme: row.subtheme,
      url: row.url,
      aiSummary: row.ai_summary,
      aiStatus: row.ai_status,
      aiSource: row.ai_source,
    },
    metadata: row.metadata,
    base: row.base,
    pending: row.pending,
    conflicts: row.conflicts as Record<string, Conflict>,
    missingSince: row.missing_since?.toISOString() ?? null,
    deletedAt: row.deleted_at?.toISOString() ?? null,
  };
}

function columns(merged: Merged) {
  const { fields, metadata, base, pending, conflicts, missingSince, deletedAt } = merged;
  return {
    ...Object.fromEntries(MERGED_FIELDS.map((field) => [COLUMN_OF[field], fields[field]])),
    text_hash: textHash(fields),
    metadata: JSON.stringify(metadata),
    base: base === null ? null : JSON.stringify(base),
    pending: JSON.stringify(pending),
    conflicts: JSON.stringify(conflicts),
    missing_since: missingSince,
    deleted_at: deletedAt,
  };
}

export async function insertMaterials(
  tx: Tx,
  materials: ReadonlyArray<readonly [MaterialId, Merged]>,
): Promise<void> {
  // PostgreSQL takes at most 65,535 parameters a statement.
  for (let start = 0; start < materials.length; start += 1000) {
    const values = materials
      .slice(start, start + 1000)
      .map(([id, merged]) => ({ id, ...columns(merged) }));
    await tx.insertInto('materials').values(values).execute();
  }
}

/** @param counted which of the ETag's two numbers the change counts up */
export async function saveMaterial(
  tx: Tx,
  id: MaterialId,
  merged: Merged,
  counted: 'revision' | 'ai_revision' | null,
): Promise<void> {
  await tx
    .updateTable('materials')
    .set({ ...columns(merged) })
    .$if(counted === 'revision', (query) =>
      query.set({ revision: sql`revision + 1`, updated_at: sql`now()` }),
    )
    .$if(counted === 'ai_revision', (query) => query.set({ ai_revision: sql`ai_revision + 1` }))
    .where('id', '=', id)
    .execute();
}

/** Plans that may have landed in the sheet, or may yet; oldest first. */
export async function unsettledPlans(tx: Tx): Promise<Plan[]> {
  const rows = await tx
    .selectFrom('sheet_writes')
    .select('plan')
    .where('settled_at', 'is', null)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => plan.parse(row.plan));
}

export async function settlePlan(
  db: Kysely<Database>,
  id: string,
  outcome: 'confirmed' | 'corrected' | 'superseded' | 'refused',
): Promise<void> {
  await db
    .updateTable('sheet_writes')
    .set({ outcome, settled_at: sql`now()` })
    .where('id', '=', id)
    .execute();
}

/** Committed before it is sent: whatever happens then, the next cycle knows what to look for. */
export async function insertPlan(tx: Tx, planned: Plan): Promise<void> {
  await tx
    .insertInto('sheet_writes')
    .values({
      id: planned.id,
      number: planned.number,
      plan: JSON.stringify(planned),
      sent_at: sql`now()`,
    })
    .execute();
}
