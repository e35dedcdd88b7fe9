import { sql, type RawBuilder } from 'kysely';

/** PostgreSQL's now, plus milliseconds: the one clock that all instances share. */
export function fromNow(ms: number): RawBuilder<Date> {
  return sql<Date>`now() + ${ms}::double precision * interval '1 millisecond'`;
}

export const now = sql<Date>`now()`;

/** How many milliseconds ago a column's time was, by PostgreSQL's clock. Null: the column is empty. */
export function ageMs<T extends number | null = number>(column: string): RawBuilder<T> {
  return sql<T>`extract(epoch from now() - ${sql.ref(column)})::float8 * 1000`;
}

/** PostgreSQL's now, minus days of 24 hours. */
export function daysAgo(days: number): RawBuilder<Date> {
  return sql<Date>`now() - ${days}::double precision * interval '24 hours'`;
}
