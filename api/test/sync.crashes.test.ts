import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { CrashOrder } from './crashingSync.ts';
import { testDatabase, type TestDatabase } from './database.ts';
import { emptyTables, HEADER, startBench, TAB, type Bench } from './syncBench.ts';

/** How many processes are killed. */
const CRASHES = Number(process.env['CRASHES'] ?? 200);

let database: TestDatabase;
let db: Kysely<Database>;
let bench: Bench;
beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
  await emptyTables(db);
  bench = await startBench(db, [HEADER, ['IPA', 'Satu', '', 'Video', 'Fase C']]);
});
afterAll(async () => {
  await bench.stop();
  await database.drop();
});

const plans = fc.sample(
  fc.record({
    point: fc.constantFrom('committed' as const, 'accepted' as const, 'read' as const),
    batch: fc.integer({ min: 1, max: 2 }),
    isInterrupted: fc.boolean(),
  }),
  { numRuns: CRASHES, seed: 20261123 },
);

/** Runs the process to its end; the signal that ended it, if one did. */
function run(order: CrashOrder): Promise<NodeJS.Signals | null> {
  const script = join(__dirname, 'crashingSync.ts');
  const child = spawn(process.execPath, [script, JSON.stringify(order)], { stdio: 'ignore' });
  return new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
}

it(`killed ${CRASHES} times at named points, also while it puts back, it loses and doubles nothing`, async () => {
  const { url, serviceAccount } = bench.google;
  const { spreadsheetId } = bench;
  const titles: string[] = [];
  let killed = 0;
  for (const { point, batch, isInterrupted } of plans) {
    const title = `Baru ${titles.length}`;
    titles.push(title);
    const id = await bench.add(title);
    if (titles.length % 3 === 0) await bench.analysed(id, `Ringkasan ${title}`);
    const rows = `${url}/stand-in/spreadsheets/${spreadsheetId}/rows`;
    const google = { serviceAccount, spreadsheetId, tab: TAB, rootUrl: url };
    const order = { databaseUrl: database.url, google, tab: TAB, point, batch };
    const signal = await run({ ...order, insertRow: isInterrupted ? rows : null });
    if (signal === 'SIGKILL') killed += 1;
  }
  await bench.instance().settle();

  expect(killed).toBeGreaterThan(CRASHES / 2);
  const [header = [], ...rows] = await bench.rows();
  const column = (name: string) => header.indexOf(name);
  const filled = rows.filter((cells) => cells.some((cell) => cell !== ''));
  expect(filled.map((cells) => cells[column('MATERIAL_TITLE')]).sort()).toEqual(
    ['Satu', ...titles].sort(),
  );
  const ids = filled.map((cells) => cells[column('MATERIAL_ID')]);
  expect(new Set(ids).size).toBe(filled.length);
  for (const cells of filled) {
    const summary = cells[column('AI_SUMMARY')] ?? '';
    const title = String(cells[column('MATERIAL_TITLE')]);
    const isAnalysed = titles.indexOf(title) % 3 === 2;
    expect([title, summary]).toEqual([title, isAnalysed ? `Ringkasan ${title}` : '']);
  }
}, 900_000);
