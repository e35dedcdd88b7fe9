import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
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

/** The two tables of Google's guide to appending values: A1:C2 and B4:D6. */
const guide = [
  ['x', 'y', 'z'],
  ['x', 'y', 'z'],
  [],
  ['', 'x', 'y', 'z'],
  ['', 'x', 'y'],
  ['', 'x'],
];

beforeEach(async () => {
  guide[5] = ['', 'x', 'y', 'z'];
  spreadsheetId = await makeSpreadsheet(google, [
    { title: 'Sheet1', values: guide, rowCount: 8, columnCount: 6 },
    { title: 'Kosong', rowCount: 3, columnCount: 3 },
  ]);
});

const tab = async (index = 0) => {
  const found = (await dump(google, spreadsheetId)).tabs[index];
  if (!found) throw new Error(`There is no tab ${index}.`);
  return found;
};

describe('values.update', () => {
  const update = (range: string, values: unknown[][], more = {}) =>
    sheets.spreadsheets.values.update({
      spreadsheetId,
      range,
      valueInputOption: 'RAW',
      requestBody: { values },
      ...more,
    });

  it('writes a range and says what it wrote', async () => {
    const { data } = await update('Sheet1!A1:C2', [
      ['1', null],
      [2, true, ''],
    ]);
    expect(data).toEqual({
      spreadsheetId,
      updatedRange: 'Sheet1!A1:C2',
      updatedRows: 2,
      updatedColumns: 3,
      updatedCells: 4,
    });
    expect((await tab()).entered.slice(0, 2)).toEqual([
      ['1', 'y', 'z'],
      [2, true],
    ]);
  });

  it('gives the values as they are now when asked for them', async () => {
    const { data } = await update('Sheet1!F1', [['=1+1'], ['5%']], {
      valueInputOption: 'USER_ENTERED',
      includeValuesInResponse: true,
    });
    expect(data.updatedData).toEqual({
      range: 'Sheet1!F1:F2',
      majorDimension: 'ROWS',
      values: [['2'], ['5%']],
    });
    const unformatted = await update('Sheet1!F1:F2', [['=1+1'], ['5%']], {
      valueInputOption: 'USER_ENTERED',
      includeValuesInResponse: true,
      responseValueRenderOption: 'UNFORMATTED_VALUE',
    });
    expect(unformatted.data.updatedData?.values).toEqual([[2], [0.05]]);
  });

  it('adds the rows that are missing when it begins in the grid, and refuses to begin beyond', async () => {
    await update('Sheet1!8:10', [['a'], ['b'], ['c']]);
    expect(await tab()).toMatchObject({ rowCount: 10 });
    expect((await tab()).values.slice(7)).toEqual([['a'], ['b'], ['c']]);
    expect(await errorOf(update('Sheet1!A11', [['x']]))).toMatchObject({
      code: 400,
      message: 'Range (Sheet1!A11) exceeds grid limits. Max rows: 10, max columns: 6',
    });
  });

  it('refuses more than its range holds, without a write', async () => {
    expect((await errorOf(update('Sheet1!A1:B1', [['1', '2', '3']]))).message).toBe(
      'Requested writing within range [Sheet1!A1:B1], but tried writing to column [C]',
    );
    const call = sheets.spreadsheets.values.update({ spreadsheetId, range: 'Sheet1!A1' });
    expect((await errorOf(call)).message).toBe("'valueInputOption' is required but not specified");
    expect((await tab()).values).toEqual(guide);
  });
});

