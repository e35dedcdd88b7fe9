import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startGoogle, type GoogleStandIn } from '../../index.ts';
import { errorOf, sheetsClient } from '../../../test/harness/google/clients.ts';
import { control, dump, makeSpreadsheet } from '../../../test/harness/google/controls.ts';

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
    { title: 'Sheet1', values: [['a', 'b', 'c']], rowCount: 6, columnCount: 5 },
  ]);
});

const write = async (range: string, values: unknown[][], valueInputOption = 'RAW') =>
  (
    await sheets.spreadsheets.values.batchUpdate({
      spreadsheetId,
      requestBody: { valueInputOption, data: [{ range, values }] },
    })
  ).data;

const entered = async () => (await dump(google, spreadsheetId)).tabs[0]?.entered;

describe('values:batchUpdate', () => {
  it('skips null without counting it, and clears with ""', async () => {
    expect(await write('Sheet1!A1:C1', [[null, '', 'C']])).toEqual({
      spreadsheetId,
      totalUpdatedRows: 1,
      totalUpdatedColumns: 2,
      totalUpdatedCells: 2,
      totalUpdatedSheets: 1,
      responses: [
        {
          spreadsheetId,
          updatedRange: 'Sheet1!A1:C1',
          updatedRows: 1,
          updatedColumns: 2,
          updatedCells: 2,
        },
      ],
    });
    expect(await entered()).toEqual([['a', '', 'C']]);
  });

  it('stores RAW as it is given', async () => {
    await write('A2:C2', [['=1+1', '53', true]]);
    expect((await entered())?.[1]).toEqual(['=1+1', '53', true]);
  });

  it('parses USER_ENTERED as if a person typed it', async () => {
    const typed = ['=1+1', "'53", '1,250.5', 'true', '2020-01-01'];
    await write('A2:E2', [typed], 'USER_ENTERED');
    const { data } = await sheets.spreadsheets.values.get({
      spreadsheetId,
      range: 'A2:E2',
      valueRenderOption: 'UNFORMATTED_VALUE',
    });
    expect(data.values).toEqual([[2, '53', 1250.5, true, 43831]]);
  });

  it('writes from a single cell as far as the values go', async () => {
    const answer = await write('B2', [['x', 'y'], ['z']]);
    expect(answer.responses?.[0]?.updatedRange).toBe('Sheet1!B2:C3');
    expect(await entered()).toEqual([
      ['a', 'b', 'c'],
      ['', 'x', 'y'],
      ['', 'z'],
    ]);
  });

  it('names the range that is wrong, and writes none', async () => {
    const call = (range: string, values: string[][]) =>
      errorOf(
        sheets.spreadsheets.values.batchUpdate({
          spreadsheetId,
          requestBody: {
            valueInputOption: 'RAW',
            data: [
              { range: 'Sheet1!A1', values: [['ditulis']] },
              { range, values },
            ],
          },
        }),
      );
    const message = async (range: string, values: string[][]) =>
      (await call(range, values)).message;
    expect(await message('Nope!A1', [['x']])).toBe(
      'Invalid data[1]: Unable to parse range: Nope!A1',
    );
    expect(await message('Sheet1!A7', [['x']])).toBe(
      'Invalid data[1]: Range (Sheet1!A7) exceeds grid limits. Max rows: 6, max columns: 5',
    );
    expect(await message('Sheet1!A1:B1', [['x', 'y', 'z']])).toBe(
      'Invalid data[1]: Requested writing within range [Sheet1!A1:B1], but tried writing to column [C]',
    );
    expect(await message('Sheet1!A1:B1', [['x'], ['y']])).toBe(
      'Invalid data[1]: Requested writing within range [Sheet1!A1:B1], but tried writing to row [2]',
    );
    expect(await message('Sheet1!A1', [['x'.repeat(50_001)]])).toBe(
      'Invalid data[1]: Your input contains more than the maximum of 50000 characters in a single cell.',
    );
    expect(await entered()).toEqual([['a', 'b', 'c']]);
  });

  it('wants to be told how to take the values', async () => {
    const call = sheets.spreadsheets.values.batchUpdate({
      spreadsheetId,
      requestBody: { data: [] },
    });
    expect((await errorOf(call)).message).toBe("'valueInputOption' is required but not specified");
  });
});

describe('what people do', () => {
  it('a person types into a cell, and it is parsed', async () => {
    await control(google, 'POST', `/spreadsheets/${spreadsheetId}/edit`, {
      tab: 'Sheet1',
      a1: 'B3',
      value: '=LEN(A1)',
    });
    expect((await dump(google, spreadsheetId)).tabs[0]?.values[2]).toEqual(['', '1']);
  });

  it('a person inserts and deletes rows and columns', async () => {
    const act = (path: string, action: string, index: number, count: number) =>
      control(google, 'POST', `/spreadsheets/${spreadsheetId}/${path}`, {
        tab: 'Sheet1',
        action,
        index,
        count,
      });
    await act('rows', 'insert', 0, 2);
    await act('columns', 'insert', 5, 1);
    await act('columns', 'delete', 1, 1);
    const tab = (await dump(google, spreadsheetId)).tabs[0];
    expect(tab).toMatchObject({ rowCount: 8, columnCount: 5, values: [[], [], ['a', 'c']] });
    await act('rows', 'delete', 0, 3);
    expect(await entered()).toEqual([]);
  });
});
