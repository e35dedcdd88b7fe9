import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Kysely } from 'kysely';
import { histories } from './adversary/histories.ts';
import { playHistory } from './adversary/play.ts';
import type { Database } from '../db/schema.ts';
import { testDatabase, type TestDatabase } from './database.ts';

/**
 * The same 2,000 histories every time, so that a change is judged by what it changed;
 * `npm run test:adversary` plays 20,000 that nobody has seen.
 */
const RUNS = 2_000;
const SEED = 20_261_126;

let database: TestDatabase;
let db: Kysely<Database>;
beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
});
afterAll(() => database.drop());

it(`keeps every text in its cell or in the records in ${RUNS} histories of people, nodes, faults and kills`, async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const { losses } = await playHistory(db, history);
      expect(losses).toEqual([]);
    }),
    { numRuns: RUNS, seed: SEED },
  );
}, 900_000);
