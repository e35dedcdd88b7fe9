import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startGoogle, type GoogleStandIn } from '../../index.ts';
import { errorOf, sheetsClient } from '../../../test/harness/google/clients.ts';
import { control, makeSpreadsheet } from '../../../test/harness/google/controls.ts';

let google: GoogleStandIn;
let sheets: ReturnType<typeof sheetsClient>;
let spreadsheetId: string;

beforeAll(async () => {
  google = await startGoogle();
  sheets = sheetsClient(google);
  spreadsheetId = await makeSpreadsheet(google, [
    { title: 'Sheet1', values: [['A1', 'B1', '', 'D1'], ['', 'b2'], [], ['A4', 'B4', '', 'd4']] },
    { title: 'Katalog 2026', values: [['x']] },
    { title: "It's", values: [['apostrof']] },
    { title: 'D3', rowCount: 4, columnCount: 4 },
    { title: 'Hitung', rowCount: 10, columnCount: 5 },
  ]);
});

afterAll(() => google.close());

const get = async (range: string, more: object = {}) =>
  (await sheets.spreadsheets.values.get({ spreadsheetId, range, ...more })).data;

const type = (a1: string, value: string, tab = 'Hitung') =>
  control(google, 'POST', `/spreadsheets/${spreadsheetId}/edit`, { tab, a1, value });

describe('reading values', () => {
  it('trims trailing empty cells and rows, and keeps inner ones as "" and []', async () => {
    expect(await get('Sheet1')).toEqual({
      range: 'Sheet1!A1:Z1000',
      majorDimension: 'ROWS',
      values: [['A1', 'B1', '', 'D1'], ['', 'b2'], [], ['A4', 'B4', '', 'd4']],
    });
    expect((await get('Sheet1!B1:C2')).values).toEqual([['B1'], ['b2']]);
  });

  it('answers an empty range without values', async () => {
    expect(await get('D3!A1:D1')).toEqual({ range: "'D3'!A1:D1", majorDimension: 'ROWS' });
  });

  it.each([
    ["'Sheet1'!A1:1", 'Sheet1!A1:Z1'],
    ['Sheet1!A2:2', 'Sheet1!A2:Z2'],
    ['Sheet1!A:C', 'Sheet1!A1:C1000'],
    ['Sheet1!1:3', 'Sheet1!A1:Z3'],
    ['Sheet1!B2:C', 'Sheet1!B2:C1000'],
    ['Sheet1!D4:A1', 'Sheet1!A1:D4'],
    ['Sheet1!$A$1:$B$2', 'Sheet1!A1:B2'],
    ['A1:B2', 'Sheet1!A1:B2'],
    ['B7', 'Sheet1!B7'],
    ['Katalog 2026', "'Katalog 2026'!A1:Z1000"],
    ["'Katalog 2026'!A1:B2", "'Katalog 2026'!A1:B2"],
    ['katalog 2026!a1', "'Katalog 2026'!A1"],
    ["'It''s'!A1", "'It''s'!A1"],
    ["'D3'", "'D3'!A1:D4"],
    ['Hitung!A1:Z99', 'Hitung!A1:E10'],
  ])('normalises %s to %s', async (asked, normalised) => {
    expect((await get(asked)).range).toBe(normalised);
  });

  it.each(['Nope!A1', 'Nope', 'Sheet1!A0', 'Sheet1!', 'Sheet1!A1:B2:C3', 'tidak_ada'])(
    'refuses the range %s with the text of Google',
    async (range) => {
      expect(await errorOf(get(range))).toEqual({
        code: 400,
        message: `Unable to parse range: ${range}`,
        status: 'INVALID_ARGUMENT',
      });
    },
  );

  it('refuses a range that begins beyond the grid', async () => {
    expect(await errorOf(get('Hitung!A11:B12'))).toEqual({
      code: 400,
      message: 'Range (Hitung!A11:B12) exceeds grid limits. Max rows: 10, max columns: 5',
      status: 'INVALID_ARGUMENT',
    });
  });

  it('gives columns when they are the major dimension', async () => {
    expect(await get('Sheet1!A1:B', { majorDimension: 'COLUMNS' })).toEqual({
      range: 'Sheet1!A1:B1000',
      majorDimension: 'COLUMNS',
      values: [
        ['A1', '', '', 'A4'],
        ['B1', 'b2', '', 'B4'],
      ],
    });
  });

  it('renders dates as serial numbers or text, formulas as values or text', async () => {
    await type('A1', '=4/2');
    await type('B1', '2020-01-01');
    await type('C1', 'string');
    await type('D1', '53');
    await type('A2', '=3/2');
    await type('B2', '0.12');
    await type('C2', '1999-01-02');
    const rendered = async (valueRenderOption: string, dateTimeRenderOption?: string) =>
      (await get('Hitung!A1:D2', { valueRenderOption, dateTimeRenderOption })).values;
    expect(await rendered('FORMULA')).toEqual([
      ['=4/2', 43831, 'string', 53],
      ['=3/2', 0.12, 36162],
    ]);
    expect(await rendered('UNFORMATTED_VALUE')).toEqual([
      [2, 43831, 'string', 53],
      [1.5, 0.12, 36162],
    ]);
    expect(await rendered('UNFORMATTED_VALUE', 'FORMATTED_STRING')).toEqual([
      [2, '2020-01-01', 'string', 53],
      [1.5, 0.12, '1999-01-02'],
    ]);
    const text = [
      ['2', '2020-01-01', 'string', '53'],
      ['1.5', '0.12', '1999-01-02'],
    ];
    expect(await rendered('FORMATTED_VALUE', 'SERIAL_NUMBER')).toEqual(text);
    expect(await rendered('FORMATTED_VALUE', 'FORMATTED_STRING')).toEqual(text);
  });

  it('works formulas out, over tabs, and shows errors as Google does', async () => {
    await type('A4', '10');
    await type('B4', '=SUM(A4:A5, 5) & " buah"');
    await type('C4', "=Sheet1!B2 & 'Katalog 2026'!A1");
    await type('D4', '=A4/0');
    await type('E4', '=TIDAKADA(1)');
    await type('A5', '=A5+1');
    await type('B5', '=1+');
    await type('C5', '=TidakAda!A1');
    await type('D5', '="a"*2');
    await type('E5', '=-A4%*(2+3)');
    expect((await get('Hitung!A4:E5')).values).toEqual([
      ['10', '#REF!', 'b2x', '#DIV/0!', '#NAME?'],
      ['#REF!', '#ERROR!', '#REF!', '#VALUE!', '-0.5'],
    ]);
  });

  it('answers the ranges of a batch in their order', async () => {
    const { data } = await sheets.spreadsheets.values.batchGet({
      spreadsheetId,
      ranges: ["'Katalog 2026'!A:A", 'Sheet1!B4:D4'],
    });
    expect(data).toEqual({
      spreadsheetId,
      valueRanges: [
        { range: "'Katalog 2026'!A1:A1000", majorDimension: 'ROWS', values: [['x']] },
        { range: 'Sheet1!B4:D4', majorDimension: 'ROWS', values: [['B4', '', 'd4']] },
      ],
    });
  });

  it('refuses a render option and a parameter that do not exist', async () => {
    const wrong = await errorOf(get('Sheet1', { valueRenderOption: 'PRETTY' }));
    expect(wrong).toMatchObject({
      code: 400,
      message: `Invalid value at 'value_render_option' (type.googleapis.com/google.apps.sheets.v4.ValueRenderOption), "PRETTY"`,
    });
    const unknown = await errorOf(get('Sheet1', { render: 'x' }));
    expect(unknown.message).toContain(`Unknown name "render": Cannot bind query parameter.`);
  });
});

