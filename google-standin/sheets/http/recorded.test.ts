import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startGoogle, type GoogleStandIn } from '../../index.ts';
import { serviceAccountAuth } from '../../../test/harness/google/clients.ts';
import { makeSpreadsheet } from '../../../test/harness/google/controls.ts';

/**
 * Requests and replies that were recorded from Google, quoted in part. The names are those of the
 * cassettes in burnash/gspread, tests/cassettes, if no other source is given.
 */

let google: GoogleStandIn;
let id: string;
let authorization: string;

beforeAll(async () => {
  google = await startGoogle();
  const headers = await serviceAccountAuth(google).getRequestHeaders();
  authorization = headers.get('authorization') ?? '';
});
afterAll(() => google.close());

beforeEach(async () => {
  id = await makeSpreadsheet(google, [{ title: 'Sheet1', rowCount: 1000, columnCount: 26 }]);
});

async function send(verb: string, path: string, body?: unknown) {
  const response = await fetch(`${google.url}/v4/spreadsheets/${id}${path}`, {
    method: verb,
    headers: { authorization },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: JSON.parse(await response.text()) as unknown };
}

const put = (range: string, values: unknown, more = {}) =>
  send('PUT', `/values/${encodeURIComponent(range)}?valueInputOption=RAW`, { values, ...more });

const batch = (...requests: object[]) => send('POST', ':batchUpdate', { requests });

const properties = async () =>
  (await send('GET', '?fields=sheets.properties')).body as {
    sheets: { properties: { gridProperties: object } }[];
  };

const ok = (body: unknown) => ({ status: 200, body });
const refused = (message: string) => ({
  status: 400,
  body: { error: expect.objectContaining({ code: 400, message, status: 'INVALID_ARGUMENT' }) },
});

describe('a tab’s properties', () => {
  const grid = async () => (await properties()).sheets[0]?.properties.gridProperties;
  const update = (gridProperties: object, fields: string) =>
    batch({ updateSheetProperties: { properties: { sheetId: 0, gridProperties }, fields } });

  it('keeps frozen rows and columns, with / in the mask (WorksheetTest.test_freeze)', async () => {
    const done = ok({ spreadsheetId: id, replies: [{}] });
    expect(await update({ frozenRowCount: 2 }, 'gridProperties/frozenRowCount')).toEqual(done);
    await update({ frozenColumnCount: 1 }, 'gridProperties/frozenColumnCount');
    const size = { rowCount: 1000, columnCount: 26 };
    expect(await grid()).toEqual({ ...size, frozenRowCount: 2, frozenColumnCount: 1 });
    await update(
      { frozenRowCount: 0, frozenColumnCount: 0 },
      'gridProperties/frozenRowCount,gridProperties/frozenColumnCount',
    );
    expect(await grid()).toEqual(size);
  });

  it('keeps whether grid lines are hidden (WorksheetTest.test_show_gridlines)', async () => {
    await update({ hideGridlines: true }, 'gridProperties.hideGridlines');
    expect(await grid()).toMatchObject({ hideGridlines: true });
    await update({ hideGridlines: false }, 'gridProperties.hideGridlines');
    expect(await grid()).not.toHaveProperty('hideGridlines');
  });

  it('keeps the other properties of a look, and copies them with the tab', async () => {
    const look = { rowGroupControlAfter: true, columnGroupControlAfter: true };
    await update(look, 'gridProperties(rowGroupControlAfter,columnGroupControlAfter)');
    await batch({
      updateSheetProperties: {
        properties: { rightToLeft: true, tabColor: { red: 1 } },
        fields: 'rightToLeft,tabColor',
      },
    });
    await batch({ duplicateSheet: { sourceSheetId: 0, newSheetId: 7 } });
    const expected = {
      gridProperties: expect.objectContaining(look),
      rightToLeft: true,
      tabColor: { red: 1 },
      tabColorStyle: { rgbColor: { red: 1 } },
    };
    const { sheets } = await properties();
    for (const sheet of sheets) expect(sheet.properties).toMatchObject(expected);
  });

  it('sets a color, and null takes it away (WorksheetTest.test_clear_tab_color)', async () => {
    const color = (rgbColor: object | null) =>
      batch({
        updateSheetProperties: {
          properties: { sheetId: 0, tabColorStyle: { rgbColor } },
          fields: 'tabColorStyle',
        },
      });
    const read = async () => (await send('GET', '?fields=sheets.properties.tabColorStyle')).body;
    await color({ red: 1, green: 0, blue: 0.5 });
    expect(await read()).toEqual({
      sheets: [{ properties: { tabColorStyle: { rgbColor: { red: 1, blue: 0.49803922 } } } }],
    });
    await color(null);
    expect(await read()).toEqual({ sheets: [{ properties: {} }] });
  });

  it('answers Google’s errors', async () => {
    const title = (properties: object) =>
      batch({ updateSheetProperties: { properties, fields: 'title' } });
    // Reports: the empty and the long name; blinkk/rootjs#554 for the id.
    expect(await title({ title: '' })).toEqual(
      refused('Invalid requests[0].updateSheetProperties: The sheet name cannot be empty.'),
    );
    expect(await batch({ addSheet: { properties: { title: 'x'.repeat(101) } } })).toEqual(
      refused(
        'Invalid requests[0].addSheet: The sheet name cannot be greater than 100 characters.',
      ),
    );
    expect(await title({ sheetId: 5, title: 'A' })).toEqual(
      refused('Invalid requests[0].updateSheetProperties: No sheet with id: 5'),
    );
    expect(await batch({ updateCells: { range: { sheetId: 5 }, fields: '*' } })).toEqual(
      refused('Invalid requests[0].updateCells: No grid with id: 5'),
    );
    expect(await update({ frozenRowCount: 1000 }, 'gridProperties.frozenRowCount')).toEqual(
      refused(
        "Invalid requests[0].updateSheetProperties: You can't freeze all visible rows on the sheet.",
      ),
    );
    await update({ frozenRowCount: 1 }, 'gridProperties.frozenRowCount');
    const range = { sheetId: 0, dimension: 'ROWS', startIndex: 1, endIndex: 1000 };
    expect(await batch({ deleteDimension: { range } })).toEqual(
      refused(
        'Invalid requests[0].deleteDimension: Sorry, it is not possible to delete all non-frozen rows.',
      ),
    );
  });
});

describe('null', () => {
  it('leaves a field unset (WorksheetTest.test_add_protected_range_warning)', async () => {
    const range = { startRowIndex: 0, endRowIndex: 2, startColumnIndex: 0, endColumnIndex: 2 };
    const { status, body } = await batch({
      addProtectedRange: {
        protectedRange: {
          range: { ...range, sheetId: 0 },
          description: null,
          warningOnly: true,
          requestingUserCanEdit: false,
          editors: null,
        },
      },
    });
    const protectedRangeId = expect.any(Number);
    const protectedRange = { range, warningOnly: true, requestingUserCanEdit: true, editors: {} };
    expect({ status, body }).toEqual(
      ok({
        spreadsheetId: id,
        replies: [
          { addProtectedRange: { protectedRange: { ...protectedRange, protectedRangeId } } },
        ],
      }),
    );
    // The next read lists who protected the range.
    const users = [google.serviceAccount.client_email];
    expect((await send('GET', '?fields=sheets.protectedRanges')).body).toEqual({
      sheets: [{ protectedRanges: [{ ...protectedRange, protectedRangeId, editors: { users } }] }],
    });
  });

  it('is not counted as a written cell (WorksheetTest.test_update_cells_noncontiguous)', async () => {
    const none = [null, null, null, null];
    const values = [
      ['top_left', null, null, null],
      none,
      none,
      none,
      none,
      [null, null, null, 'b'],
    ];
    expect(await put("'Sheet1'!A1:D6", values)).toEqual(
      ok({
        spreadsheetId: id,
        updatedRange: 'Sheet1!A1:D6',
        updatedRows: 2,
        updatedColumns: 2,
        updatedCells: 2,
      }),
    );
  });
});

describe('values', () => {
  it('counts a column of two ranges once (WorksheetTest.test_batch_update)', async () => {
    const { body } = await send('POST', '/values:batchUpdate', {
      valueInputOption: 'RAW',
      data: [
        { range: "'Sheet1'!A1:D1", values: [['A1', 'B1', '', 'D1']] },
        { range: "'Sheet1'!A4:D4", values: [['A4', 'B4', '', 'D4']] },
      ],
    });
    expect(body).toMatchObject({
      totalUpdatedRows: 2,
      totalUpdatedColumns: 4,
      totalUpdatedCells: 8,
      totalUpdatedSheets: 1,
    });
  });

  it('appends at an empty row inside data (WorksheetTest.test_insert_row)', async () => {
    const rows = [1, 2, 3, 4, 5, 6].map((row) => ['a', 'b', 'c', `d${row}`]);
    await put("'Sheet1'!A1:D6", rows);
    const range = { sheetId: 0, dimension: 'ROWS', startIndex: 1, endIndex: 2 };
    await batch({ insertDimension: { range, inheritFromBefore: false } });
    const values = [['1', '2', '3', '4', '5', '6', '7', '8']];
    const append = `/values/${encodeURIComponent("'Sheet1'!A2")}:append?valueInputOption=RAW`;
    expect(await send('POST', append, { majorDimension: 'ROWS', values })).toEqual(
      ok({
        spreadsheetId: id,
        updates: {
          spreadsheetId: id,
          updatedRange: 'Sheet1!A2:H2',
          updatedRows: 1,
          updatedColumns: 8,
          updatedCells: 8,
        },
      }),
    );
  });

  // googleapis/google-api-nodejs-client#3389
  it('leaves out counts of 0', async () => {
    await put('Sheet1!A1:B2', [
      ['a', 'b'],
      ['c', 'd'],
    ]);
    const answer = await send('POST', '/values/Sheet1!A:B:append?valueInputOption=RAW', {
      values: [[]],
    });
    expect(answer.body).toEqual({
      spreadsheetId: id,
      tableRange: 'Sheet1!A1:B2',
      updates: { spreadsheetId: id, updatedRange: 'Sheet1!A3' },
    });
  });

  it.each(['True', 'true', '1'])('includes values for includeValuesInResponse=%s', async (yes) => {
    const path = `/values/A1?valueInputOption=RAW&includeValuesInResponse=${yes}`;
    const { body } = await send('PUT', path, { values: [['x']] });
    expect(body).toMatchObject({ updatedData: { range: 'Sheet1!A1', values: [['x']] } });
  });

  it('refuses values of the wrong form', async () => {
    const listValue = 'type.googleapis.com/google.protobuf.ListValue';
    // WorksheetTest.test_add_validation
    expect(await put("'Sheet1'!A1", 'X', { majorDimension: null })).toEqual(
      refused(`Invalid value at 'data.values' (${listValue}), "X"`),
    );
    // burnash/gspread#668
    expect(await put('A1', ['A'])).toEqual(
      refused(`Invalid value at 'data.values[0]' (${listValue}), "A"`),
    );
    // apache/texera#1063
    expect(await put('A1', [['x'], ['y', {}]])).toEqual(
      refused('Invalid values[1][1]: struct_value {\n}\n'),
    );
    expect(await put('A1', [[['a', 1]]])).toEqual(
      refused(
        'Invalid values[0][0]: list_value {\n  values {\n    string_value: "a"\n  }\n  values {\n    number_value: 1.0\n  }\n}\n',
      ),
    );
    // Reports: the range of the path and of the body must be the same text.
    expect(await put('Sheet1!A1', [['x']], { range: 'Sheet1!A2' })).toEqual(
      refused("Request range[Sheet1!A1] does not match value's range[Sheet1!A2]"),
    );
    const path = '/values/A1?valueInputOption=RAW&includeValuesInResponse=maybe';
    expect(await send('PUT', path, { values: [] })).toEqual(
      refused(`Invalid value at 'include_values_in_response' (TYPE_BOOL), "maybe"`),
    );
  });
});

// Google's reference of includeGridData and responseIncludeGridData: a mask overrules them.
describe('the cells of an answered spreadsheet', () => {
  const withCells = { sheets: [{ data: [{ rowData: [{ values: [{ formattedValue: 'x' }] }] }] }] };

  it.each([
    ['fields=sheets&includeGridData=false', true],
    ['fields=*', true],
    ['fields=sheets.properties&includeGridData=true', false],
    ['fields=sheets/data/rowData/values/formattedValue', true],
    ['includeGridData=True', true],
    ['includeGridData=False', false],
  ])('come with %s: %s', async (query, come) => {
    await put('A1', [['x']]);
    const { body } = await send('GET', `?${query}`);
    if (come) expect(body).toMatchObject(withCells);
    else expect(body).not.toHaveProperty('sheets.0.data');
  });

  it('come with a mask of batchUpdate', async () => {
    await put('A1', [['x']]);
    const { body } = await send(
      'POST',
      ':batchUpdate?fields=updatedSpreadsheet.sheets.data.rowData.values.formattedValue',
      {
        requests: [{ appendDimension: { sheetId: 0, dimension: 'ROWS', length: 1 } }],
        includeSpreadsheetInResponse: true,
        responseRanges: ['Sheet1!A1:B2'],
      },
    );
    expect(body).toEqual({ updatedSpreadsheet: withCells });
  });
});
