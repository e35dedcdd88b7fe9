import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Database } from './schema.ts';

/** Rows that one statement deletes: it holds their locks for milliseconds only. */
const BATCH = 1_000;

/** A table, and the condition for its rows that are not needed any more. */
export interface Deletable {
  readonly table: keyof Database;
  readonly over: RawBuilder<boolean>;
}

/**
 * Deletes at most 1,000 rows. It passes over rows that another transaction holds, so two instances
 * may delete at the same time.
 *
 * @returns whether there may be more
 */
export async function deleteSome(
  db: Kysely<Database>,
  { table, over }: Deletable,
): Promise<{ deleted: number; more: boolean }> {
  const { numAffectedRows = 0n } = await sql`
    delete from ${sql.table(table)} where ctid in (
      select ctid from ${sql.table(table)} where ${over} limit ${sql.lit(BATCH)} for update skip locked
    )`.execute(db);
  const deleted = Number(numAffectedRows);
  return { deleted, more: deleted === BATCH };
}