describe('reading a spreadsheet', () => {
  it('answers what the fields mask names, and nothing else', async () => {
    const fields = 'properties.title,sheets.properties(sheetId,title,gridProperties/rowCount)';
    const { data } = await sheets.spreadsheets.get({ spreadsheetId, fields });
    expect(data.properties).toEqual({ title: 'Uji' });
    expect(data.sheets?.[3]).toEqual({
      properties: { sheetId: 3, title: 'D3', gridProperties: { rowCount: 4 } },
    });
    expect(Object.keys(data)).toEqual(['properties', 'sheets']);
  });

  it('refuses a mask that names no field of Google', async () => {
    const fields = 'sheets.sheetProperties';
    expect(await errorOf(sheets.spreadsheets.get({ spreadsheetId, fields }))).toEqual({
      code: 400,
      message: 'Request contains an invalid argument.',
      status: 'INVALID_ARGUMENT',
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.BadRequest',
          fieldViolations: [
            {
              field: fields,
              description: `Error expanding 'fields' parameter. Cannot find matching fields for path '${fields}'.`,
            },
          ],
        },
      ],
    });
  });

  it('says in every answer that it is a stand-in', async () => {
    for (const path of ['/', '/v4/spreadsheets/x', '/nowhere', '/stand-in/requests']) {
      const response = await fetch(google.url + path);
      expect(response.headers.get('x-stand-in')).toBe('digital-materi');
    }
  });
});
