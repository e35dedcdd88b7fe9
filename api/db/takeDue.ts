import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely';
import type { Database } from './schema.ts';
import { fromNow } from './time.ts';

/** How many rows are taken at most, and for how many milliseconds nobody else takes them. */
export interface Taking {
  readonly limit: number;
  readonly taken: number;
}

interface Queue<Table extends keyof Database> {
  readonly table: Table;
  readonly key: keyof Database[Table] & string;
  /** The column with the time at which a row is due; an index serves it. */
  readonly dueAt: keyof Database[Table] & string;
  /** Which rows are in the queue, as the index has it. */
  readonly where?: RawBuilder<boolean>;
  /** Further columns that are returned with the row. */
  readonly more?: RawBuilder<unknown>;
}

/**
 * Takes the rows that have been due longest: other instances do not get them for a while. If this
 * process dies, they are due again after that.
 */
export async function takeDue<Table extends keyof Database, More = object>(
  db: Kysely<Database>,
  { table, key, dueAt, where = sql`true`, more = sql`` }: Queue<Table>,
  { limit, taken }: Taking,
): Promise<Array<Selectable<Database[Table]> & More>> {
  const { rows } = await sql<Selectable<Database[Table]> & More>`
    with due as (
      select ${sql.ref(key)} from ${sql.table(table)}
      where ${where} and ${sql.ref(dueAt)} <= now()
      order by ${sql.ref(dueAt)} limit ${limit} for update skip locked
    )
    update ${sql.table(table)} as queued set ${sql.ref(dueAt)} = ${fromNow(taken)} from due
    where ${sql.ref(`queued.${key}`)} = ${sql.ref(`due.${key}`)} returning queued.* ${more}`.execute(
    db,
  );
  return rows;
}
