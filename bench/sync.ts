/**
 * `npm run bench:sync`: what one cycle of the sync costs this process, by the sheet's rows and by how
 * many of them people changed since the last: CPU, memory, requests. The stand-in and PostgreSQL are
 * processes of their own.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod/v4-mini';
import { openSheet, type SheetRequest } from '../core/index.ts';
import { testDatabase } from '../api/test/database.ts';
import { testConfig } from '../api/test/portalBench.ts';
import { emptyTables, HEADER } from '../api/test/syncBench.ts';
import { syncCycle, type CycleResult } from '../api/sync/cycle.ts';
import { Parking } from '../api/sync/parking.ts';
import { QuotaMeter } from '../api/sync/state.ts';
import { googleTransport } from '../api/sync/transport.ts';
import startPostgres from '../test/postgres/start.ts';
import stopPostgres from '../test/postgres/stop.ts';
import { printTable } from './table.ts';

const SIZES = [1_000, 10_000, 100_000];
const CHANGES = [0, 10, 1_000];
/** Rows a request, for Google takes at most 10 MB. */
const PORTION = 5_000;
const TAB = 'Katalog';
const DESCRIPTION = HEADER.indexOf('MATERIAL_DESC');

const serving = z.object({ url: z.string(), serviceAccount: z.looseObject({}) });

/** The stand-in in a process of its own, so that its work is not counted as the sync's. */
async function startStandIn() {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'sync', 'standIn.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { ...z.parse(serving, JSON.parse(line)), stop: () => child.kill() };
}

function rowOf(number: number): string[] {
  return [
    ...['IPA', `Materi ${number}`, `Tentang materi ${number}, dengan contoh dari rumah.`, 'Video'],
    ...['Fase C', 'Tema', 'Subtema', `https://materi.example.sch.id/${number}`, randomUUID()],
    ...['', '', '', ''],
  ];
}

function updateCells(
  sheetId: number,
  row: number,
  column: number,
  texts: string[][],
): SheetRequest {
  return {
    updateCells: {
      range: {
        ...{ sheetId, startRowIndex: row, endRowIndex: row + texts.length },
        ...{ startColumnIndex: column, endColumnIndex: column + (texts[0]?.length ?? 0) },
      },
      rows: texts.map((cells) => ({
        values: cells.map((stringValue) => ({ userEnteredValue: { stringValue } })),
      })),
      fields: 'userEnteredValue',
    },
  };
}

async function measure(size: number, standIn: Awaited<ReturnType<typeof startStandIn>>) {
  const database = await testDatabase();
  const { db } = database;
  await emptyTables(db);
  const post = async (path: string, body: unknown) => {
    const response = await fetch(`${standIn.url}/stand-in/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const tab = { title: TAB, values: [HEADER], rowCount: size + 1, columnCount: HEADER.length };
  const made = await post('spreadsheets', { title: 'Bench', tabs: [tab] });
  const { spreadsheetId } = z.parse(z.object({ spreadsheetId: z.string() }), made);
  const { google } = testConfig('', '', {
    ...{ rootUrl: standIn.url, serviceAccount: standIn.serviceAccount, spreadsheetId, tab: TAB },
  });
  const plain = googleTransport(google);
  const quota = new QuotaMeter();
  const sheet = openSheet(quota.count(plain), TAB);
  const parking = new Parking();
  let last: CycleResult | null = null;
  const cycle = async () => {
    const deps = { connection: db, sheet, parking, sample: () => Promise.resolve([]) };
    last = await syncCycle(deps, last);
    return last;
  };
  const { tabs } = await plain.describe();
  const sheetId = tabs.find(({ title }) => title === TAB)?.sheetId ?? 0;
  for (let first = 0; first < size; first += PORTION) {
    const portion = Array.from({ length: Math.min(PORTION, size - first) }, (_, number) =>
      rowOf(first + number),
    );
    await plain.write([updateCells(sheetId, 1 + first, 0, portion)]);
  }
  while ((await cycle()).isBusy);

  const rows: string[][] = [];
  for (const changes of CHANGES) {
    if (changes > 0) {
      const texts = Array.from({ length: changes }, (_, number) => [`Diubah ${size}, ${number}`]);
      await plain.write([updateCells(sheetId, 1, DESCRIPTION, texts)]);
    }
    const before = quota.used();
    const start = process.cpuUsage();
    const began = performance.now();
    await cycle();
    const { user, system } = process.cpuUsage(start);
    const after = quota.used();
    rows.push([
      size.toLocaleString('en'),
      changes.toLocaleString('en'),
      ((user + system) / 1e6).toFixed(2),
      ((performance.now() - began) / 1e3).toFixed(2),
      String(after.reads + after.writes - before.reads - before.writes),
      (process.memoryUsage().rss / 2 ** 20).toFixed(0),
    ]);
  }
  await database.drop();
  return rows;
}

await startPostgres({ rootDir: process.cwd() });
const standIn = await startStandIn();
const rows: string[][] = [];
for (const size of SIZES) rows.push(...(await measure(size, standIn)));
standIn.stop();
await stopPostgres();
printTable(['rows', 'changed', 'CPU s', 'seconds', 'requests', 'MB resident'], rows);
