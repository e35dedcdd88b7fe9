import { sql, type Kysely, type Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { boundedPage, type FoundRows, type Position } from '../db/boundedPage.ts';
import { insertMany } from '../db/insertMany.ts';
import type { MaterialId } from '../db/ids.ts';
import type { Deletable } from '../db/deleteSome.ts';
import type { Database } from '../db/schema.ts';
import { daysAgo } from '../db/time.ts';

/** One cell that changed. */
export interface HistoryEntry {
  readonly materialId: MaterialId;
  /** `user:<id>`, `service:<name>`, `workflow:<execution>`, `sheet` (a person in it) or `portal`. */
  readonly actor: string;
  /** A field's name, such as `title`; a further column's is `metadata.<header>`. */
  readonly field: string;
  /** Null: there was no such cell, for the material or its column is new. */
  readonly before: string | null;
  /** Null: there is no such cell any more. */
  readonly after: string | null;
  /** The material's revision that the change made, if it made one. */
  readonly revision?: number | undefined;
  /** The execution of n8n that asked for the change, if one did. */
  readonly execution?: string | null;
}

/**
 * Writes down what changed, in the transaction that changes it. Entries of one call are kept in
 * their order. A material may be inserted after its history within the transaction.
 */
export async function recordHistory(
  trx: Transaction<Database>,
  entries: readonly HistoryEntry[],
): Promise<void> {
  await insertMany(trx, 'materialHistory', entries.map(valuesOf));
}

const valuesOf = (entry: HistoryEntry) => ({
  id: uuidv7(),
  materialId: entry.materialId,
  actor: entry.actor,
  field: entry.field,
  before: entry.before,
  after: entry.after,
  revision: entry.revision ?? null,
  execution: entry.execution ?? null,
});

/**
 * Changes older than so many days. An id is a UUIDv7: it begins with the time. So the primary key finds the
 * old ones.
 */
export const oldHistory = (days: number): Deletable => ({
  table: 'materialHistory',
  over: sql<boolean>`
    id < rpad(lpad(to_hex((extract(epoch from ${daysAgo(days)}) * 1000)::bigint), 12, '0'), 32, '0')::uuid
    and at < ${daysAgo(days)}`,
});

export interface HistoryRow extends Required<Pick<HistoryEntry, 'actor' | 'field'>> {
  readonly id: string;
  readonly createdAt: Date;
  readonly actorName: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly revision: number | null;
  readonly execution: string | null;
}

/**
 * Newest first (index material_history_newest). Values are not cut: so a page of long ones has few entries.
 */
export async function readHistory(
  db: Kysely<Database>,
  id: MaterialId,
  { limit, after }: { limit: number; after: Position | null },
): Promise<FoundRows<HistoryRow>> {
  let query = db
    .selectFrom('materialHistory as h')
    .leftJoin('users as u', (join) =>
      join.on(sql<boolean>`u.id = substring(h.actor from '^user:([0-9]+)$')::bigint`),
    )
    .select(['h.id', 'h.at as createdAt', 'h.actor', 'u.name as actorName', 'h.field'])
    .select(['h.before', 'h.after', 'h.revision', 'h.execution'])
    .where('h.materialId', '=', id);
  if (after !== null) {
    query = query.where(
      sql<boolean>`(h.at, h.id) < (${after.createdAt}::timestamptz, ${after.id}::uuid)`,
    );
  }
  const newest = query
    .orderBy('h.at', 'desc')
    .orderBy('h.id', 'desc')
    .limit(limit + 1);
  return boundedPage(db, newest);
}
