/**
 * `npm run bench:sync`: what the sync of the sheet costs, by the sheet's rows and by how many of them
 * people changed: CPU of a cycle, requests, how long the API answers nothing, bytes of an idle minute.
 *
 * With `BENCH_BEFORE=<folder>` it measures the version in that folder too, and prints the ratio. Each
 * version runs in a process of its own. The stand-in and PostgreSQL are processes of their own too.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod/v4-mini';
import { HEADER } from '../test/harness/sync.ts';
import startPostgres from '../test/harness/postgres/start.ts';
import stopPostgres from '../test/harness/postgres/stop.ts';
import type { Line, Order } from './sync/measure.ts';
import { startMeter, type Meter } from './sync/meter.ts';
import { printTable } from './table.ts';

const SIZES = (process.env['BENCH_ROWS'] ?? '1000,20000,100000').split(',').map(Number);
const CHANGES = [0, 10, 1_000];
/** A sheet of this size is watched while nothing happens. */
const IDLE_ROWS = 20_000;
const IDLE_MS = 60_000;
const TAB = 'Katalog';

const servingSchema = z.object({ url: z.string(), serviceAccount: z.looseObject({}) });

/** The stand-in in a process of its own, so that its work is not counted as the sync's. */
async function startStandIn() {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'sync', 'standIn.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { ...z.parse(servingSchema, JSON.parse(line)), stop: () => child.kill() };
}

type StandIn = Awaited<ReturnType<typeof startStandIn>>;

async function newSpreadsheet(standIn: StandIn, rows: number): Promise<string> {
  const tab = { title: TAB, values: [HEADER], rowCount: rows + 1, columnCount: HEADER.length };
  const response = await fetch(`${standIn.url}/stand-in/spreadsheets`, {
    method: 'POST',
    body: JSON.stringify({ title: 'Bench', tabs: [tab] }),
  });
  const made = z.object({ spreadsheetId: z.string() });
  return z.parse(made, await response.json()).spreadsheetId;
}

type CycleLine = Extract<Line, { kind: 'cycle' }>;

interface Measured {
  readonly cycles: readonly CycleLine[];
  readonly served: Extract<Line, { kind: 'served' }> | undefined;
  /** Bytes of an idle minute; null: not measured. */
  readonly idleBytes: number | null;
  readonly megabytes: number;
}

async function measure(
  folder: string,
  rows: number,
  standIn: StandIn,
  meter: Meter,
): Promise<Measured> {
  const order: Order = {
    folder,
    rows,
    changes: CHANGES,
    tab: TAB,
    header: HEADER,
    url: meter.url,
    serviceAccount: standIn.serviceAccount,
    spreadsheetId: await newSpreadsheet(standIn, rows),
    idleMs: rows === IDLE_ROWS ? IDLE_MS : 0,
  };
  const script = join(import.meta.dirname, 'sync', 'measure.ts');
  const child = spawn(process.execPath, [script, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: Line[] = [];
  const bytesAt = new Map<Line['kind'], number>();
  for await (const text of createInterface(child.stdout)) {
    const line = JSON.parse(text) as Line;
    lines.push(line);
    bytesAt.set(line.kind, meter.bytes());
  }
  const [from, to] = [bytesAt.get('idle'), bytesAt.get('over')];
  return {
    cycles: lines.filter((line) => line.kind === 'cycle'),
    served: lines.find((line) => line.kind === 'served'),
    idleBytes: from === undefined || to === undefined ? null : to - from,
    megabytes: lines.find((line) => line.kind === 'memory')?.megabytes ?? 0,
  };
}

const now = resolve(import.meta.dirname, '..');
const before = process.env['BENCH_BEFORE'];
const versions = [...(before === undefined ? [] : [['before', resolve(before)]]), ['now', now]];

await startPostgres({ rootDir: now });
const standIn = await startStandIn();
const meter = await startMeter(standIn.url);
const cycleRows: string[][] = [];
const idleRows: string[][] = [];
const ratio = (was: number | undefined, is: number) =>
  was === undefined || is === 0 ? '' : `${(was / is).toFixed(1)}x`;

for (const size of SIZES) {
  let old: Measured | undefined;
  for (const [name = '', folder = ''] of versions) {
    const measured = await measure(folder, size, standIn, meter);
    for (const { changes, cpuMs, ms, requests } of measured.cycles) {
      const was = old?.cycles.find((cycle) => cycle.changes === changes);
      cycleRows.push([
        ...[size.toLocaleString('en'), changes.toLocaleString('en'), name, cpuMs.toFixed(0)],
        ...[ratio(was?.cpuMs, cpuMs), ms.toFixed(0), String(requests)],
        measured.megabytes.toFixed(0),
      ]);
    }
    const { served, idleBytes } = measured;
    if (served !== undefined && idleBytes !== null) {
      idleRows.push([
        ...[size.toLocaleString('en'), name, served.blockedMs.toFixed(0)],
        served.controlMs.toFixed(0),
        ...[ratio(old?.served?.blockedMs, served.blockedMs), (idleBytes / 1e6).toFixed(2)],
        ratio(old?.idleBytes ?? undefined, idleBytes),
      ]);
    }
    old = measured;
  }
}
meter.close();
standIn.stop();
await stopPostgres();
printTable(
  ['rows', 'changed', 'version', 'CPU ms', 'less', 'ms', 'requests', 'MB resident'],
  cycleRows,
);
printTable(
  ['rows', 'version', 'API blocked, ms', 'idle loop, ms', 'less', 'MB an idle minute', 'less'],
  idleRows,
);
