import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { createLogger } from '../log.ts';
import { startSync, type Sync } from './index.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';
import type { FreezeOrder } from '../../test/harness/freezingSync.ts';
import { testConfig, until } from '../../test/harness/portal.ts';
import { HEADER, startHarness, TAB, type Harness } from '../../test/harness/sync.ts';

/** Shorter than in production, so that nobody waits; see LEAD_TIMING. */
const LEAD_TIMING = { candidateMs: 300, heartbeatMs: 500, leaseMs: 4_000 };

let database: TestDatabase;
let harness: Harness;
let frozen: ChildProcess;
let out: string;
let other: Sync | undefined;
beforeEach(async () => {
  database = await testDatabase();
  harness = await startHarness(database.db, [
    HEADER,
    ['IPA', 'Sudah ada', 'Baris milik guru', 'Video', 'Fase C', '', '', '', '', '', '', '', ''],
  ]);
  other = undefined;
});
afterEach(async () => {
  frozen.kill('SIGKILL');
  await other?.stop();
  await harness.stop();
  await database.drop();
});

const google = () => {
  const { serviceAccount, url: rootUrl } = harness.google;
  return { serviceAccount, rootUrl, spreadsheetId: harness.spreadsheetId, tab: TAB };
};

function startFreezing(point: FreezeOrder['point']): void {
  const order: FreezeOrder = {
    databaseUrl: database.url,
    google: google(),
    leadTiming: LEAD_TIMING,
    point,
  };
  out = '';
  frozen = spawn(
    process.execPath,
    [resolve('test/harness/freezingSync.ts'), JSON.stringify(order)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  frozen.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
}

function startOther(): void {
  const config = testConfig(database.url, 'http://127.0.0.1:1', google());
  const log = createLogger('silent');
  other = startSync({ db: database.db, config, log, leadTiming: LEAD_TIMING });
}

const isFrozen = () =>
  execFileSync('ps', ['-o', 'stat=', '-p', String(frozen.pid)], { encoding: 'utf8' }).startsWith(
    'T',
  );

/** Everything that waits is in the sheet, and PostgreSQL knows it. */
const isSettled = async () => {
  const { rows } = await sql<{ left: number }>`
    select (select count(*) from materials where pending <> '{}' or base is null)
      + (select count(*) from sheet_writes where settled_at is null) as left`.execute(database.db);
  return rows[0]?.left === 0;
};
const titles = async () => {
  const column = HEADER.indexOf('MATERIAL_TITLE');
  return (await harness.rows()).slice(1).map((row) => row[column]);
};
const writesOf = async () =>
  (await database.db.selectFrom('sheetWrites').select('id').execute()).length;
const ledTimes = () => out.split('leads the sync').length - 1;

/** Another instance leads and finishes; the frozen one wakes, changes nothing, and may lead later. */
async function isOvertaken(): Promise<void> {
  startOther();
  await until(isSettled);
  const before = { titles: await titles(), writes: await writesOf() };
  expect(before.titles.toSorted()).toEqual(['Pertama', 'Kedua', 'Sudah ada'].toSorted());

  frozen.kill('SIGCONT');
  await until(() => out.includes('does not lead the sync of the sheet'));
  expect({ titles: await titles(), writes: await writesOf() }).toEqual(before);

  await other?.stop();
  await until(() => ledTimes() === 2);
  await harness.add('Ketiga');
  await until(isSettled);
  expect((await titles()).toSorted()).toEqual(
    ['Pertama', 'Kedua', 'Ketiga', 'Sudah ada'].toSorted(),
  );
}

it.each([
  { point: 'read', when: 'has read the sheet' },
  { point: 'unsent', when: 'has planned a batch and not sent it' },
  { point: 'taken', when: 'has sent a batch and not seen the answer' },
] as const)(
  'a leader that freezes when it $when is overtaken, and writes nothing when it wakes',
  async ({ point }) => {
    await harness.add('Pertama');
    await harness.add('Kedua');
    startFreezing(point);
    await until(isFrozen);
    await isOvertaken();
  },
  120_000,
);

it('replaces a leader that freezes within its transaction, and lets it commit nothing when it wakes', async () => {
  await harness.add('Pertama');
  await harness.add('Kedua');
  await database.db.transaction().execute(async (trx) => {
    await sql`lock table sheet_writes in exclusive mode`.execute(trx);
    startFreezing('never');
    await until(async () => {
      const { rows } = await sql`select 1 from pg_locks where not granted`.execute(trx);
      return rows.length > 0;
    });
    frozen.kill('SIGSTOP');
  });
  await isOvertaken();
}, 120_000);
