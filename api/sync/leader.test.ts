import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { connect, REQUEST_LIMITS } from '../db/connect.ts';
import { createLogger } from '../log.ts';
import { whileLeading } from './leader.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { until } from '../../test/harness/portal.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

/** An instance that only leads, and says with which PostgreSQL session. */
function instance() {
  const log = createLogger('silent');
  const db = connect(database.url, log);
  const stopping = new AbortController();
  const sessions: number[] = [];
  const done = whileLeading(
    {
      db,
      openSession: () => connect(database.url, log, { ...REQUEST_LIMITS, connections: 1 }),
      log,
      stopped: stopping.signal,
      pause: () => new Promise((resolve) => setTimeout(resolve, 5)),
    },
    async ({ connection, ended }) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(
        connection,
      );
      sessions.push(rows[0]?.pid ?? 0);
      while (!ended.aborted) await sql`select pg_sleep(0.005)`.execute(connection);
    },
  );
  const stop = async () => {
    stopping.abort();
    await done;
    await db.destroy();
  };
  return { sessions, stop };
}

it('has one leader, survives a cut connection, and has a leader again', async () => {
  const [one, other] = [instance(), instance()];
  const all = () => [...one.sessions, ...other.sessions];
  await until(() => all().length === 1);
  await sql`select pg_terminate_backend(${all()[0]})`.execute(database.db);
  await until(() => all().length === 2);
  expect(new Set(all()).size).toBe(2);
  await one.stop();
  await other.stop();
});

it('hands the lead over when the leader stops', async () => {
  const one = instance();
  await until(() => one.sessions.length === 1);
  const other = instance();
  await one.stop();
  await until(() => other.sessions.length === 1);
  await other.stop();
});

it('keeps the process running if the connection of a waiting leader is cut', async () => {
  const log = createLogger('silent');
  const db = connect(database.url, log);
  await db.connection().execute(async (connection) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(connection);
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(database.db);
    await expect(sql`select 1`.execute(connection)).rejects.toThrow();
  });
  await db.destroy();
});
