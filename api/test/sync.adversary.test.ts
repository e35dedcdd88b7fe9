import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Kysely } from 'kysely';
import { Adversary, type Step } from './adversary.ts';
import type { Database } from '../db/schema.ts';
import { testDatabase, type TestDatabase } from './database.ts';
import { emptyTables, HEADER, startBench } from './syncBench.ts';

/**
 * The same 1,000 histories every time, so that a change is judged by what it changed;
 * `npm run test:adversary` plays 20,000 that nobody has seen.
 */
const RUNS = Number(process.env['ADVERSARY_RUNS'] ?? 1_000);
const SEED = process.env['ADVERSARY_RUNS'] === undefined ? { seed: 20261123 } : {};

const at = (most: number) => fc.integer({ min: 1, max: most });
const deed = fc.oneof(
  fc.record({ kind: fc.constant('insertRow' as const), at: at(4) }),
  fc.record({ kind: fc.constant('deleteRow' as const), at: at(5) }),
  fc.record({ kind: fc.constant('copyRow' as const), at: at(5) }),
  fc.record({ kind: fc.constant('sort' as const), isDescending: fc.boolean() }),
  fc.record({ kind: fc.constant('insertColumn' as const), at: fc.nat(12) }),
  fc.record({ kind: fc.constant('moveColumn' as const), from: fc.nat(9), to: fc.nat(9) }),
  fc.record({ kind: fc.constant('rename' as const) }),
  fc.record({
    kind: fc.constant('type' as const),
    row: at(6),
    header: fc.constantFrom('Catatan Guru', 'AI_SUMMARY'),
  }),
  fc.record({ kind: fc.constant('direct' as const) }),
  fc.record({ kind: fc.constant('other' as const) }),
  fc.record({ kind: fc.constant('crash' as const) }),
);
const fault = fc.constantFrom(
  { kind: 'status' as const, status: 429, when: 'before' as const },
  { kind: 'status' as const, status: 503, when: 'before' as const },
  { kind: 'status' as const, status: 503, when: 'after' as const },
  { kind: 'reset' as const, when: 'before' as const },
  { kind: 'reset' as const, when: 'after' as const },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('add' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('analyse' as const), which: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deed' as const), deed }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('cycle' as const),
      instance: fc.constantFrom(0 as const, 1 as const),
      behind: fc.option(deed),
      fault: fc.option(fault, { freq: 4 }),
    }),
  },
);

let database: TestDatabase;
let db: Kysely<Database>;
beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
});
afterAll(() => database.drop());

/** Plays steps on a new sheet. @returns what was lost or doubled */
async function lossesOf(steps: readonly Step[], isConfirming: boolean): Promise<string[]> {
  await emptyTables(db);
  const bench = await startBench(db, [
    [...HEADER, 'Catatan Guru'],
    ['IPA', 'Satu', '', 'Video', 'Fase C'],
    ['IPA', 'Dua', '', 'Video', 'Fase C'],
  ]);
  try {
    const adversary = new Adversary(db, bench, isConfirming);
    for (const one of steps) await adversary.play(one);
    return (await adversary.rest()).problems;
  } finally {
    await bench.stop();
  }
}

const history = fc.array(step, { minLength: 4, maxLength: 14 });

it('whatever people, nodes, faults and crashes do, nothing is lost and nothing doubled', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      expect(await lossesOf(steps, true)).toEqual([]);
    }),
    { numRuns: RUNS, ...SEED },
  );
}, 7_200_000);

it('without the confirmation it is lost: the adversary sees it', async () => {
  const { failed } = await fc.check(
    fc.asyncProperty(history, async (steps) => {
      expect(await lossesOf(steps, false)).toEqual([]);
    }),
    { numRuns: 300, seed: 20261123, endOnFailure: true },
  );
  expect(failed).toBe(true);
}, 600_000);
