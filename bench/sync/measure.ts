/**
 * One version's sync, measured in a process of its own: run by bench/sync.ts with an order as JSON in
 * its first argument. It prints a JSON object a line.
 */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type * as Core from '../../core/index.ts';
import type * as Database from '../../test/harness/database.ts';
import type * as Log from '../../api/log.ts';
import type * as Harness from '../../test/harness/portal.ts';
import type * as Cycle from '../../api/sync/cycle.ts';
import type * as Parking from '../../api/sync/parking.ts';
import type * as State from '../../api/sync/state.ts';
import type * as Sync from '../../api/sync/index.ts';
import type * as Thread from '../../api/sync/thread.ts';
import type * as Transport from '../../api/sync/transport.ts';

export interface Order {
  /** The folder with the version's code. */
  readonly folder: string;
  readonly rows: number;
  /** So many rows change before a measured cycle. */
  readonly changes: readonly number[];
  /** The stand-in, through the parent's meter. */
  readonly url: string;
  readonly serviceAccount: object;
  readonly spreadsheetId: string;
  readonly tab: string;
  readonly header: readonly string[];
  /** How long the idle sync is watched; 0: it is not. */
  readonly idleMs: number;
}

export type Line =
  | {
      readonly kind: 'cycle';
      readonly changes: number;
      readonly cpuMs: number;
      readonly ms: number;
      readonly requests: number;
    }
  /** The longest time in which the thread that answers requests did nothing else. */
  | { readonly kind: 'served'; readonly blockedMs: number; readonly controlMs: number }
  | { readonly kind: 'idle' | 'over' }
  | { readonly kind: 'memory'; readonly megabytes: number };

const order = JSON.parse(process.argv[2] ?? '') as Order;
const say = (line: Line) => console.log(JSON.stringify(line));
/** A module of the measured version. @param earlier where older versions have it */
const load = async <T>(path: string, earlier = path) => {
  const file = [path, earlier].map((one) => join(order.folder, one)).find(existsSync);
  return (await import(pathToFileURL(file ?? path).href)) as T;
};

const { openSheet } = await load<typeof Core>('core/index.ts');
const { testDatabase } = await load<typeof Database>(
  'test/harness/database.ts',
  'api/test/database.ts',
);
const { testConfig } = await load<typeof Harness>(
  'test/harness/portal.ts',
  'api/test/portalHarness.ts',
);
const { syncCycle } = await load<typeof Cycle>('api/sync/cycle.ts');
const { Parking: ParkingOf } = await load<typeof Parking>('api/sync/parking.ts');
const { QuotaMeter } = await load<typeof State>('api/sync/state.ts');
const { googleTransport } = await load<typeof Transport>('api/sync/transport.ts');

const { spreadsheetId, tab, rows: size, header, serviceAccount } = order;
const database = await testDatabase();
const { db } = database;
const config = testConfig(database.url, 'http://127.0.0.1:1', {
  rootUrl: order.url,
  serviceAccount,
  spreadsheetId,
  tab,
});
const plain = googleTransport(config.google);
const { tabs } = await plain.describe();
const sheetId = tabs.find(({ title }) => title === tab)?.sheetId ?? 0;

/** Rows a request, for Google takes at most 10 MB. */
const PORTION = 5_000;

function rowOf(number: number): string[] {
  return [
    ...['IPA', `Materi ${number}`, `Tentang materi ${number}, dengan contoh dari rumah.`, 'Video'],
    ...['Fase C', 'Tema', 'Subtema', `https://materi.example.sch.id/${number}`, randomUUID()],
    ...['', '', '', ''],
  ];
}

function updateCells(row: number, column: number, texts: string[][]): Core.SheetRequest {
  return {
    updateCells: {
      range: {
        sheetId,
        startRowIndex: row,
        endRowIndex: row + texts.length,
        startColumnIndex: column,
        endColumnIndex: column + (texts[0]?.length ?? 0),
      },
      rows: texts.map((cells) => ({
        values: cells.map((stringValue) => ({ userEnteredValue: { stringValue } })),
      })),
      fields: 'userEnteredValue',
    },
  };
}

/** A busy machine may close a kept connection at the moment of a request: then it is sent again. */
async function write(requests: readonly Core.SheetRequest[]): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await plain.write(requests, []);
      return;
    } catch (error) {
      if (tries === 3) throw new Error(String(error).slice(0, 500));
    }
  }
}

/** People change a cell in so many rows, all over the sheet. */
async function change(count: number, text: string): Promise<void> {
  const column = header.indexOf('MATERIAL_DESC');
  const step = Math.floor(size / count);
  const requests = Array.from({ length: count }, (_, number) =>
    updateCells(1 + number * step, column, [[`${text} ${number}`]]),
  );
  await write(requests);
}

for (let first = 0; first < size; first += PORTION) {
  const portion = Array.from({ length: Math.min(PORTION, size - first) }, (_, number) =>
    rowOf(first + number),
  );
  await write([updateCells(1 + first, 0, portion)]);
}

const quota = new QuotaMeter();
const sheet = openSheet(quota.count(plain), tab);
const parking = new ParkingOf();
let last: Cycle.CycleResult | null = null;
const cycle = async () => {
  const deps = { connection: db, sheet, parking, sample: () => Promise.resolve([]) };
  last = await syncCycle(deps, last);
  return last;
};
const requestsSoFar = () => {
  const { reads, writes } = quota.used();
  return reads + writes;
};
while ((await cycle()).isBusy);
for (const changes of order.changes) {
  // Once before, so that the compiler has seen the code.
  for (const text of ['Pemanasan', 'Diubah']) {
    if (changes > 0) await change(changes, text);
    const before = requestsSoFar();
    const start = process.cpuUsage();
    const began = performance.now();
    await cycle();
    const { user, system } = process.cpuUsage(start);
    if (text === 'Pemanasan') continue;
    const ms = performance.now() - began;
    const requests = requestsSoFar() - before;
    say({ kind: 'cycle', changes, cpuMs: (user + system) / 1e3, ms, requests });
  }
}
say({ kind: 'memory', megabytes: process.memoryUsage.rss() / 2 ** 20 });

if (order.idleMs > 0) {
  last = null;
  const { createLogger } = await load<typeof Log>('api/log.ts');
  const log = createLogger('silent');
  const isThreaded = existsSync(join(order.folder, 'api/sync/thread.ts'));
  const startSync = isThreaded
    ? (await load<typeof Thread>('api/sync/thread.ts')).syncOnThread(
        pathToFileURL(join(order.folder, 'api/main.ts')),
      )
    : (await load<typeof Sync>('api/sync/index.ts')).startSync;
  const sync = startSync({ db, config, log });
  const state = () => db.selectFrom('catalogState').selectAll().executeTakeFirstOrThrow();
  const isKnown = async (text: string) =>
    (await db.selectFrom('materials').select('id').where('description', '=', text).execute())
      .length > 0;
  while ((await state()).lastSyncAt === null) await wait(50);

  const blocked = monitorEventLoopDelay({ resolution: 1 });
  blocked.enable();
  await change(10, 'Dilayani');
  while (!(await isKnown('Dilayani 9'))) await wait(50);
  blocked.disable();
  const control = monitorEventLoopDelay({ resolution: 1 });
  control.enable();
  await wait(5_000);
  control.disable();
  say({ kind: 'served', blockedMs: blocked.max / 1e6, controlMs: control.max / 1e6 });

  say({ kind: 'idle' });
  await wait(order.idleMs);
  say({ kind: 'over' });
  await sync.stop();
}
await database.drop();
