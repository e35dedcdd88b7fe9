import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { startGoogle, type GoogleStandIn } from '../google-standin/index.ts';
import { connect, REQUEST_LIMITS } from './db/connect.ts';
import { isDatabaseUnavailable, NoAnswerError } from './db/unavailable.ts';
import { createLogger } from './log.ts';
import { startPortal, type RunningPortal } from './start.ts';
import { startSync } from './sync/index.ts';
import { asAdmin, testDatabase, type TestDatabase } from '../test/harness/database.ts';
import { call, SERVICE_KEY, someMaterial, testConfig, until } from '../test/harness/portal.ts';
import { startPostgresServer, type PostgresServer } from '../test/harness/postgres/server.ts';
import { startSilentProxy } from '../test/harness/silentProxy.ts';

const silent = createLogger('silent');

let google: GoogleStandIn;
let portal: RunningPortal | undefined;
beforeAll(async () => {
  google = await startGoogle();
});
afterAll(() => google.close());
afterEach(() => portal?.stop());

function start(databaseUrl: string): Promise<RunningPortal> {
  const { serviceAccount, spreadsheetId, url: rootUrl } = google;
  const config = testConfig(databaseUrl, 'http://127.0.0.1:1', {
    serviceAccount,
    spreadsheetId,
    rootUrl,
  });
  return startPortal({ config, log: silent, startSync });
}

const post = (url: string) =>
  call(url, 'POST', '/api/materials', { token: SERVICE_KEY, body: someMaterial() });
/** An answer that comes within so many ms, or a failed test. */
const within = (url: string, path: string, ms: number) =>
  fetch(`${url}${path}`, { signal: AbortSignal.timeout(ms) });
const lastSync = async (url: string) => {
  const { body } = await call(url, 'GET', '/api/catalog/status', { token: SERVICE_KEY });
  return Date.parse((body as { lastSyncAt: string | null }).lastSyncAt ?? '1970-01-01');
};

/** The longest wait of a request, and time for a busy machine. */
const BOUND_MS = REQUEST_LIMITS.connectMs + REQUEST_LIMITS.answerMs + 5_000;

describe('with PostgreSQL frozen', () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgresServer();
  }, 120_000);
  afterAll(async () => {
    postgres.thaw();
    await portal?.stop();
    await postgres.remove();
  });

  it('answers 503 to a POST and to readyz while PostgreSQL is frozen, and goes on when it wakes', async () => {
    portal = await start(postgres.url);
    const { url } = portal;
    expect((await post(url)).status).toBe(201);
    await until(async () => (await lastSync(url)) > 0);

    postgres.freeze();
    const posted = Promise.all(
      Array.from({ length: 15 }, () =>
        fetch(`${url}/api/materials`, {
          method: 'POST',
          headers: { Authorization: `Bearer ${SERVICE_KEY}`, 'Content-Type': 'application/json' },
          body: JSON.stringify(someMaterial()),
          signal: AbortSignal.timeout(BOUND_MS),
        }),
      ),
    );
    for (let times = 0; times < 3; times += 1) {
      expect((await within(url, '/readyz', 3_000)).status).toBe(503);
      expect((await within(url, '/livez', 1_000)).status).toBe(200);
    }
    for (const answer of await posted) {
      expect(answer.status).toBe(503);
      expect(answer.headers.get('Retry-After')).toBe('5');
    }

    const woken = Date.now();
    postgres.thaw();
    await until(async () => (await call(url, 'GET', '/readyz')).status === 200);
    await until(async () => (await post(url)).status === 201);
    await until(async () => (await lastSync(url)) > woken);
  }, 180_000);
});

describe('with connections to PostgreSQL that are dead and do not say so', () => {
  let database: TestDatabase;
  let proxy: Awaited<ReturnType<typeof startSilentProxy>>;
  beforeAll(async () => {
    database = await testDatabase();
    proxy = await startSilentProxy(database.url);
  });
  afterAll(async () => {
    proxy.close();
    await database.drop();
  });

  it('answers 503 on a dead connection, works at the next request, and has a sync leader again', async () => {
    portal = await start(proxy.url);
    const { url } = portal;
    await until(async () => (await lastSync(url)) > 0);
    expect((await post(url)).status).toBe(201);

    proxy.silence();
    const cut = Date.now();
    const answer = await fetch(`${url}/api/materials?first`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${SERVICE_KEY}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(someMaterial()),
      signal: AbortSignal.timeout(BOUND_MS),
    });
    expect(answer.status).toBe(503);
    await until(async () => (await within(url, '/readyz', 3_000)).status === 200);
    await until(async () => (await post(url)).status === 201);
    await until(async () => (await lastSync(url)) > cut);
  }, 180_000);

  it('never uses a connection again that did not answer', async () => {
    const own = await startSilentProxy(database.url);
    const limits = { ...REQUEST_LIMITS, connections: 1, answerMs: 300 };
    const db = connect(own.url, silent, limits);
    await sql`select 1`.execute(db);
    own.silence();
    const within = db.transaction().execute((trx) => sql`select 1`.execute(trx));
    await expect(within).rejects.toThrow(NoAnswerError);
    await sql`select 1`.execute(db);
    await db.destroy();
    own.close();
  });

  it('makes PostgreSQL probe a quiet connection after 10 s', async () => {
    const { rows } = await sql`select current_setting('tcp_keepalives_idle') as idle,
      current_setting('tcp_user_timeout') as unread, current_setting('lock_timeout') as lock,
      current_setting('statement_timeout') as statement`.execute(database.db);
    expect(rows).toEqual([{ idle: '10', unread: '20000', lock: '5s', statement: '8s' }]);
  });
});

it('answers 503 while PostgreSQL takes no connections, and works again afterwards', async () => {
  const database = await testDatabase();
  portal = await start(database.url);
  const name = new URL(database.url).pathname.slice(1);
  await asAdmin(`alter database ${name} allow_connections false`);
  await asAdmin(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  expect((await post(portal.url)).status).toBe(503);
  await asAdmin(`alter database ${name} allow_connections true`);
  expect((await post(portal.url)).status).toBe(201);
  await portal.stop();
  await database.drop();
});

it.each([
  'EAI_AGAIN',
  'EHOSTUNREACH',
  '25006',
  '57014',
  '40P01',
  '55P03',
  '53100',
  '08006',
  '58030',
  '57P04',
])(
  'an error with the code %s says that the database is unavailable, not that the API is at fault',
  (code) => {
    expect(isDatabaseUnavailable(Object.assign(new Error('from pg'), { code }))).toBe(true);
  },
);

it('takes an error of the query itself for a fault of the API', () => {
  expect(isDatabaseUnavailable(Object.assign(new Error('from pg'), { code: '42601' }))).toBe(false);
});
