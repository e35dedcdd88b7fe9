import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { until } from '../../test/harness/portal.ts';
import { readTogether } from './together.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

/** Reads the length of a text in PostgreSQL, and remembers the keys of each statement. */
function lengths() {
  const statements: string[][] = [];
  const read = readTogether<string, number>(async (db, keys) => {
    statements.push([...keys]);
    const { rows } = await sql<{ text: string; length: number }>`
      select text, case text when 'zero' then text::int else length(text) end as length
      from unnest(${keys}::text[]) as text where text <> 'unknown'`.execute(db);
    return new Map(rows.map(({ text, length }) => [text, length]));
  });
  return { statements, read };
}

it('reads with one statement what is asked in one turn of the event loop, and gives each its own row', async () => {
  const { statements, read } = lengths();
  const asked = ['a', 'bb', 'a', 'unknown', 'ccc'].map((key) => read(database.db, key));
  expect(await Promise.all(asked)).toEqual([1, 2, 1, undefined, 3]);
  expect(statements).toEqual([['a', 'bb', 'unknown', 'ccc']]);
});

it('begins a new statement for what is asked after the statement began', async () => {
  const { statements, read } = lengths();
  expect(await read(database.db, 'a')).toBe(1);
  expect(await read(database.db, 'a')).toBe(1);
  expect(statements).toEqual([['a'], ['a']]);
});

it('reads with one statement what is asked while another one is under way', async () => {
  const { statements, read } = lengths();
  const first = read(database.db, 'a');
  await until(() => statements.length === 1);
  const later = ['bb', 'ccc'].map(async (key) => {
    await new Promise((resolve) => setImmediate(resolve));
    return read(database.db, key);
  });
  expect(await Promise.all([first, ...later])).toEqual([1, 2, 3]);
  expect(statements).toEqual([['a'], ['bb', 'ccc']]);
});

it('begins the next statement 50 ms after one that does not end', async () => {
  const statements: string[][] = [];
  let end: () => void = () => undefined;
  const read = readTogether<string, string>(async (_db, keys) => {
    statements.push([...keys]);
    if (keys.includes('slow')) await new Promise<void>((resolve) => (end = resolve));
    return new Map(keys.map((key) => [key, key]));
  });
  const slow = read(database.db, 'slow');
  await until(() => statements.length === 1);
  expect(await read(database.db, 'quick')).toBe('quick');
  end();
  expect(await slow).toBe('slow');
});

it('reads at most 40 keys with one statement', async () => {
  const { statements, read } = lengths();
  const keys = Array.from({ length: 85 }, (_, n) => 'x'.repeat(n + 1));
  const found = await Promise.all(keys.map((key) => read(database.db, key)));
  expect(found).toEqual(keys.map((key) => key.length));
  expect(statements.map((one) => one.length)).toEqual([40, 40, 5]);
});

it('fails all that a failed statement was for, and reads the next turn again', async () => {
  const { read } = lengths();
  const results = await Promise.allSettled(['a', 'zero'].map((key) => read(database.db, key)));
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await read(database.db, 'a')).toBe(1);
});

it('reads at once in a transaction, on its own connection', async () => {
  const { statements } = lengths();
  const names = readTogether<string, string>(async (db, keys) => {
    statements.push([...keys]);
    const rows = await db
      .selectFrom('users')
      .select(['googleId', 'name'])
      .where('googleId', 'in', keys)
      .execute();
    return new Map(rows.map(({ googleId, name }) => [googleId, name]));
  });
  await database.db.transaction().execute(async (trx) => {
    const person = { googleId: 'g', email: 'g@sekolah.sch.id', name: 'Sari', picture: null };
    await trx
      .insertInto('users')
      .values({ ...person, role: 'teacher' })
      .execute();
    const [own, others] = await Promise.all([names(trx, 'g'), names(database.db, 'g')]);
    expect([own, others]).toEqual(['Sari', undefined]);
  });
  expect(statements).toHaveLength(2);
});
