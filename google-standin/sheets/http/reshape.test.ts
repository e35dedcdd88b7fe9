import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import { startGoogle, type GoogleStandIn } from '../../index.ts';
import { errorOf, sheetsClient } from '../../../test/harness/google/clients.ts';
import { dump, makeSpreadsheet } from '../../../test/harness/google/controls.ts';

let google: GoogleStandIn;
let sheets: ReturnType<typeof sheetsClient>;
let spreadsheetId: string;

beforeAll(async () => {
  google = await startGoogle();
  sheets = sheetsClient(google);
});
afterAll(() => google.close());
beforeEach(async () => {
  spreadsheetId = await makeSpreadsheet(google, [
    {
      title: 'Data',
      values: [
        ['NAMA', 'NILAI', 'RUMUS'],
        ['budi', 'b', '=A2&"!"'],
        ['', 'kosong', ''],
        ['Ani', 'a', '=A4&"!"'],
        ['ani', 'a2', ''],
      ],
      rowCount: 6,
      columnCount: 4,
    },
    { title: 'Lain', values: [['=Data!B2']], rowCount: 2, columnCount: 2 },
  ]);
});

const batch = (...requests: sheets_v4.Schema$Request[]) =>
  sheets.spreadsheets.batchUpdate({ spreadsheetId, requestBody: { requests } });
const tab = async (index = 0) => {
  const found = (await dump(google, spreadsheetId)).tabs[index];
  if (!found) throw new Error(`There is no tab ${index}.`);
  return found;
};
const body = {
  sheetId: 0,
  startRowIndex: 1,
  endRowIndex: 6,
  startColumnIndex: 0,
  endColumnIndex: 3,
};

describe('sortRange', () => {
  const sort = (...sortSpecs: sheets_v4.Schema$SortSpec[]) =>
    batch({ sortRange: { range: body, sortSpecs } });

  it('sorts without regard to case, empty cells last, equal rows in their order', async () => {
    await sort({ dimensionIndex: 0, sortOrder: 'ASCENDING' });
    expect((await tab()).values.slice(1)).toEqual([
      ['Ani', 'a', 'Ani!'],
      ['ani', 'a2'],
      ['budi', 'b', 'budi!'],
      ['', 'kosong'],
    ]);
    expect((await tab()).entered[1]?.[2]).toBe('=A2&"!"');
  });

  it('sorts down, empty cells still last, and by a second column', async () => {
    await sort(
      { dimensionIndex: 0, sortOrder: 'DESCENDING' },
      { dimensionIndex: 1, sortOrder: 'DESCENDING' },
    );
    expect((await tab()).values.slice(1).map((row) => row[1])).toEqual(['b', 'a2', 'a', 'kosong']);
  });

  it('puts numbers before text before booleans', async () => {
    const values = [[true], ['9'], [10], [false], [2], ['A']];
    await sheets.spreadsheets.values.update({
      spreadsheetId,
      range: 'Data!A1:A6',
      valueInputOption: 'RAW',
      requestBody: { values },
    });
    await batch({ sortRange: { range: { sheetId: 0 }, sortSpecs: [{ sortOrder: 'ASCENDING' }] } });
    expect((await tab()).entered.map((row) => row[0])).toEqual([2, 10, '9', 'A', false, true]);
  });

  it('refuses a column outside its range and a sort by nothing', async () => {
    expect((await errorOf(sort({ dimensionIndex: 3 }))).code).toBe(400);
    expect((await errorOf(sort())).code).toBe(400);
  });
});

