import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql, type Kysely } from 'kysely';
import { gridSize } from '../../core/google/index.ts';
import { JOURNAL_TAB, tabRange } from '../../core/index.ts';
import type { Database } from '../db/schema.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { emptyTables, HEADER, startHarness, TAB, type Harness } from '../../test/harness/sync.ts';

const TITLE = HEADER.indexOf('MATERIAL_TITLE');
const SHEET = [
  HEADER,
  ['IPA', 'Satu', '', 'Video', 'Fase C'],
  ['IPA', 'Dua', '', 'Video', 'Fase C'],
];

let database: TestDatabase;
let db: Kysely<Database>;
let harness: Harness;

beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
});
afterAll(() => database.drop());
beforeEach(() => emptyTables(db));
afterEach(() => harness.stop());

const titles = async () => (await harness.rows()).slice(1).map((cells) => cells[TITLE]);
/** The id of the material with a title. */
const idOf = async (title: string) => {
  const { id } = await db
    .selectFrom('materials')
    .select('id')
    .where('title', '=', title)
    .executeTakeFirstOrThrow();
  return id;
};
const settle = async (api: ReturnType<Harness['instance']>) => {
  for (let count = 0; count < 40; count += 1) if (!(await api.cycle()).isBusy) return;
  throw new Error('the sync does not come to rest');
};

describe('a rollback that Google refuses', () => {
  it('gives up a refused rollback, records its text for a person, and writes all other changes', async () => {
    harness = await startHarness(db, SHEET);
    const api = harness.instance();
    await settle(api);
    const id = await idOf('Satu');
    await harness.edited(id, 'Bagian satu');
    await api.cycleWith(async () => {
      await harness.person.insertsRow(1);
      await harness.person.types('B2', 'Baris');
      await harness.person.types('C2', 'Tentang baris');
      // From now on Google refuses every batch that would restore the text.
      api.refuse('Tentang baris');
    });
    await settle(api);
    const unplaced = () =>
      db.selectFrom('unplacedTexts').select(['header', 'text']).orderBy('header').execute();
    // The portal also wrote its time into an empty cell of the row.
    const recorded = [
      { header: 'MATERIAL_DESC', text: 'Tentang baris' },
      { header: 'UPDATED_AT', text: '' },
    ];
    expect(await unplaced()).toEqual(recorded);

    api.refuse(null);
    await harness.add('Tiga');
    await settle(api);
    expect(await titles()).toEqual(['Baris', 'Satu', 'Dua', 'Tiga']);
    expect((await harness.rows())[2]).toContain('Bagian satu');
    expect(await unplaced()).toEqual(recorded);
  });
});

describe('a change that Google refuses', () => {
  it('parks a refused change with its reason, writes all others, and drops nothing', async () => {
    harness = await startHarness(db, SHEET);
    const api = harness.instance();
    await settle(api);
    const names = Array.from({ length: 20 }, (_, n) => `Baru ${n}`);
    for (const name of names)
      await harness.add(name, name === 'Baru 7' ? { theme: 'Terlarang' } : {});
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

    const next = harness.instance();
    await settle(next);
    expect((await titles()).filter((title) => title === 'Baru 7')).toHaveLength(1);
  });

  it('writes the other cells of a row if Google refuses one cell', async () => {
    harness = await startHarness(db, SHEET);
    const api = harness.instance();
    await settle(api);
    const id = await idOf('Dua');
    await harness.analysed(id, 'Ringkasan');
    await harness.person.protects('J3');
    await settle(api);
    const row = (await harness.rows())[2] ?? [];
    expect(row[HEADER.indexOf('AI_SUMMARY')]).toBe('');
    expect(row[HEADER.indexOf('AI_STATUS')]).toBe('COMPLETED');
    expect(api.parked()).toMatchObject([{ rowNumber: 3 }]);
  });
});

describe('what Google refuses one after the other', () => {
  /** Cycles until nothing more is tried; how many batches were sent. */
  const settleAndCount = async (api: ReturnType<Harness['instance']>) => {
    await fetch(`${harness.google.url}/stand-in/requests`, { method: 'DELETE' });
    let tries = 0;
    for (let last = await api.cycle(); last.isBusy; last = await api.cycle()) tries += 1;
    return { tries, last: await api.cycle() };
  };

  it('parks a refused column as a whole in few tries, and writes the other columns', async () => {
    harness = await startHarness(db, [
      HEADER,
      ...Array.from({ length: 60 }, (_, n) => ['IPA', `Materi ${n}`, '', 'Video', 'Fase C']),
    ]);
    const api = harness.instance();
    await settle(api);
    const materials = await db.selectFrom('materials').select('id').execute();
    for (const { id } of materials) await harness.analysed(id, 'Ringkasan');
    await harness.person.protects('J2:J61');
    const { tries, last } = await settleAndCount(api);
    // Each of the five changes that show the column costs a halving. Sixty single changes would cost
    // hundreds of requests.
    expect(tries).toBeLessThan(60);
    expect(api.parked()).toEqual([
      { rowNumber: null, reason: expect.stringMatching(/^AI_SUMMARY: .*protected cell/) },
    ]);
    expect(last.stuck).toMatch(/protected cell/);
    const rows = (await harness.rows()).slice(1);
    expect(rows.map((cells) => cells[HEADER.indexOf('AI_STATUS')])).toEqual(
      rows.map(() => 'COMPLETED'),
    );
  });

  it('lets new rows wait while the sheet is full, writes cells, and writes the rows when there is room', async () => {
    harness = await startHarness(db, SHEET);
    const api = harness.instance();
    await settle(api);
    const tabs = await harness.transport.read([tabRange(TAB), tabRange(JOURNAL_TAB)]);
    const used = tabs.map(({ range }) => gridSize(range));
    const rowCount = used.reduce((left, { rows, columns }) => left - rows * columns, 10_000_000);
    const filler = { sheetId: 77, title: 'Arsip', gridProperties: { rowCount, columnCount: 1 } };
    await harness.person.does({ addSheet: { properties: filler } });
    for (let n = 0; n < 20; n += 1) await harness.add(`Baru ${n}`);
    const { id } = await db
      .selectFrom('materials')
      .select('id')
      .where('title', '=', 'Dua')
      .executeTakeFirstOrThrow();
    await harness.analysed(id, 'Ringkasan');
    const { tries, last } = await settleAndCount(api);
    expect(tries).toBeLessThan(25);
    expect(last.stuck).toMatch(/^New rows: .*above the limit of 10000000 cells/);
    expect((await harness.rows())[2]?.[HEADER.indexOf('AI_SUMMARY')]).toBe('Ringkasan');

    await harness.person.does({ deleteSheet: { sheetId: filler.sheetId } });
    await settle(harness.instance());
    expect((await titles()).slice(2)).toEqual(Array.from({ length: 20 }, (_, n) => `Baru ${n}`));
  });
});
