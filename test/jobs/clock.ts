import pg from 'pg';
import { testDatabase } from '../harness/database.ts';

/**
 * PostgreSQL's clock is the only one that jobs have. Here `now()` reads a table, so that a test moves the
 * time. An unqualified `now()` finds the function of the schema `public`, because `pg_catalog` comes after
 * `public` in the search path; it would come first if the path left it out. The defaults of columns are
 * bound when a table is made: the migrations run on the same search path.
 */
const STATEMENTS = `
  create table virtual_time (at timestamptz not null);
  insert into virtual_time values ('2030-01-01T00:00:00Z');
  create function public.now() returns timestamptz language sql stable as 'select at from virtual_time';
  create function public.clock_timestamp() returns timestamptz language sql stable as 'select at from virtual_time';
`;

/** A power cut is not what is tested: a commit need not wait for the disk. */
const OPTIONS = '-c search_path=public,pg_catalog -c synchronous_commit=off';

/** The time at which each run begins, in milliseconds since 1970. */
export const BEGINNING = Date.parse('2030-01-01T00:00:00Z');

/** A migrated database whose `now()` is what `setTime` says. */
export async function databaseWithClock() {
  const database = await testDatabase({ statements: STATEMENTS, options: OPTIONS });
  const client = new pg.Client(database.url);
  await client.connect();
  return {
    ...database,
    /** A connection that only the test uses. */
    client,
    async setTime(ms: number): Promise<void> {
      await client.query('update virtual_time set at = $1', [new Date(ms)]);
    },
    async drop(): Promise<void> {
      await client.end();
      await database.drop();
    },
  };
}

export type DatabaseWithClock = Awaited<ReturnType<typeof databaseWithClock>>;
