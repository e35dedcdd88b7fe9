import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { histories } from '../../test/adversary/histories.ts';
import { ONCE_LOST } from '../../test/adversary/onceLost.ts';
import { playHistory } from '../../test/adversary/play.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';

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

it.each(Object.keys(ONCE_LOST))('keeps every text: %s', async (name) => {
  const history = ONCE_LOST[name] ?? { google: {}, steps: [] };
  expect((await playHistory(db, history)).losses).toEqual([]);
});