describe('moveDimension', () => {
  const move = (
    dimension: string,
    startIndex: number,
    endIndex: number,
    destinationIndex: number,
  ) =>
    batch({
      moveDimension: { source: { sheetId: 0, dimension, startIndex, endIndex }, destinationIndex },
    });

  it('moves a column, and formulas follow the cells they meant', async () => {
    await move('COLUMNS', 0, 1, 3);
    const { entered, columnCount } = await tab();
    expect(columnCount).toBe(4);
    expect(entered.slice(0, 2)).toEqual([
      ['NILAI', 'RUMUS', 'NAMA'],
      ['b', '=C2&"!"', 'budi'],
    ]);
    expect((await tab(1)).entered).toEqual([['=Data!A2']]);
  });

  it('moves rows up and down', async () => {
    await move('ROWS', 1, 2, 6);
    expect((await tab()).entered.map((row) => row[0] ?? '')).toEqual([
      'NAMA',
      '',
      'Ani',
      'ani',
      '',
      'budi',
    ]);
    await move('ROWS', 5, 6, 1);
    expect((await tab()).values.map((row) => row[1])).toEqual(['NILAI', 'b', 'kosong', 'a', 'a2']);
    expect((await tab(1)).values).toEqual([['b']]);
  });

  it('refuses a destination inside of what moves or out of the grid', async () => {
    expect((await errorOf(move('ROWS', 1, 4, 2))).code).toBe(400);
    expect((await errorOf(move('COLUMNS', 0, 1, 9))).code).toBe(400);
  });
});

describe('rows and tabs', () => {
  it('appendDimension adds at the end', async () => {
    await batch({ appendDimension: { sheetId: 0, dimension: 'ROWS', length: 2 } });
    await batch({ appendDimension: { sheetId: 0, dimension: 'COLUMNS', length: 1 } });
    expect(await tab()).toMatchObject({ rowCount: 8, columnCount: 5 });
    const none = batch({ appendDimension: { sheetId: 0, dimension: 'ROWS', length: 0 } });
    expect((await errorOf(none)).code).toBe(400);
  });

  it('deleteRange of whole rows moves those below up and keeps the grid', async () => {
    const range = { sheetId: 0, startRowIndex: 1, endRowIndex: 3 };
    await batch({ deleteRange: { range, shiftDimension: 'ROWS' } });
    const { values, rowCount } = await tab();
    expect(rowCount).toBe(6);
    expect(values.map((row) => row[0])).toEqual(['NAMA', 'Ani', 'ani']);
    expect(values[1]?.[2]).toBe('Ani!');
  });

  it('duplicateSheet copies a tab, updateSpreadsheetProperties renames', async () => {
    const { data } = await batch(
      { duplicateSheet: { sourceSheetId: 0, insertSheetIndex: 2, newSheetName: 'Salinan' } },
      { updateSpreadsheetProperties: { properties: { title: 'Baru' }, fields: 'title' } },
    );
    expect(data.replies?.[0]?.duplicateSheet?.properties).toMatchObject({
      title: 'Salinan',
      index: 2,
    });
    expect((await tab(2)).entered).toEqual((await tab()).entered);
    expect((await sheets.spreadsheets.get({ spreadsheetId })).data.properties?.title).toBe('Baru');
  });
});

describe('grid data', () => {
  it('gives cells as entered, effective and shown, of the ranges asked for', async () => {
    const { data } = await sheets.spreadsheets.get({
      spreadsheetId,
      ranges: ['Data!B2:C2'],
      includeGridData: true,
    });
    expect(data.sheets).toHaveLength(1);
    expect(data.sheets?.[0]?.data).toEqual([
      {
        startRow: 1,
        startColumn: 1,
        rowData: [
          {
            values: [
              {
                userEnteredValue: { stringValue: 'b' },
                effectiveValue: { stringValue: 'b' },
                formattedValue: 'b',
              },
              {
                userEnteredValue: { formulaValue: '=A2&"!"' },
                effectiveValue: { stringValue: 'budi!' },
                formattedValue: 'budi!',
              },
            ],
          },
        ],
        rowMetadata: [{ pixelSize: 21 }],
        columnMetadata: [{ pixelSize: 100 }, { pixelSize: 100 }],
      },
    ]);
  });
});
