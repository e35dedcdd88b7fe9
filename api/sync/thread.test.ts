import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { startGoogle, type GoogleStandIn } from '../../google-standin/index.ts';
import { startPortal } from '../start.ts';
import { syncOnThread } from './thread.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { call, SERVICE_KEY, someMaterial, testConfig, until } from '../../test/harness/portal.ts';

let database: TestDatabase;
let google: GoogleStandIn;
beforeAll(async () => {
  [database, google] = await Promise.all([testDatabase(), startGoogle()]);
});
afterAll(async () => {
  await google.close();
  await database.drop();
});

const fileUrl = (path: string) => pathToFileURL(resolve(path));

function logger() {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => {
    lines.push(JSON.parse(line) as Record<string, unknown>);
  };
  return { lines, log: pino({ level: 'info', base: null }, { write }) };
}

const config = () => ({
  ...testConfig(database.url, 'http://127.0.0.1:1', {
    rootUrl: google.url,
    serviceAccount: google.serviceAccount,
    spreadsheetId: google.spreadsheetId,
  }),
  logLevel: 'info' as const,
});

it('writes the API’s new materials from its own thread, logs through the API, and stops with it', async () => {
  const { lines, log } = logger();
  const startSync = syncOnThread(fileUrl('api/main.ts'));
  const portal = await startPortal({ config: config(), log, startSync });
  const body = someMaterial({ title: 'Dari utas' });
  const answer = await call(portal.url, 'POST', '/api/materials', { token: SERVICE_KEY, body });
  expect(answer.status).toBe(201);
  await until(async () => {
    const sheet = await fetch(`${google.url}/stand-in/spreadsheets/${google.spreadsheetId}`);
    return (await sheet.text()).includes('Dari utas');
  });
  expect(lines).toContainEqual(
    expect.objectContaining({ part: 'sync', msg: 'leads the sync of the sheet' }),
  );
  await portal.stop();
  const after = startSync({ db: database.db, config: config(), log });
  await after.stop();
}, 120_000);

it('reports a thread that ends by itself, and starts it again', async () => {
  const { lines, log } = logger();
  const sync = syncOnThread(fileUrl('test/harness/failingThread.ts'))({
    db: database.db,
    config: config(),
    log,
  });
  const count = (text: string) => lines.filter(({ msg }) => msg === text).length;
  await until(() => count('the thread begins') === 2);
  expect(lines).toContainEqual(
    expect.objectContaining({
      level: 50,
      err: expect.objectContaining({ message: 'an error that nothing caught' }),
      msg: expect.stringContaining('starts again'),
    }),
  );
  await until(async () => {
    const state = await database.db.selectFrom('catalogState').selectAll().executeTakeFirst();
    return state?.reason === 'internal';
  });
  await sync.stop();
}, 120_000);