describe('values.append', () => {
  const append = (range: string, values: unknown[][], insertDataOption?: string) =>
    sheets.spreadsheets.values.append({
      spreadsheetId,
      range,
      valueInputOption: 'RAW',
      ...(insertDataOption === undefined ? {} : { insertDataOption }),
      requestBody: { values },
    });

  it.each(['Sheet1', 'Sheet1!B4', 'Sheet1!C5:D5', 'Sheet1!B2:D4', 'Sheet1!A3:G10'])(
    "finds the last table in %s (Google's guide)",
    async (range) => {
      const { data } = await append(range.replace('G10', 'F8'), [['baru']]);
      expect(data).toEqual({
        spreadsheetId,
        tableRange: 'Sheet1!B4:D6',
        updates: {
          spreadsheetId,
          updatedRange: 'Sheet1!B7',
          updatedRows: 1,
          updatedColumns: 1,
          updatedCells: 1,
        },
      });
    },
  );

  it('writes under the table of its range, over what is there', async () => {
    const { data } = await append('Sheet1!A1', [['a'], ['b']]);
    expect(data).toMatchObject({
      tableRange: 'Sheet1!A1:C2',
      updates: { updatedRange: 'Sheet1!A3:A4' },
    });
    expect((await tab()).values.slice(2, 4)).toEqual([['a'], ['b', 'x', 'y', 'z']]);
  });

  it('begins where the range begins when it touches no table', async () => {
    const e4 = await append('Sheet1!E4', [['a']]);
    expect(e4.data.updates?.updatedRange).toBe('Sheet1!E4');
    expect(e4.data.tableRange).toBeUndefined();
    expect((await append('Kosong', [['a']])).data.updates?.updatedRange).toBe('Kosong!A1');
  });

  it('counts an empty cell inside a table to it', async () => {
    await sheets.spreadsheets.values.clear({ spreadsheetId, range: 'Sheet1!C5' });
    expect((await append('Sheet1!C5', [['a']])).data.tableRange).toBe('Sheet1!B4:D6');
  });

  it('inserts rows, and what was below moves down', async () => {
    const { data } = await append('Sheet1!A1', [['a'], ['b']], 'INSERT_ROWS');
    expect(data.updates?.updatedRange).toBe('Sheet1!A3:A4');
    const { values, rowCount } = await tab();
    expect(rowCount).toBe(10);
    expect(values.slice(2, 7)).toEqual([['a'], ['b'], [], ...guide.slice(3, 5)]);
  });

  it('lets the grid grow at its end', async () => {
    await append('Kosong', [['1'], ['2'], ['3']]);
    await append('Kosong', [['4', '5', '6', '7']], 'OVERWRITE');
    expect(await tab(1)).toMatchObject({
      rowCount: 4,
      columnCount: 4,
      values: [['1'], ['2'], ['3'], ['4', '5', '6', '7']],
    });
  });

  it('refuses an option that Google does not have', async () => {
    expect((await errorOf(append('Sheet1', [['x']], 'SOMEWHERE'))).message).toContain(
      "Invalid value at 'insert_data_option'",
    );
  });
});

describe('clearing', () => {
  it('values.clear empties a range and names it, cut to the grid', async () => {
    const { data } = await sheets.spreadsheets.values.clear({
      spreadsheetId,
      range: 'Sheet1!B2:Z',
    });
    expect(data).toEqual({ spreadsheetId, clearedRange: 'Sheet1!B2:F8' });
    expect((await tab()).values).toEqual([['x', 'y', 'z'], ['x']]);
  });

  it('values.batchClear empties all ranges or none', async () => {
    const clear = (ranges: string[]) =>
      sheets.spreadsheets.values.batchClear({ spreadsheetId, requestBody: { ranges } });
    expect((await errorOf(clear(['Sheet1!A1', 'Nope!A1']))).code).toBe(400);
    expect((await tab()).values).toEqual(guide);
    expect((await clear(['Sheet1!1:3', 'Sheet1!B4:D6'])).data.clearedRanges).toEqual([
      'Sheet1!A1:F3',
      'Sheet1!B4:D6',
    ]);
    expect((await tab()).values).toEqual([]);
  });
});

