import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { emptyTables, HEADER, startHarness, type Harness } from '../../test/harness/sync.ts';

const SUMMARY = HEADER.indexOf('AI_SUMMARY');
const SHEET = [
  HEADER,
  ...['Satu', 'Dua', 'Tiga'].map((title) => ['IPA', title, '', 'Video', 'Fase D']),
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

async function settled(unknowns: object = {}) {
  harness = await startHarness(db, SHEET);
  await harness.post(`spreadsheets/${harness.spreadsheetId}/unknowns`, unknowns);
  const api = harness.instance();
  await api.settle();
  return api;
}

const person = (...requests: object[]) =>
  harness.post(`spreadsheets/${harness.spreadsheetId}/change`, { requests });
const hide = async (row: number, hiddenByUser: boolean) =>
  person({
    updateDimensionProperties: {
      range: {
        sheetId: await harness.sheetId(),
        dimension: 'ROWS',
        startIndex: row,
        endIndex: row + 1,
      },
      properties: { hiddenByUser },
      fields: 'hiddenByUser',
    },
  });
const idOf = async (title: string) =>
  (
    await db
      .selectFrom('materials')
      .select('id')
      .where('title', '=', title)
      .executeTakeFirstOrThrow()
  ).id;
const summaryOf = async (row: number) => (await harness.rows())[row]?.[SUMMARY] ?? '';
const writes = async () => (await db.selectFrom('sheetWrites').select('id').execute()).length;

describe('a change of the portal to a row that a person has hidden', () => {
  it('lets a change to a hidden row wait as a row problem, without further writes, if Google skips hidden rows', async () => {
    const api = await settled({ copyOfHiddenRows: 'skipped' });
    await hide(2, true);
    await harness.analysed(await idOf('Dua'), 'Ringkasan Dua');
    await harness.analysed(await idOf('Tiga'), 'Ringkasan Tiga');
    await api.settle();
    expect(await summaryOf(2)).toBe('');
    expect(await summaryOf(3)).toBe('Ringkasan Tiga');
    const before = await writes();
    for (let cycle = 0; cycle < 3; cycle += 1) {
      const { problems } = await api.cycle();
      expect(problems).toMatchObject([{ rowNumber: 3, kind: 'hidden' }]);
    }
    expect(await writes()).toBe(before);

    await hide(2, false);
    await harness.person.types('C3', 'Diubah');
    await api.settle();
    expect(await summaryOf(2)).toBe('Ringkasan Dua');
    expect((await api.cycle()).problems).toEqual([]);
  });

  it('writes a change to a hidden row after an answer has shown that Google copies hidden rows', async () => {
    const api = await settled({ copyOfHiddenRows: 'copied' });
    await hide(2, true);
    await harness.analysed(await idOf('Dua'), 'Ringkasan Dua');
    await api.settle();
    expect(await summaryOf(2)).toBe('Ringkasan Dua');
    expect((await api.cycle()).problems).toEqual([]);
  });
});

describe('a change of the portal to a cell that a merge covers', () => {
  it('lets a change under a merge wait with advice, without further writes, and writes all other cells', async () => {
    const api = await settled();
    const sheetId = await harness.sheetId();
    await person({
      mergeCells: {
        range: {
          sheetId,
          startRowIndex: 1,
          endRowIndex: 3,
          startColumnIndex: SUMMARY,
          endColumnIndex: SUMMARY + 1,
        },
        mergeType: 'MERGE_ALL',
      },
    });
    await harness.analysed(await idOf('Dua'), 'Ringkasan Dua');
    await api.settle();
    expect((await harness.rows())[2]?.[HEADER.indexOf('AI_STATUS')]).toBe('COMPLETED');
    const before = await writes();
    for (let cycle = 0; cycle < 3; cycle += 1) {
      const { problems } = await api.cycle();
      expect(problems).toMatchObject([{ rowNumber: 3, kind: 'merged' }]);
    }
    expect(await writes()).toBe(before);
  });
});

describe('a value that Google does not keep', () => {
  it('reports a value that Google does not keep as a row problem, without further writes', async () => {
    const api = await settled({ copyOfHiddenRows: 'copied', copyOfFilteredRows: 'copied' });
    // A row that is hidden in both ways was copied: from now on no shape is read before a write.
    await hide(3, true);
    const sheetId = await harness.sheetId();
    const title = { columnIndex: 1, filterCriteria: { hiddenValues: ['Tiga'] } };
    await person({
      setBasicFilter: {
        filter: {
          range: { sheetId, startRowIndex: 0, startColumnIndex: 0, endColumnIndex: 2 },
          filterSpecs: [title],
        },
      },
    });
    await harness.analysed(await idOf('Tiga'), 'Ringkasan Tiga');
    await api.settle();
    await person({ clearBasicFilter: { sheetId } });
    await person({
      mergeCells: {
        range: {
          sheetId,
          startRowIndex: 1,
          endRowIndex: 3,
          startColumnIndex: SUMMARY,
          endColumnIndex: SUMMARY + 1,
        },
        mergeType: 'MERGE_ALL',
      },
    });
    await harness.analysed(await idOf('Dua'), 'Ringkasan Dua');
    for (let cycle = 0; cycle < 4; cycle += 1) await api.cycle();
    const before = await writes();
    const { problems } = await api.cycle();
    expect(problems).toMatchObject([{ rowNumber: 3, kind: 'not_kept' }]);
    expect(await writes()).toBe(before);
    const { pending } = await db
      .selectFrom('materials')
      .select('pending')
      .where('title', '=', 'Dua')
      .executeTakeFirstOrThrow();
    expect(Object.keys(pending)).toEqual(['aiSummary']);
  });
});
