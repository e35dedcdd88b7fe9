import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startGoogle, type GoogleStandIn } from '../../google-standin/index.ts';
import { createLogger } from '../log.ts';
import { startPortal } from '../start.ts';
import { startSync, type SyncDeps } from './index.ts';
import { googleTransport } from './transport.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { call, SERVICE_KEY, testConfig, until } from '../../test/harness/portal.ts';

let database: TestDatabase;
let google: GoogleStandIn;
beforeAll(async () => {
  [database, google] = await Promise.all([testDatabase(), startGoogle()]);
});
afterAll(async () => {
  await google.close();
  await database.drop();
});

const start = (more: Partial<SyncDeps> = {}) => {
  const config = testConfig(database.url, 'http://127.0.0.1:1', {
    rootUrl: google.url,
    serviceAccount: google.serviceAccount,
    spreadsheetId: google.spreadsheetId,
  });
  return startSync({ db: database.db, config, log: createLogger('silent'), ...more });
};
const count = async () => (await database.db.selectFrom('materials').select('id').execute()).length;
const fault = async (body: object) => {
  const response = await fetch(`${google.url}/stand-in/faults`, {
    method: 'POST',
    body: JSON.stringify({ service: 'sheets', ...body }),
  });
  return ((await response.json()) as { id: string }).id;
};
const waiting = async (id: string) => {
  const response = await fetch(`${google.url}/stand-in/faults`);
  const { faults } = (await response.json()) as { faults: { id: string; waiting: number }[] };
  return faults.find((found) => found.id === id)?.waiting === 1;
};

it('fills an empty sheet with its header and the sample catalog, and reads it back', async () => {
  const sync = start();
  await until(async () => (await count()) === 320);
  await until(async () => {
    const left = await database.db
      .selectFrom('materials')
      .select('id')
      .where('base', 'is', null)
      .execute();
    return left.length === 0;
  });
  await sync.stop();
}, 30_000);

it('stops while Google does not answer, and goes on afterwards', async () => {
  const held = await fault({ kind: 'hold' });
  const sync = start();
  await until(() => waiting(held));
  await sync.stop();
  await fetch(`${google.url}/stand-in/faults/${held}`, { method: 'DELETE' });

  await fault({ kind: 'status', status: 503 });
  const again = start();
  const reads = async () => {
    const response = await fetch(`${google.url}/stand-in/requests`);
    return ((await response.json()) as { requests: { status: number }[] }).requests;
  };
  await until(async () => (await reads()).some(({ status }) => status === 503));
  const failed = (await reads()).length;
  await until(async () => (await reads()).slice(failed).some(({ status }) => status === 200));
  await again.stop();
  expect(await count()).toBe(320);
}, 30_000);

it('reports that it has stopped when a cycle fails with an unexpected error, and tries again', async () => {
  const state = () => database.db.selectFrom('catalogState').selectAll().executeTakeFirstOrThrow();
  let isBroken = true;
  const sync = start({
    openTransport: (config, ended) => {
      const transport = googleTransport(config, ended);
      return {
        ...transport,
        read: (...asked) => {
          if (isBroken) throw new TypeError('a secret detail of the code');
          return transport.read(...asked);
        },
      };
    },
  });
  await until(async () => (await state()).reason === 'internal');
  expect(await state()).toMatchObject({ state: 'stopped', detail: null });
  isBroken = false;
  await until(async () => (await state()).state === 'ok');
  await sync.stop();
});

it('keeps readyz at 200 while an error of a cycle has stopped the sync, and the status says so', async () => {
  const config = testConfig(database.url, 'http://127.0.0.1:1', {
    rootUrl: google.url,
    serviceAccount: google.serviceAccount,
    spreadsheetId: google.spreadsheetId,
  });
  const openTransport: typeof googleTransport = (of, ended) => ({
    ...googleTransport(of, ended),
    read: () => Promise.reject(new TypeError('an error of the code')),
  });
  const portal = await startPortal({
    config,
    log: createLogger('silent'),
    startSync: (deps) => startSync({ ...deps, openTransport }),
  });
  const status = async () => {
    const { body } = await call(portal.url, 'GET', '/api/catalog/status', { token: SERVICE_KEY });
    return body;
  };
  await until(async () => JSON.stringify(await status()).includes('"internal"'));
  expect(await status()).toMatchObject({ state: 'stopped', reason: { code: 'internal' } });
  expect((await call(portal.url, 'GET', '/readyz')).status).toBe(200);
  await portal.stop();
});

it('reads an idle sheet again only when Drive shows another version', async () => {
  const sync = start();
  const counted = async () => {
    const response = await fetch(`${google.url}/stand-in/requests`);
    const { counts } = (await response.json()) as {
      counts: Record<string, Record<string, number>>;
    };
    return {
      reads: counts['sheets']?.['values.batchGet'] ?? 0,
      versions: counts['drive']?.['files.get'] ?? 0,
    };
  };
  const asked = async (times: number) => {
    const { versions } = await counted();
    await until(async () => (await counted()).versions >= versions + times);
  };
  await asked(2);
  const before = await counted();
  await asked(2);
  expect((await counted()).reads).toBe(before.reads);
  const body = JSON.stringify({ tab: 'Katalog', a1: 'C2', value: 'Diubah guru' });
  await fetch(`${google.url}/stand-in/spreadsheets/${google.spreadsheetId}/edit`, {
    method: 'POST',
    body,
  });
  await until(async () => {
    const found = await database.db
      .selectFrom('materials')
      .select('id')
      .where('description', '=', 'Diubah guru')
      .execute();
    return found.length === 1;
  });
  await sync.stop();
}, 90_000);

it('says that it has stopped while the sheet is protected from it, and writes once it may', async () => {
  const spreadsheet = `${google.url}/stand-in/spreadsheets/${google.spreadsheetId}`;
  const state = () => database.db.selectFrom('catalogState').selectAll().executeTakeFirstOrThrow();
  const { id } = await database.db
    .selectFrom('materials')
    .select('id')
    .limit(1)
    .executeTakeFirstOrThrow();
  const sync = start();
  await until(async () => (await state()).state === 'ok');
  const body = JSON.stringify({ tab: 'Katalog' });
  const answer = await fetch(`${spreadsheet}/protect`, { method: 'POST', body });
  const { protectedRangeId } = (await answer.json()) as { protectedRangeId: number };
  await database.db
    .updateTable('materials')
    .set({ description: 'Ditahan', pending: JSON.stringify({ description: 9 }) })
    .where('id', '=', id)
    .execute();
  sync.wake();
  await until(async () => (await state()).reason === 'protected');
  expect(await state()).toMatchObject({
    state: 'stopped',
    detail: expect.stringContaining('protected cell'),
  });

  await fetch(`${spreadsheet}/protect/${protectedRangeId}`, { method: 'DELETE' });
  await sync.stop();
  const next = start();
  await until(async () => (await state()).state === 'ok');
  await until(async () => {
    const dump = await (await fetch(spreadsheet)).text();
    return dump.includes('Ditahan');
  });
  await next.stop();
}, 90_000);
