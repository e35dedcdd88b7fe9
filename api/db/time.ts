import { sql, type RawBuilder } from 'kysely';

/** PostgreSQL's now, plus milliseconds: the one clock that all instances share. */
export function fromNow(ms: number): RawBuilder<Date> {
  return sql<Date>`now() + ${ms}::double precision * interval '1 millisecond'`;
}

export const now = sql<Date>`now()`;

/** PostgreSQL's now, minus days of 24 hours. */
export function daysAgo(days: number): RawBuilder<Date> {
  return sql<Date>`now() - ${days}::double precision * interval '24 hours'`;
}
