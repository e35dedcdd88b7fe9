import { sql, type Transaction } from 'kysely';
import { EDITABLE_FIELDS, REVISED_FIELDS } from '../../../core/index.ts';
import type { MaterialId } from '../../db/ids.ts';
import { insertMany } from '../../db/insertMany.ts';
import type { Database } from '../../db/schema.ts';
import { PortalError } from '../../errors.ts';
import type { MaterialRecord } from '../repository.ts';
import type { Match } from './item.ts';

/** The most megabytes of materials that one batch reads. */
const MEGABYTES_MOST = 32;

/**
 * Makes batches that find materials by their texts wait for each other. Without the lock, two batches that
 * create or update the same new material would both create it. A batch takes this lock before it locks any
 * material.
 */
export async function lockMatching(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('materials batch', 0))`.execute(trx);
}

/**
 * Finds the materials of the catalog that an item may mean (index materials_same_title).
 *
 * @param matches of items, all by the same fields
 * @returns for each match up to two ids
 */
export async function findMatches(
  trx: Transaction<Database>,
  matches: readonly Match[],
): Promise<ReadonlyArray<readonly MaterialId[]>> {
  const fields = [...(matches[0]?.keys() ?? [])];
  const column = (field: string, at: number) => `${field}${at}`;
  const arrays = fields.flatMap((field) =>
    // A field has one text, or two.
    [0, -1].map((at) => sql`${matches.map((match) => match.get(field)?.at(at) ?? '')}::text[]`),
  );
  const names = fields.flatMap((field) => [0, 1].map((at) => sql.ref(column(field, at))));
  const same = fields.map((field) => {
    const text = (at: number) => sql`comparable_text(${sql.ref(`w.${column(field, at)}`)})`;
    const ofRow = sql`comparable_text(${sql.ref(`m.${field}`)})`;
    return field === 'title'
      ? sql`${ofRow} = ${text(0)}`
      : sql`${ofRow} in (${text(0)}, ${text(1)})`;
  });
  const { rows } = await sql<{ place: number; id: MaterialId }>`
    select w.place, found.id
    from unnest(${sql.join(arrays)}) with ordinality as w(${sql.join(names)}, place)
    cross join lateral (
      select m.id from materials m
      where m.deleted_at is null and ${sql.join(same, sql` and `)} limit 2
    ) as found`.execute(trx);
  const byPlace = Map.groupBy(rows, ({ place }) => place);
  return matches.map((_, at) => (byPlace.get(at + 1) ?? []).map(({ id }) => id));
}

/**
 * Reads materials.
 *
 * @param areLocked locks them first, in the order of their ids: so two transactions never wait for each other
 * @throws PortalError `too_large` if their texts are longer than one request may read
 */
export async function readMaterials(
  trx: Transaction<Database>,
  ids: readonly MaterialId[],
  areLocked: boolean,
  megabytesMost = MEGABYTES_MOST,
): Promise<MaterialRecord[]> {
  if (ids.length === 0) return [];
  const lock = areLocked ? sql`order by id for no key update` : sql``;
  const { rows } = await sql<{ bytes: number }>`
    select octet_length(m::text) as bytes from materials m
    where id = any(${ids}::uuid[]) ${lock}`.execute(trx);
  if (rows.reduce((sum, { bytes }) => sum + bytes, 0) > megabytesMost * 1024 * 1024) {
    throw new PortalError(
      'too_large',
      `The materials that this batch updates have more than ${megabytesMost} MB of texts. Send fewer items at once.`,
    );
  }
  return trx
    .selectFrom('materials')
    .selectAll()
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
}

/** Reads the time that the transaction writes, rounded to milliseconds as in the columns. */
export async function timeOf(trx: Transaction<Database>): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`select now()::timestamptz(3) as at`.execute(trx);
  return rows[0]?.at ?? new Date();
}

/** Writes new materials in the order of their ids, so that two batches never wait for each other. */
export async function insertMaterials(
  trx: Transaction<Database>,
  records: readonly MaterialRecord[],
): Promise<void> {
  const inOrder = [...records].sort((a, b) => (a.id < b.id ? -1 : 1));
  await insertMany(
    trx,
    'materials',
    inOrder.map(({ id, textHash, createdBy, revision, createdAt, updatedAt, ...record }) => ({
      id,
      ...Object.fromEntries(EDITABLE_FIELDS.map((field) => [field, record[field]])),
      metadata: JSON.stringify(record.metadata),
      pending: JSON.stringify(record.pending),
      textHash,
      createdBy,
      revision,
      createdAt,
      updatedAt,
    })),
  );
}

/** By column: the type in PostgreSQL, and the value of a material after a person's change. */
const WRITTEN: ReadonlyArray<
  readonly [keyof MaterialRecord, 'text' | 'jsonb' | 'bigint', (row: MaterialRecord) => unknown]
> = [
  ...REVISED_FIELDS.map((field) => [field, 'text', (row: MaterialRecord) => row[field]] as const),
  ['metadata', 'jsonb', ({ metadata }) => JSON.stringify(metadata)],
  ['pending', 'jsonb', ({ pending }) => JSON.stringify(pending)],
  ['textHash', 'text', ({ textHash }) => textHash],
  ['revision', 'bigint', ({ revision }) => revision],
];

/** Writes people's changes of many materials. @param records locked */
export async function updateMaterials(
  trx: Transaction<Database>,
  records: readonly MaterialRecord[],
): Promise<void> {
  if (records.length === 0) return;
  const ids = sql`${records.map(({ id }) => id)}::uuid[]`;
  const arrays = WRITTEN.map(
    ([, type, valueOf]) => sql`${records.map(valueOf)}::${sql.raw(`${type}[]`)}`,
  );
  const names = ['id', ...WRITTEN.map(([column]) => column)].map((name) => sql.ref(name));
  const set = WRITTEN.map(([column]) => sql`${sql.ref(column)} = ${sql.ref(`v.${column}`)}`);
  await sql`
    update materials m set ${sql.join(set)}, updated_at = now()
    from unnest(${sql.join([ids, ...arrays])}) as v(${sql.join(names)})
    where m.id = v.id`.execute(trx);
}
