import { beforeAll, afterAll, expect, it } from '@jest/globals';
import { playFixedHistories } from '../../test/adversary/fixed.ts';
import { ONCE_LOST } from '../../test/adversary/onceLost.ts';
import { playHistory } from '../../test/adversary/play.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';

// adversary.second.test.ts plays the other half, at the same time.
playFixedHistories('first');

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

it.each(Object.keys(ONCE_LOST))('keeps every text: %s', async (name) => {
  const history = ONCE_LOST[name] ?? { google: {}, steps: [] };
  expect((await playHistory(database.db, history)).losses).toEqual([]);
});
