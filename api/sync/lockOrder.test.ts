import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { MaterialId } from '../../core/index.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { waitsForLock } from '../../test/harness/lockWait.ts';
import { until } from '../../test/harness/portal.ts';
import { HEADER, startHarness, type Harness } from '../../test/harness/sync.ts';

let database: TestDatabase;
let harness: Harness;
beforeAll(async () => {
  // Then PostgreSQL reads the table in its own order to update many rows, as it does in a large catalog.
  database = await testDatabase({ options: '-c enable_nestloop=off' });
  harness = await startHarness(database.db, [HEADER]);
});
afterAll(async () => {
  await harness.stop();
  await database.drop();
});

it('the sync and a batch that lock the same materials never wait for each other', async () => {
  const added: MaterialId[] = [];
  for (let n = 0; n < 10; n += 1) added.push(await harness.add(`Materi ${n}`));
  const [first, ...others] = added.toSorted();
  if (first === undefined) throw new Error('no material was added');
  const instance = harness.instance();
  await instance.settle();
  await sql`insert into materials (id, text_hash, deleted_at)
    select gen_random_uuid(), '', now() from generate_series(1, 2000)`.execute(database.db);
  await sql`analyze materials`.execute(database.db);
  // PostgreSQL writes the new version of a row behind the others: now the first material is the last one.
  await harness.edited(first, 'Diubah');
  const rows = await harness.rows();
  for (const id of added) {
    const row = rows.findIndex((cells) => cells.includes(id)) + 1;
    await harness.person.types(`F${row}`, 'Dari lembar');
  }

  const lock = (id: MaterialId) => sql`select from materials where id = ${id} for no key update`;
  const cycle = await database.db.transaction().execute(async (trx) => {
    await lock(first).execute(trx);
    const running = instance.cycle();
    await Promise.race([running, until(() => waitsForLock(database.db))]);
    for (const id of others) await lock(id).execute(trx);
    return { running };
  });
  expect((await cycle.running).refused).toBeNull();
});