describe('a value typed', () => {
  const typed = async (value: string) => {
    const { data } = await sheets.spreadsheets.values.update({
      spreadsheetId,
      range: 'Kosong!A1',
      valueInputOption: 'USER_ENTERED',
      includeValuesInResponse: true,
      responseValueRenderOption: 'UNFORMATTED_VALUE',
      requestBody: { values: [[value]] },
    });
    const shown: unknown = (await tab(1)).values[0]?.[0];
    const stored: unknown = data.updatedData?.values?.[0]?.[0];
    await sheets.spreadsheets.batchUpdate({
      spreadsheetId,
      requestBody: {
        requests: [
          {
            updateCells: {
              start: { sheetId: 1, rowIndex: 0, columnIndex: 0 },
              rows: [{ values: [{}] }],
              fields: '*',
            },
          },
        ],
      },
    });
    return { stored, shown };
  };

  it.each([
    ['12', 12, '12'],
    ['12.5', 12.5, '12.5'],
    // gspread's CellTest.test_numeric_value
    ['2,000,000.01', 2000000.01, '2,000,000.01'],
    ['-1,250.5', -1250.5, '-1,250.50'],
    ['1,250', 1250, '1,250'],
    ['1e5', 100000, '1.00E+05'],
    ['10%', 0.1, '10%'],
    ['10.5%', 0.105, '10.50%'],
    ['$5', 5, '$5'],
    ['$1,250.50', 1250.5, '$1,250.50'],
    ['-$3', -3, '-$3'],
    ['TRUE', true, 'TRUE'],
    ['2020-01-01', 43831, '2020-01-01'],
    ['2026-11-26', 46352, '2026-11-26'],
    ['1/31/2020', 43861, '1/31/2020'],
    ['2020-01-01 12:00', 43831.5, '2020-01-01 12:00:00'],
    ['18:00', 0.75, '18:00'],
    ['6:00:30 PM', 0.75 + 30 / 86_400, '6:00:30 PM'],
    ['12:15 AM', 15 / 1440, '12:15 AM'],
    ["'=1+1", '=1+1', '=1+1'],
    ["'007", '007', '007'],
    ['=1+1', 2, '2'],
    ['Pecahan 1/2', 'Pecahan 1/2', 'Pecahan 1/2'],
    ['Rp 5.000', 'Rp 5.000', 'Rp 5.000'],
    ['31/12/2020', '31/12/2020', '31/12/2020'],
  ])('%s is understood as in en_US', async (value, stored, shown) => {
    expect(await typed(value)).toEqual({ stored, shown });
  });

  it.each([
    ['10%', { type: 'PERCENT', pattern: '0%' }],
    ['$5', { type: 'CURRENCY', pattern: '"$"#,##0' }],
    ['1,234.5', { type: 'NUMBER', pattern: '#,##0.00' }],
    ['2026-11-26', { type: 'DATE', pattern: 'yyyy-mm-dd' }],
    ['18:00', { type: 'TIME', pattern: 'h:mm' }],
    ['1e5', { type: 'SCIENTIFIC', pattern: '0.00E+00' }],
  ])('%s gives its cell a number format', async (value, numberFormat) => {
    await sheets.spreadsheets.values.update({
      spreadsheetId,
      range: 'Kosong!A1',
      valueInputOption: 'USER_ENTERED',
      requestBody: { values: [[value]] },
    });
    const { data } = await sheets.spreadsheets.get({
      spreadsheetId,
      ranges: ['Kosong!A1'],
      fields: 'sheets.data.rowData.values(userEnteredFormat,effectiveFormat.numberFormat)',
    });
    const format = { numberFormat };
    const cell = data.sheets?.[0]?.data?.[0]?.rowData?.[0]?.values?.[0];
    expect(cell).toEqual({ userEnteredFormat: format, effectiveFormat: format });
  });

  it.each(['26 Nov 2026', 'Nov 26', '11/26', '5 pm', '(5)', '€5', '25:30'])(
    '%s, which Google may read as a date or an amount, is 501',
    async (value) => {
      const error = await errorOf(
        sheets.spreadsheets.values.update({
          spreadsheetId,
          range: 'Kosong!A1',
          valueInputOption: 'USER_ENTERED',
          requestBody: { values: [[value]] },
        }),
      );
      expect(error).toMatchObject({ code: 501, message: expect.stringContaining(value) });
    },
  );
});
