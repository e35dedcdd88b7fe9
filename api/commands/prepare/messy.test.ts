import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { inspectSheet, prepareSheet } from '../../../core/index.ts';
import type { Database } from '../../db/schema.ts';
import { testDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import { toPrepare } from '../../../test/harness/prepare.ts';
import { startHarness, type Harness } from '../../../test/harness/sync.ts';

const GIVEN = JSON.parse(readFileSync('test/data/catalog-messy.json', 'utf8')) as unknown[][];
const MESSY = GIVEN.map((cells) => cells.map(String));
const TAB = 'Katalog 2026';
const WIDTH = Math.max(...MESSY.map((cells) => cells.length));
const ADDED = ['MATERIAL_ID', 'AI_SUMMARY', 'AI_STATUS', 'AI_SOURCE', 'UPDATED_AT', 'ARCHIVED_AT'];
const ID = WIDTH;
/** 0-based: the title, the header, blank rows, rows without a title, and the total. */
const NO_MATERIALS = [0, 1, 6, 7, 34, 35, 64, 65, 66, 67];

let database: TestDatabase;
let db: Kysely<Database>;
let harness: Harness;

beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
});
afterAll(() => database.drop());
beforeEach(async () => {
  await db.deleteFrom('materials').execute();
  await db.deleteFrom('sheetWrites').execute();
  harness = await startHarness(db, MESSY);
});
afterEach(() => harness.stop());

const sheet = () => toPrepare(harness.transport, TAB);
const text = (cell: unknown) =>
  typeof cell === 'string' ? cell : cell === undefined ? '' : JSON.stringify(cell);

/** A row of the sheet without the portal's columns, as wide as it was. */
const people = (cells: readonly unknown[] | undefined, like: readonly string[]) =>
  like.map((_, column) => text(cells?.[column]));

describe('the catalog as people leave one', () => {
  it('shows what would change, and writes nothing', async () => {
    const before = await harness.rows();
    const found = await inspectSheet(sheet());
    expect(await harness.rows()).toEqual(before);
    expect(found).toMatchObject({ headerRow: 2, materials: 58, questions: [], hasChanges: true });
    expect(found.columns.filter(({ state }) => state === 'add').map(({ name }) => name)).toEqual(
      ADDED,
    );
    expect(found.others.map(({ name }) => name)).toEqual([
      'AUTHOR',
      'DURATION_MIN',
      'Catatan Guru',
    ]);
    expect(found.idRows).toHaveLength(58);
    expect(found.layout.freeze).toEqual({ from: 0, to: 2 });
  });

  it('keeps every cell unchanged, and gives an id to each material and to nothing else', async () => {
    await prepareSheet(sheet());
    const rows = await harness.rows();
    expect(rows).toHaveLength(MESSY.length);
    expect(rows.map((cells, row) => people(cells, MESSY[row] ?? []))).toEqual(MESSY);
    expect(rows[1]?.slice(WIDTH)).toEqual(ADDED);
    const beside = rows.map((cells) => cells.slice(WIDTH).map(text));
    NO_MATERIALS.filter((row) => row !== 1).forEach((row) => expect(beside[row]).toEqual([]));
    const ids = rows.filter((_, row) => !NO_MATERIALS.includes(row)).map((cells) => cells[ID]);
    expect(new Set(ids).size).toBe(58);
    ids.forEach((id) => expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/));
    expect(rows[25]?.[ID]).not.toBe(rows[26]?.[ID]);
  });

  it('freezes the header, and makes lists for type and level that allow other texts', async () => {
    await prepareSheet(sheet());
    const { frozenRows, rules } = await harness.transport.layout(TAB);
    expect(frozenRows).toBe(2);
    const [type, level] = [3, 4].map((column) => rules.map((cells) => cells[column]?.given));
    expect(type?.findIndex((rule) => rule !== undefined)).toBe(2);
    expect(type?.at(-1)).toMatchObject({ strict: false, condition: { type: 'ONE_OF_LIST' } });
    expect(level?.at(-1)).toMatchObject({
      condition: {
        values: ['Fondasi', 'A', 'B', 'C', 'D', 'E', 'F'].map((f) => ({
          userEnteredValue: `Fase ${f}`,
        })),
      },
    });
    expect(rules.flatMap((cells) => [0, 1, 2, 5, 6].flatMap((at) => cells[at] ?? []))).toEqual([]);
  });

  it('changes nothing when the catalog is prepared once more', async () => {
    await prepareSheet(sheet());
    const [rows, hidden] = [await harness.rows(), await harness.hidden()];
    expect(await inspectSheet(sheet())).toMatchObject({ hasChanges: false, idRows: [] });
    await prepareSheet(sheet());
    expect([await harness.rows(), await harness.hidden()]).toEqual([rows, hidden]);
  });

  it('stays prepared after the sync writes new rows, summaries and ids of copies', async () => {
    await prepareSheet(sheet());
    const prepared = await harness.rows();
    const api = harness.instance();
    await api.settle();
    const { id } = await db
      .selectFrom('materials')
      .select('id')
      .where('title', '=', '@guru: bacaan')
      .executeTakeFirstOrThrow();
    await harness.analysed(id, '=ringkasan');
    await harness.add('-materi baru');
    await api.settle();

    const rows = await harness.rows();
    expect(rows[64]?.[0]).toBe('-materi baru');
    const [added] = rows.splice(64, 1);
    expect(added?.[ID]).toMatch(/-7/);
    expect(rows.slice(0, 64).map((cells, row) => people(cells, MESSY[row] ?? []))).toEqual(
      MESSY.slice(0, 64),
    );
    expect(rows.map((cells) => text(cells[ID]))).toEqual(prepared.map((cells) => text(cells[ID])));
    expect(rows.slice(64, 67).every((cells) => cells.every((cell) => cell === ''))).toBe(true);
    expect(rows[67]?.slice(0, 9)).toEqual(MESSY[67]?.slice(0, 9));
    expect(rows[67]?.[9]).toBe('=SUM(J2:J60)');
    expect(rows[28]?.[ID + 1]).toBe('=ringkasan');
  });
});
