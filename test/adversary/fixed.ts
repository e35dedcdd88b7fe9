import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { testDatabase, type TestDatabase } from '../harness/database.ts';
import { histories } from './histories.ts';
import { playHistory } from './play.ts';

/**
 * The same 2,000 histories every time, so that a change is judged by what it changed;
 * `npm run test:adversary` plays 20,000 that nobody has seen.
 */
const RUNS_OF_HALF = 1_000;
const SEED = 20_261_126;
const BEGINS_AT = { first: 0, second: RUNS_OF_HALF };

/** Declares the test of one half. Each half is in a file of its own: Jest plays both at the same time. */
export function playFixedHistories(half: keyof typeof BEGINS_AT): void {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  it(`keeps every text in its cell or in the records in the ${half} ${RUNS_OF_HALF} histories of people, nodes, faults and kills`, async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const { losses } = await playHistory(database.db, history);
        expect(losses).toEqual([]);
      }),
      // fast-check generates the histories before the path, and does not play them.
      { numRuns: RUNS_OF_HALF, seed: SEED, path: String(BEGINS_AT[half]) },
    );
  }, 900_000);
}
