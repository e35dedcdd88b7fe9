import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { crash } from '../../test/adversary/crashes.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';

/** How many processes are killed; `npm run test:adversary` kills more. */
const KILLS = 40;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

it(`loses and doubles nothing when ${KILLS} processes are killed, also while they restore cells`, async () => {
  const script = resolve('test/harness/crashingSync.ts');
  const { killed, problems } = await crash(database, script, { kills: KILLS, seed: 20_261_126 });
  expect(problems).toEqual([]);
  expect(killed).toBe(KILLS);
}, 600_000);
