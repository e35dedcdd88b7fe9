import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql, type Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { testDatabase, type TestDatabase } from './database.ts';
import { emptyTables, HEADER, startBench, type Bench } from './syncBench.ts';

const TITLE = HEADER.indexOf('MATERIAL_TITLE');
const SHEET = [
  HEADER,
  ['IPA', 'Satu', '', 'Video', 'Fase C'],
  ['IPA', 'Dua', '', 'Video', 'Fase C'],
];

let database: TestDatabase;
let db: Kysely<Database>;
let bench: Bench;

beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
});
afterAll(() => database.drop());
beforeEach(() => emptyTables(db));
afterEach(() => bench.stop());

const titles = async () => (await bench.rows()).slice(1).map((cells) => cells[TITLE]);
const settle = async (api: ReturnType<Bench['instance']>) => {
  for (let count = 0; count < 40; count += 1) if (!(await api.cycle()).isBusy) return;
  throw new Error('the sync does not come to rest');
};

describe('a change that Google refuses', () => {
  it('is parked with its reason, all others go on, and nothing is dropped', async () => {
    bench = await startBench(db, SHEET);
    const api = bench.instance();
    await settle(api);
    const names = Array.from({ length: 20 }, (_, n) => `Baru ${n}`);
    for (const name of names)
      await bench.add(name, name === 'Baru 7' ? { theme: 'Terlarang' } : {});
    api.refuse('Terlarang');
    await settle(api);

    const others = names.filter((name) => name !== 'Baru 7');
    expect((await titles()).slice(2)).toEqual(others);
    expect(api.parked()).toEqual([
      { rowNumber: null, reason: expect.stringContaining('protected range') },
    ]);
    const waiting = await db
      .selectFrom('materials')
      .select('title')
      .where(sql<boolean>`pending <> '{}'`)
      .execute();
    expect(waiting).toEqual([{ title: 'Baru 7' }]);

    const next = bench.instance();
    await settle(next);
    expect((await titles()).filter((title) => title === 'Baru 7')).toHaveLength(1);
  });

  it('in one cell does not keep the rest of its row from being written', async () => {
    bench = await startBench(db, SHEET);
    const api = bench.instance();
    await settle(api);
    const [{ id } = { id: null }] = await db
      .selectFrom('materials')
      .select('id')
      .where('title', '=', 'Dua')
      .execute();
    if (id === null) throw new Error('Dua is not there');
    await bench.analysed(id, 'Ringkasan terlarang');
    api.refuse('terlarang');
    await settle(api);
    const row = (await bench.rows())[2] ?? [];
    expect(row[HEADER.indexOf('AI_SUMMARY')]).toBe('');
    expect(row[HEADER.indexOf('AI_STATUS')]).toBe('COMPLETED');
    expect(api.parked()).toMatchObject([{ rowNumber: 3 }]);
  });
});
