import { sql, type Kysely, type Transaction } from 'kysely';
import { AI_FIELDS, textHash } from '../../core/index.ts';
import type { Database } from '../db/schema.ts';
import { presentMaterial } from '../materials/present.ts';
import type { MaterialRecord } from '../materials/repository.ts';
import { MERGED_FIELDS, type MergedField } from '../sync/merge.ts';
import type { SavedMaterial } from './material.ts';

/** Every material that is in the catalog, in the order of its making; one statement, one moment. */
export async function catalogOf(db: Kysely<Database>): Promise<SavedMaterial[]> {
  const rows = await db
    .selectFrom('materials')
    .selectAll()
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(toSaved);
}

/** Every material, deleted ones too. */
export async function allRows(db: Kysely<Database>): Promise<MaterialRecord[]> {
  return db.selectFrom('materials').selectAll().orderBy('id').execute();
}

/** Until the transaction ends, other writers of materials wait; readers do not. */
export async function lockMaterials(trx: Transaction<Database>): Promise<void> {
  await sql`lock table materials in share row exclusive mode`.execute(trx);
}

/** Whether a material has a row in the sheet, or will get one: what is missing is about to be deleted. */
export function isThere({ deleted_at, missing_since }: MaterialRecord): boolean {
  return deleted_at === null && missing_since === null;
}

/** Every text to the letter, also a `url` that the API does not show because it is no web address. */
export function toSaved(row: MaterialRecord): SavedMaterial {
  return { ...presentMaterial(row), url: row.url, conflicts: row.conflicts };
}

/**
 * Inserts materials that are missing, as if a person had just added them (materials/repository.ts): never
 * seen in the sheet, with every filled field pending.
 */
export async function insertSaved(
  trx: Transaction<Database>,
  materials: readonly SavedMaterial[],
): Promise<void> {
  // PostgreSQL takes at most 65,535 parameters a statement.
  for (let start = 0; start < materials.length; start += 1000) {
    const values = materials.slice(start, start + 1000).map((material) => ({
      id: material.id,
      ...columns(material, MERGED_FIELDS),
      metadata: JSON.stringify(material.metadata),
      conflicts: JSON.stringify(material.conflicts),
      pending: JSON.stringify(pendingRow(material, 1, 1)),
      ai_revision: AI_FIELDS.some((field) => material[field] !== '') ? 1 : 0,
      text_hash: textHash(material),
      created_at: material.createdAt,
      updated_at: material.updatedAt,
    }));
    await trx.insertInto('materials').values(values).execute();
  }
}

/** Brings back what was deleted or is missing: a new row in the sheet, under the id that it had. */
export async function undelete(
  trx: Transaction<Database>,
  row: MaterialRecord,
  material: SavedMaterial,
): Promise<void> {
  await trx
    .updateTable('materials')
    .set({
      ...written(row, material, MERGED_FIELDS),
      pending: JSON.stringify(pendingRow(material, row.revision + 1, row.ai_revision + 1)),
      metadata: JSON.stringify(material.metadata),
      conflicts: JSON.stringify({ ...material.conflicts, ...row.conflicts }),
      base: null,
      missing_since: null,
      deleted_at: null,
    })
    .where('id', '=', row.id)
    .execute();
}

/** Writes these fields at the next revision, pending for the sheet. */
export async function overwrite(
  trx: Transaction<Database>,
  row: MaterialRecord,
  material: SavedMaterial,
  fields: readonly MergedField[],
): Promise<void> {
  const pending = pendingAt(fields, row.revision + 1, row.ai_revision + 1);
  await trx
    .updateTable('materials')
    .set({
      ...written(row, material, fields),
      pending: JSON.stringify({ ...row.pending, ...pending }),
    })
    .where('id', '=', row.id)
    .execute();
}

const COLUMN_OF = {
  aiSummary: 'ai_summary',
  aiStatus: 'ai_status',
  aiSource: 'ai_source',
} as const;

type FieldOfAnalysis = keyof typeof COLUMN_OF;
type ColumnOfField = Exclude<MergedField, FieldOfAnalysis> | (typeof COLUMN_OF)[FieldOfAnalysis];

function isOfAnalysis(field: MergedField): field is FieldOfAnalysis {
  return field in COLUMN_OF;
}

function columns(
  material: SavedMaterial,
  fields: readonly MergedField[],
): Partial<Record<ColumnOfField, string>> {
  return Object.fromEntries(
    fields.map((field) => [isOfAnalysis(field) ? COLUMN_OF[field] : field, material[field]]),
  );
}

/** The fields with what follows from them: revisions, the text's hash, whose analysis is on show. */
function written(row: MaterialRecord, material: SavedMaterial, fields: readonly MergedField[]) {
  const set = columns(material, fields);
  const isEdit = fields.some((field) => !isOfAnalysis(field));
  const isAnalysis = fields.some(isOfAnalysis);
  return {
    ...set,
    ...(isEdit && {
      revision: row.revision + 1,
      text_hash: textHash({ ...row, ...set }),
      updated_at: sql<Date>`now()`,
    }),
    ...(isAnalysis && { ai_revision: row.ai_revision + 1, analysis_job_id: null }),
  };
}

function pendingAt(
  fields: readonly MergedField[],
  revision: number,
  aiRevision: number,
): Record<string, number> {
  return Object.fromEntries(
    fields.map((field) => [field, isOfAnalysis(field) ? aiRevision : revision]),
  );
}

/** What a new row in the sheet needs: its id, and every field that is filled. */
function pendingRow(
  material: SavedMaterial,
  revision: number,
  aiRevision: number,
): Record<string, number> {
  const filled = MERGED_FIELDS.filter((field) => material[field] !== '');
  return { ...pendingAt(filled, revision, aiRevision), id: revision };
}
