import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { KyselyPlugin } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { startHarness, type Harness } from '../../test/harness/portal.ts';
import { sessionIdSchema } from '../db/ids.ts';
import { roleInSession } from './repository.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

it('reads one row of a session that was refreshed 300 times', async () => {
  const { id } = await harness.person();
  const first = await harness.db
    .selectFrom('sessions')
    .selectAll()
    .where('userId', '=', id)
    .executeTakeFirstOrThrow();
  const refreshed = Array.from({ length: 300 }, (_, at) => ({
    ...first,
    id: sessionIdSchema.parse(uuidv7()),
    tokenHash: `${at}`.padStart(64, '0'),
    rotatedAt: new Date(),
  }));
  await harness.db.insertInto('sessions').values(refreshed).execute();
  let rows = 0;
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: ({ result }) => {
      rows += result.rows.length;
      return Promise.resolve(result);
    },
  };
  const db = harness.db.withPlugin(counting);
  expect([await roleInSession(db, id, first.family), rows]).toEqual(['teacher', 1]);
});
