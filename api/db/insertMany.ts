import type { InsertObject, InsertQueryBuilder, InsertResult, Transaction } from 'kysely';
import type { Database } from './schema.ts';

/** PostgreSQL takes so many parameters a statement. */
const MOST_PARAMETERS = 65_535;

type Inserting<Table extends keyof Database> = InsertQueryBuilder<Database, Table, InsertResult>;

/**
 * Inserts any number of rows, all with the same columns.
 *
 * @param finish what a statement has besides its values, such as `on conflict`
 * @returns how many rows were inserted
 */
export async function insertMany<Table extends keyof Database>(
  trx: Transaction<Database>,
  table: Table,
  rows: ReadonlyArray<InsertObject<Database, Table>>,
  finish: (query: Inserting<Table>) => Inserting<Table> = (query) => query,
): Promise<number> {
  const atOnce = Math.floor(MOST_PARAMETERS / Math.max(1, Object.keys(rows[0] ?? {}).length));
  let inserted = 0;
  for (let start = 0; start < rows.length; start += atOnce) {
    const query = trx.insertInto(table).values(rows.slice(start, start + atOnce));
    const { numInsertedOrUpdatedRows = 0n } = await finish(query).executeTakeFirstOrThrow();
    inserted += Number(numInsertedOrUpdatedRows);
  }
  return inserted;
}
