import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Kysely } from 'kysely';
import { histories } from './adversary/histories.ts';
import { lossesOf } from './adversary/play.ts';
import type { Database } from '../db/schema.ts';
import { testDatabase, type TestDatabase } from './database.ts';

/**
 * The same 1,000 histories every time, so that a change is judged by what it changed;
 * `npm run test:adversary` plays 20,000 that nobody has seen.
 */
const RUNS = Number(process.env['ADVERSARY_RUNS'] ?? 1_000);
const SEED = process.env['ADVERSARY_RUNS'] === undefined ? { seed: 20261123 } : {};

let database: TestDatabase;
let db: Kysely<Database>;
beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
});
afterAll(() => database.drop());

it('whatever people, nodes, faults and crashes do, nothing is lost and nothing doubled', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (steps) => {
      expect(await lossesOf(db, steps)).toEqual([]);
    }),
    { numRuns: RUNS, ...SEED },
  );
}, 7_200_000);

it('without the confirmation it is lost: the adversary sees it', async () => {
  const { failed } = await fc.check(
    fc.asyncProperty(histories, async (steps) => {
      expect(await lossesOf(db, steps, false)).toEqual([]);
    }),
    { numRuns: 300, seed: 20261123, endOnFailure: true },
  );
  expect(failed).toBe(true);
}, 600_000);
