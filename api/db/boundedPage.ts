import { sql, type Compilable, type Expression, type Kysely, type RawBuilder } from 'kysely';
import type { Database } from './schema.ts';

/**
 * About how many bytes of rows a page holds, before they are JSON. Rows that a page could not hold
 * do not leave PostgreSQL, so that many large pages at once fit in memory.
 */
const PAGE_BYTES = 500_000;

/** A page's rows, and how many the query found: more than these if another page follows. */
export interface FoundRows<Row> {
  readonly rows: readonly Row[];
  readonly found: number;
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
