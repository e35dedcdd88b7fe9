import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import * as z from 'zod/v4-mini';
import { startGoogle, type GoogleStandIn } from './index.ts';
import { GoogleError, sheetsInMemory, type SheetsInMemory } from './memory.ts';
import { sheetsClient } from '../test/harness/google/clients.ts';
import { makeSpreadsheet } from '../test/harness/google/controls.ts';

let google: GoogleStandIn;
let client: sheets_v4.Sheets;
let spreadsheetId: string;
let memory: SheetsInMemory;

const tabs = [
  {
    title: 'Katalog',
    values: [
      ['JUDUL', 'JENJANG'],
      ['Pecahan', '4'],
      ['=1+1', ''],
      ['Energi', '5'],
    ],
  },
  { title: 'Lain', rowCount: 4, columnCount: 3 },
];

beforeAll(async () => {
  google = await startGoogle();
  client = sheetsClient(google);
});
afterAll(() => google.close());
beforeEach(async () => {
  spreadsheetId = await makeSpreadsheet(google, tabs);
  memory = sheetsInMemory({ title: 'Uji', tabs });
});

/** An answer as JSON, without what differs between two spreadsheets by nature. */
function comparable(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer), (key, value: unknown) =>
    key === 'spreadsheetId' || key === 'spreadsheetUrl' ? key : value,
  );
}

const failedSchema = z.object({ response: z.object({ data: z.unknown() }) });

/** The answer, or the error's body. */
function inMemory(ask: () => object): unknown {
  try {
    return comparable(ask());
  } catch (error) {
    if (error instanceof GoogleError) return comparable(error.body());
    throw error;
  }
}

async function overHttp(ask: Promise<{ data: unknown }>): Promise<unknown> {
  const data = await ask.then(
    (answer) => answer.data,
    (error: unknown) => z.parse(failedSchema, error).response.data,
  );
  return comparable(data);
}

const area = {
  sheetId: 0,
  startRowIndex: 1,
  endRowIndex: 2,
  startColumnIndex: 0,
  endColumnIndex: 2,
};

const batches: [string, object[]][] = [
  [
    'cells, a copy and a named range',
    [
      {
        updateCells: {
          range: area,
          rows: [{ values: [{ userEnteredValue: { stringValue: '=bukan rumus' } }] }],
          fields: 'userEnteredValue',
        },
      },
      {
        copyPaste: {
          source: { sheetId: 0, startRowIndex: 0, endRowIndex: 3 },
          destination: { sheetId: 0, startRowIndex: 5, endRowIndex: 8 },
          pasteType: 'PASTE_FORMULA',
        },
      },
      { addNamedRange: { namedRange: { namedRangeId: 'f1', name: '_f1', range: area } } },
    ],
  ],
  [
    'rows that are inserted and sorted',
    [
      { insertDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 1, endIndex: 3 } } },
      {
        sortRange: { range: { sheetId: 0, startRowIndex: 1 }, sortSpecs: [{ dimensionIndex: 1 }] },
      },
    ],
  ],
  [
    'a filter, hidden rows, a group, a merge and an array formula',
    [
      {
        setBasicFilter: {
          filter: { range: { sheetId: 0 }, criteria: { 1: { hiddenValues: ['4'] } } },
        },
      },
      {
        addDimensionGroup: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 2, endIndex: 4 } },
      },
      { mergeCells: { range: { ...area, startColumnIndex: 3, endColumnIndex: 5 } } },
      {
        updateCells: {
          range: { ...area, startColumnIndex: 6, endColumnIndex: 7 },
          rows: [{ values: [{ userEnteredValue: { formulaValue: '={1;2}' } }] }],
          fields: 'userEnteredValue',
        },
      },
    ],
  ],
  [
    'a tab that is added under a chosen id',
    [{ addSheet: { properties: { sheetId: 9, title: '_m' } } }],
  ],
  ['a named range that is gone', [{ deleteNamedRange: { namedRangeId: 'none' } }]],
  ['a request that the stand-in lacks', [{ autoFill: {} }]],
  ['a name that Google does not know', [{ updateCells: { ranges: {} } }]],
  ['no request', []],
];

