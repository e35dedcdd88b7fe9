import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { connect } from './db/connect.ts';
import { isMigrated, migrate, MIGRATIONS } from './db/migrate.ts';
import { createLogger } from './log.ts';
import { spawnApi, startApiProcess } from '../test/harness/apiProcess.ts';
import { testDatabase, type TestDatabase } from '../test/harness/database.ts';
import { call, testConfig, until } from '../test/harness/portal.ts';

const silent = createLogger('silent');

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.drop());

/** A later version's migrations: it adds a column, and may end the use of versions before it. */
const later = (...more: string[]) => {
  const next: Migration = {
    async up(db) {
      for (const statement of ['alter table users add column later text', ...more]) {
        await sql.raw(statement).execute(db);
      }
    },
  };
  return { ...MIGRATIONS, '999_later': next };
};
const NEEDS_LATER = `update database_needs set knows = '999_later'`;
const config = () => testConfig(database.url, 'http://127.0.0.1:1');

describe('migrations', () => {
  it('runs each migration once when four instances start at once', async () => {
    await sql`drop schema public cascade`.execute(database.db);
    await sql`create schema public`.execute(database.db);
    const instances = Array.from({ length: 4 }, () => connect(database.url, silent));
    await Promise.all(instances.map((db) => migrate(db, silent)));
    expect(await isMigrated(database.db)).toBe(true);
    await Promise.all(instances.map((db) => db.destroy()));
  });

  it('runs the migrations when this version and a later one start at once on an empty database', async () => {
    await sql`drop schema public cascade`.execute(database.db);
    await sql`create schema public`.execute(database.db);
    const instances = Array.from({ length: 6 }, () => connect(database.url, silent));
    await Promise.all(
      instances.map((db, n) => migrate(db, silent, n % 2 === 0 ? later() : MIGRATIONS)),
    );
    expect(await isMigrated(database.db)).toBe(true);
    await Promise.all(instances.map((db) => db.destroy()));
  });

  it('give way to a request that locks their tables in another order, and run after it', async () => {
    const db = connect(database.url, silent);
    const migrations = later('lock table materials in access exclusive mode');
    let migrating: Promise<void> = Promise.resolve();
    await database.db.transaction().execute(async (trx) => {
      await sql`lock table materials in row exclusive mode`.execute(trx);
      migrating = migrate(db, silent, migrations);
      migrating.catch(() => undefined);
      await until(async () => {
        const { rows } = await sql`select 1 from pg_locks where not granted and database =
          (select oid from pg_database where datname = current_database())`.execute(trx);
        return rows.length > 0;
      });
      // The migration holds `users` now. PostgreSQL would end it or this query for a deadlock.
      await sql`select id from users limit 1`.execute(trx);
    });
    await migrating;
    await sql`select later from users`.execute(database.db);
    const { rows } = await sql`select deadlocks::int from pg_stat_database
      where datname = current_database()`.execute(database.db);
    expect(rows).toEqual([{ deadlocks: 0 }]);
    await db.destroy();
  });
});

describe('this version on the database of a later one', () => {
  it('starts and is ready on the database of a later version that still allows it', async () => {
    await migrate(database.db, silent, later());
    const api = await startApiProcess(config());
    expect((await call(api.url, 'GET', '/readyz')).status).toBe(200);
    expect(await api.end('SIGTERM')).toBe(0);
  });

  it('refuses to start, with the reason, when a later version has ended that', async () => {
    await migrate(database.db, silent, later(NEEDS_LATER));
    const { child } = spawnApi(config(), ['ignore', 'pipe', 'inherit']);
    let out = '';
    child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(1);
    expect(out).toContain(
      'The database is newer than this version (it has migration 999_later). Update this instance.',
    );
  });

  it('is no longer ready when a later version ends that while it runs', async () => {
    const api = await startApiProcess(config());
    expect((await call(api.url, 'GET', '/readyz')).status).toBe(200);
    await migrate(database.db, silent, later(NEEDS_LATER));
    expect(await call(api.url, 'GET', '/readyz')).toMatchObject({
      status: 503,
      body: { detail: expect.stringContaining('it has migration 999_later') },
    });
    expect(await api.end('SIGTERM')).toBe(0);
  });
});
