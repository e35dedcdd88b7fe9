import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

/**
 * Foreign keys to people have no index of their own. A school has few people, and the API deletes none. An
 * operator who deletes one waits while PostgreSQL reads the table once.
 */
const TO_PEOPLE = 'users';

it('each foreign key has an index that the deletion of its target can use', async () => {
  const { rows } = await sql<{ name: string }>`
    select c.conrelid::regclass || '.' || a.attname as name
    from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid::regclass::text <> ${TO_PEOPLE}
      and not exists (select from pg_index i
        where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1]
          and (i.indpred is null
            or pg_get_expr(i.indpred, i.indrelid) = format('(%I IS NOT NULL)', a.attname)))
    order by 1`.execute(database.db);
  expect(rows).toEqual([]);
});
