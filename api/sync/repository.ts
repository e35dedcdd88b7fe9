import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import { byField, MERGED_FIELDS, textHash, type MaterialId } from '../../core/index.ts';
import type { Database, MaterialsTable } from '../db/schema.ts';
import type { Known } from './known.ts';
import { type Conflict, type Merged } from './merge.ts';

export type Tx = Transaction<Database>;

/** Materials that a cycle loads although their rows have not changed (index materials_unsettled). */
const UNSETTLED = sql<boolean>`deleted_at is null
  and (pending <> '{}' or base is null or missing_since is not null)`;

/**
 * Says whether a change waits to be written to the sheet, or to be seen there (indexes materials_unsettled
 * and sheet_writes_open).
 */
export async function hasWork(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from materials where ${UNSETTLED}
        and (pending <> '{}' or base is null or conflicts = '{}'))
      or exists (select from sheet_writes where settled_at is null) as found`.execute(db);
  return rows[0]?.found === true;
}

/**
 * Every material, deleted ones too, without its texts. It reads the whole table, once a cycle. A digest
 * counts only for the `base` that it was saved with. A version before migration 007 changes `base` and
 * leaves the digest.
 */
export async function loadKnown(tx: Tx): Promise<Map<MaterialId, Known>> {
  const { rows } = await sql<{ id: MaterialId } & Known>`
    select id,
      case when deleted_at is not null then 'deleted' when base is null then 'new'
        when missing_since is not null then 'missing' else 'live' end as state,
      case when split_part(row_digest, ':', 2) = md5(base::text)
        then split_part(row_digest, ':', 1) end as digest
    from materials`.execute(tx);
  return new Map(rows.map(({ id, state, digest }) => [id, { state, digest }]));
}

/** Loads the materials with these ids (primary key), and all that are not settled, oldest first. */
export async function loadMaterials(
  tx: Tx,
  ids: readonly MaterialId[],
): Promise<Map<MaterialId, Merged>> {
  const unsettled = await tx.selectFrom('materials').selectAll().where(UNSETTLED).execute();
  return byId([...unsettled, ...(await selectByIds(tx, ids))]);
}

/** Loads only the materials with these ids. */
export async function loadByIds(
  tx: Tx,
  ids: readonly MaterialId[],
): Promise<Map<MaterialId, Merged>> {
  return byId(await selectByIds(tx, ids));
}

type Row = Selectable<MaterialsTable>;

async function selectByIds(tx: Tx, ids: readonly MaterialId[]): Promise<Row[]> {
  if (ids.length === 0) return [];
  return tx
    .selectFrom('materials')
    .selectAll()
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
}

/** The ids are UUIDv7: their order is the order of their making, in which new rows are appended. */
function byId(rows: readonly Row[]): Map<MaterialId, Merged> {
  const ordered = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return new Map(ordered.map((row) => [row.id, toMerged(row)]));
}

function toMerged(row: Row): Merged {
  return {
    fields: byField(MERGED_FIELDS, (field) => row[field]),
    metadata: row.metadata,
    base: row.base,
    pending: row.pending,
    conflicts: row.conflicts as Record<string, Conflict>,
    missingSince: row.missingSince?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}

/** A material to be written. */
export interface Saved {
  readonly id: MaterialId;
  readonly merged: Merged;
  readonly isNew: boolean;
  /** Which of the ETag's two numbers the change counts up. */
  readonly counted: 'revision' | 'aiRevision' | null;
  /** The digest of the merged row; null: the row must be merged again. */
  readonly digest: string | null;
}

/** Materials in one statement. It has a few megabytes at most and ends within its time limit. */
const AT_ONCE = 500;

/**
 * Writes materials.
 *
 * @returns the materials that PostgreSQL refuses to store, with its error; all others are written
 */
export async function saveMaterials(
  tx: Tx,
  saved: readonly Saved[],
): Promise<Array<{ readonly id: MaterialId; readonly error: unknown }>> {
  const refused: Array<{ id: MaterialId; error: unknown }> = [];
  for (let start = 0; start < saved.length; start += AT_ONCE) {
    refused.push(...(await saveSome(tx, saved.slice(start, start + AT_ONCE))));
  }
  return refused;
}

/** Halves what PostgreSQL refuses until the one material is found that it refuses. */
async function saveSome(
  tx: Tx,
  saved: readonly Saved[],
): Promise<Array<{ id: MaterialId; error: unknown }>> {
  const [first, ...others] = saved;
  if (first === undefined) return [];
  await sql`savepoint materials`.execute(tx);
  try {
    await insertAll(
      tx,
      saved.filter(({ isNew }) => isNew),
    );
    await updateAll(
      tx,
      saved.filter(({ isNew }) => !isNew),
    );
    await sql`release savepoint materials`.execute(tx);
    return [];
  } catch (error) {
    if (!isOfTheData(error)) throw error;
    await sql`rollback to savepoint materials`.execute(tx);
    if (others.length === 0) return [{ id: first.id, error }];
    const half = Math.ceil(saved.length / 2);
    return [
      ...(await saveSome(tx, saved.slice(0, half))),
      ...(await saveSome(tx, saved.slice(half))),
    ];
  }
}

/**
 * PostgreSQL's classes of errors that come from a value. 22: data exception. 23: integrity constraint
 * violation. 54: program limit exceeded. P0: an error that a trigger raises.
 */
const CLASSES_OF_THE_DATA = new Set(['22', '23', '54', 'P0']);

function isOfTheData(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    CLASSES_OF_THE_DATA.has(String(error.code).slice(0, 2))
  );
}

/** By column: the type in PostgreSQL, and the value of a material. */
const WRITTEN: ReadonlyArray<{
  readonly column: keyof MaterialsTable;
  readonly type: 'text' | 'jsonb' | 'timestamptz';
  readonly value: (merged: Merged) => string | null;
}> = [
  ...MERGED_FIELDS.map((field) => ({
    column: field,
    type: 'text' as const,
    value: ({ fields }: Merged) => fields[field],
  })),
  { column: 'textHash', type: 'text', value: ({ fields }) => textHash(fields) },
  { column: 'metadata', type: 'jsonb', value: ({ metadata }) => JSON.stringify(metadata) },
  { column: 'base', type: 'jsonb', value: ({ base }) => base && JSON.stringify(base) },
  { column: 'pending', type: 'jsonb', value: ({ pending }) => JSON.stringify(pending) },
  { column: 'conflicts', type: 'jsonb', value: ({ conflicts }) => JSON.stringify(conflicts) },
  { column: 'missingSince', type: 'timestamptz', value: ({ missingSince }) => missingSince },
  { column: 'deletedAt', type: 'timestamptz', value: ({ deletedAt }) => deletedAt },
];

/** The materials as a table `v` in SQL: one array for each column, so that a statement has few parameters. */
function asTable(saved: readonly Saved[]) {
  const ids = sql`${saved.map(({ id }) => id)}::uuid[]`;
  const digests = sql`${saved.map(({ digest }) => digest)}::text[]`;
  const counted = sql`${saved.map(({ counted }) => counted)}::text[]`;
  const columns = WRITTEN.map(
    ({ type, value }) => sql`${saved.map(({ merged }) => value(merged))}::${sql.raw(`${type}[]`)}`,
  );
  const names = ['id', 'digest', 'counted', ...WRITTEN.map(({ column }) => column)];
  const arrays = sql.join([ids, digests, counted, ...columns]);
  return sql`unnest(${arrays}) as v(${sql.join(names.map((name) => sql.ref(name)))})`;
}

const COLUMNS = WRITTEN.map(({ column }) => column);
const OF_V = sql.join(COLUMNS.map((column) => sql.ref(`v.${column}`)));
const ROW_DIGEST = sql`v.digest || ':' || md5(v.base::text)`;

async function insertAll(tx: Tx, saved: readonly Saved[]): Promise<void> {
  if (saved.length === 0) return;
  await sql`
    insert into materials (id, row_digest, ${sql.join(COLUMNS.map((column) => sql.ref(column)))})
    select v.id, ${ROW_DIGEST}, ${OF_V} from ${asTable(saved)}`.execute(tx);
}

/**
 * Locks the materials first, in the order of their ids, as a batch does (materials/batch/repository.ts). The
 * UPDATE alone locks them in the order of the table. Then a batch could hold A and wait for B, while the sync
 * held B and waited for A.
 */
async function updateAll(tx: Tx, saved: readonly Saved[]): Promise<void> {
  if (saved.length === 0) return;
  await sql`select from materials where id = any(${saved.map(({ id }) => id)}::uuid[])
    order by id for no key update`.execute(tx);
  const set = COLUMNS.map((column) => sql`${sql.ref(column)} = ${sql.ref(`v.${column}`)}`);
  await sql`
    update materials m set ${sql.join(set)},
      row_digest = ${ROW_DIGEST},
      revision = m.revision + (case when v.counted = 'revision' then 1 else 0 end),
      updated_at = case when v.counted = 'revision' then now() else m.updated_at end,
      ai_revision = m.ai_revision + (case when v.counted = 'aiRevision' then 1 else 0 end)
    from ${asTable(saved)} where m.id = v.id`.execute(tx);
}
