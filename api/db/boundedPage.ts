import {
  sql,
  type Compilable,
  type Expression,
  type Kysely,
  type RawBuilder,
  type SelectQueryBuilder,
} from 'kysely';
import type { Database } from './schema.ts';

/**
 * About how many bytes of rows a page holds, before they are JSON. PostgreSQL sends only the rows that the
 * page can hold. So many large pages at once fit in memory.
 */
const PAGE_BYTES = 500_000;

/** A page's rows, and how many the query found: more than these if another page follows. */
export interface FoundRows<Row> {
  readonly rows: readonly Row[];
  readonly found: number;
}

/** Where a list goes on: after the row that was made then and has this id. */
export interface Position {
  readonly createdAt: Date;
  readonly id: string;
}

/**
 * Runs a query for one page, newest first. An index that ends in `created_at desc, id desc` serves it.
 *
 * @param query without an order and a limit; its rows have `created_at` and `id`
 * @param page `ids`: the type of the column `id`; uuid if left out
 */
export async function newestPage<
  DB,
  Tables extends keyof DB,
  Row extends { id: string | number; createdAt: Date },
>(
  db: Kysely<Database>,
  query: SelectQueryBuilder<DB, Tables, Row>,
  page: { limit: number; after: Position | null; ids?: 'uuid' | 'bigint' },
): Promise<FoundRows<Row>> {
  const { limit, after, ids = 'uuid' } = page;
  const older =
    after === null
      ? query
      : query.where(
          sql<boolean>`(created_at, id) < (${after.createdAt}::timestamptz, ${after.id}::${sql.raw(ids)})`,
        );
  const newest = older.orderBy(sql`created_at`, 'desc').orderBy(sql`id`, 'desc');
  return boundedPage(db, newest.limit(limit + 1));
}

/**
 * Runs the query of a page. When a row fills the page, the rows after it are left out. The first row
 * is always kept, however large, so that a reader can continue.
 *
 * @param query with the limit and one more
 * @param order the order of the rows; newest first if left out
 */
export async function boundedPage<Row extends { id: string | number; createdAt: Date }>(
  db: Kysely<Database>,
  query: Expression<Row> & Compilable<Row>,
  order: RawBuilder<unknown> = sql`created_at desc, id desc`,
): Promise<FoundRows<Row>> {
  const { rows } = await sql<Row & { found: number }>`
    select * from (
      select listed.*, count(*) over () as found,
        coalesce(sum(octet_length(listed::text)) over newer, 0) as bytes_before
      from ${query} as listed
      window newer as (order by ${order}
        rows between unbounded preceding and 1 preceding)
    ) as measured
    where bytes_before < ${PAGE_BYTES}
    order by ${order}`.execute(db);
  return { rows, found: rows[0]?.found ?? 0 };
}