describe('a spreadsheet in memory', () => {
  it.each(batches)('answers a batch as the HTTP server does: %s', async (_, requests) => {
    const responseRanges = ['Katalog!A1:B9', 'Lain'];
    const fields =
      'replies,updatedSpreadsheet.sheets(properties(sheetId,title),data(rowData.values(userEnteredValue,formattedValue),rowMetadata))';
    for (const show of [false, true]) {
      const requestBody = {
        requests,
        ...(show && { includeSpreadsheetInResponse: true, responseRanges }),
      };
      const asked = { spreadsheetId, requestBody, ...(show && { fields }) };
      expect(inMemory(() => memory.batchUpdate(requestBody, show ? fields : undefined))).toEqual(
        await overHttp(client.spreadsheets.batchUpdate(asked)),
      );
    }
    expect(inMemory(() => memory.get({ includeGridData: true }))).toEqual(
      await overHttp(client.spreadsheets.get({ spreadsheetId, includeGridData: true })),
    );
  });

  it.each([
    { ranges: ['Katalog', 'Lain'], valueRenderOption: 'FORMULA' },
    { ranges: ['Katalog!A2:B3'], majorDimension: 'COLUMNS' },
    { ranges: ['Lain!A9'] },
    { ranges: ['Hilang'] },
    {},
  ])('answers values.batchGet as the HTTP server does: %j', async (query) => {
    expect(inMemory(() => memory.batchGet(query))).toEqual(
      await overHttp(client.spreadsheets.values.batchGet({ spreadsheetId, ...query })),
    );
  });

  it.each([
    { fields: 'sheets.properties(sheetId,title),namedRanges.namedRangeId' },
    { ranges: ['Katalog!A1:B2'], includeGridData: true },
    { fields: 'sheets.nothing' },
  ])('answers spreadsheets.get as the HTTP server does: %j', async (query) => {
    expect(inMemory(() => memory.get(query))).toEqual(
      await overHttp(client.spreadsheets.get({ spreadsheetId, ...query })),
    );
  });

  it('applies nothing of a batch whose response range cannot be answered', () => {
    const version = memory.state().version;
    const body = {
      requests: [{ updateCells: { range: area, fields: 'userEnteredValue' } }],
      includeSpreadsheetInResponse: true,
      responseRanges: ['Lain!A5'],
    };
    expect(() => memory.batchUpdate(body)).toThrow(/exceeds grid limits/);
    expect(memory.state().version).toBe(version);
  });

  it('shows cells as they were entered, and takes what a person types', () => {
    memory.edit('Katalog', 'B3', '7');
    expect(memory.entered('Katalog')).toEqual([
      ['JUDUL', 'JENJANG'],
      ['Pecahan', '4'],
      ['=1+1', 7],
      ['Energi', '5'],
    ]);
  });

  it('lets the owner write where a client may not', () => {
    const clear = { updateCells: { range: area, fields: 'userEnteredValue' } };
    memory.asOwner([{ addProtectedRange: { protectedRange: { range: area } } }]);
    expect(() => memory.batchUpdate({ requests: [clear] })).toThrow(/protected cell/);
    memory.asOwner([clear]);
    expect(memory.entered('Katalog')[1]).toEqual([]);
  });

  it('restores an earlier version as a new one', () => {
    const { version } = memory.versions.list()[0] ?? { version: -1 };
    memory.edit('Katalog', 'A2', 'Salah');
    memory.asOwner([{ addSheet: { properties: { title: 'Baru' } } }]);
    memory.versions.restore(version);
    expect(memory.entered('Katalog')[1]).toEqual(['Pecahan', '4']);
    expect(memory.state().tabs).toHaveLength(2);
    expect(memory.versions.list().map((one) => one.version)).toEqual([1, 2, 3, 4]);
    expect(() => memory.versions.restore(99)).toThrow('There is no version 99.');
  });
});
