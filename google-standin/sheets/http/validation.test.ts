import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import { startGoogle, type GoogleStandIn } from '../../index.ts';
import { errorOf, sheetsClient } from '../../../test/harness/google/clients.ts';
import { makeSpreadsheet } from '../../../test/harness/google/controls.ts';

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
    { title: 'Lain', rowCount: 2, columnCount: 2 },
    { title: 'Katalog', values: [['JUDUL', 'FASE']], rowCount: 5, columnCount: 3 },
  ]);
});

const RULE = {
  condition: { type: 'ONE_OF_LIST', values: [{ userEnteredValue: 'Fase A' }] },
  strict: false,
  showCustomUi: true,
};
const setRule = (rows: [number, number], rule?: object): sheets_v4.Schema$Request => ({
  setDataValidation: {
    range: {
      sheetId: 1,
      startRowIndex: rows[0],
      endRowIndex: rows[1],
      startColumnIndex: 1,
      endColumnIndex: 2,
    },
    ...(rule === undefined ? {} : { rule }),
  },
});
const batch = (...requests: sheets_v4.Schema$Request[]) =>
  sheets.spreadsheets.batchUpdate({ spreadsheetId, requestBody: { requests } });

/** The 0-based rows of column B that have a rule. */
async function ruled(): Promise<number[]> {
  const { data } = await sheets.spreadsheets.get({
    spreadsheetId,
    ranges: ['Katalog'],
    fields: 'sheets(properties.title,data(rowData(values(dataValidation))))',
  });
  expect(data.sheets?.map(({ properties }) => properties?.title)).toEqual(['Katalog']);
  const rows = data.sheets?.[0]?.data?.[0]?.rowData ?? [];
  return rows.flatMap(({ values }, row) => {
    const rule = values?.[1]?.dataValidation;
    if (rule) expect(rule).toEqual(RULE);
    return rule ? [row] : [];
  });
}

describe('setDataValidation', () => {
  it('is read back by spreadsheets.get, and follows rows that are inserted', async () => {
    await batch(setRule([1, 4], RULE));
    expect(await ruled()).toEqual([1, 2, 3]);
    const range = { sheetId: 1, dimension: 'ROWS', startIndex: 2, endIndex: 3 };
    await batch({ insertDimension: { range, inheritFromBefore: true } });
    expect(await ruled()).toEqual([1, 2, 3, 4]);
  });

  it('without a rule takes the rule away', async () => {
    await batch(setRule([1, 5], RULE));
    await batch(setRule([2, 3]));
    expect(await ruled()).toEqual([1, 3, 4]);
  });

  it('out of the grid or without values is refused, and nothing is set', async () => {
    await expect(
      errorOf(batch(setRule([1, 2], RULE), setRule([1, 9], RULE))),
    ).resolves.toMatchObject({
      message: expect.stringMatching(/requests\[1\]\.setDataValidation: range\.endRowIndex/),
    });
    const empty = { condition: { type: 'ONE_OF_LIST', values: [] } };
    await expect(errorOf(batch(setRule([1, 2], empty)))).resolves.toMatchObject({ code: 400 });
    expect(await ruled()).toEqual([]);
  });
});

describe('a frozen header', () => {
  it('is set by updateSheetProperties and read back', async () => {
    await batch({
      updateSheetProperties: {
        properties: { sheetId: 1, gridProperties: { frozenRowCount: 2 } },
        fields: 'gridProperties.frozenRowCount',
      },
    });
    const { data } = await sheets.spreadsheets.get({
      spreadsheetId,
      fields: 'sheets.properties(sheetId,gridProperties.frozenRowCount)',
    });
    expect(data.sheets?.[1]?.properties).toEqual({
      sheetId: 1,
      gridProperties: { frozenRowCount: 2 },
    });
  });
});
