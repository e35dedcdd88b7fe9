import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import { startGoogle, type GoogleStandIn } from '../../index.ts';
import { errorOf, sheetsClient } from '../../../test/harness/google/clients.ts';
import { dump, makeSpreadsheet } from '../../../test/harness/google/controls.ts';

type Request = sheets_v4.Schema$Request;

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
      title: 'Katalog',
      values: [
        ['JUDUL', 'NILAI'],
        ['satu', '=1+1'],
        ['dua', '=B2*10'],
      ],
      rowCount: 5,
      columnCount: 4,
    },
    { title: 'Lain', values: [['=SUM(Katalog!B2:B3)']], rowCount: 3, columnCount: 2 },
  ]);
});

const batch = async (...requests: Request[]) =>
  (await sheets.spreadsheets.batchUpdate({ spreadsheetId, requestBody: { requests } })).data;

const refusal = async (...requests: Request[]) => (await errorOf(batch(...requests))).message;

const write = (rowIndex: number, columnIndex: number, ...texts: string[]): Request => ({
  updateCells: {
    start: { sheetId: 0, rowIndex, columnIndex },
    rows: [{ values: texts.map((stringValue) => ({ userEnteredValue: { stringValue } })) }],
    fields: 'userEnteredValue',
  },
});

const named = (namedRangeId: string, name: string): Request => ({
  addNamedRange: {
    namedRange: { namedRangeId, name, range: { sheetId: 0, startRowIndex: 1, endRowIndex: 2 } },
  },
});

const tab = async (index = 0) => (await dump(google, spreadsheetId)).tabs[index];

const insertRows = (startIndex: number, endIndex: number, inheritFromBefore: boolean): Request => ({
  insertDimension: {
    range: { sheetId: 0, dimension: 'ROWS', startIndex, endIndex },
    inheritFromBefore,
  },
});

describe('a batch', () => {
  it('applies its requests in their order and answers each', async () => {
    const answer = await batch(
      {
        addSheet: {
          properties: { title: '_materi', hidden: true, gridProperties: { rowCount: 9 } },
        },
      },
      named('batch-1', 'materi_1'),
      insertRows(1, 2, false),
      write(1, 0, 'baru'),
    );
    expect(answer.replies).toEqual([
      {
        addSheet: {
          properties: {
            sheetId: expect.any(Number),
            title: '_materi',
            index: 2,
            sheetType: 'GRID',
            gridProperties: { rowCount: 9, columnCount: 26 },
            hidden: true,
          },
        },
      },
      {
        addNamedRange: {
          namedRange: {
            namedRangeId: 'batch-1',
            name: 'materi_1',
            range: { startRowIndex: 1, endRowIndex: 2 },
          },
        },
      },
      {},
      {},
    ]);
    expect((await tab())?.entered).toEqual([
      ['JUDUL', 'NILAI'],
      ['baru'],
      ['satu', '=1+1'],
      ['dua', '=B3*10'],
    ]);
  });

  it('applies nothing when one of its requests is not valid, and names that one', async () => {
    const before = await dump(google, spreadsheetId);
    const message = await refusal(
      write(1, 0, 'ditulis'),
      named('n', 'n_1'),
      { deleteNamedRange: { namedRangeId: 'tak-ada' } },
      write(2, 0, 'tidak'),
    );
    expect(message).toBe('Invalid requests[2].deleteNamedRange: No NamedRange with id: tak-ada');
    expect(await dump(google, spreadsheetId)).toEqual(before);
  });

  it('checks the form of all requests before it applies one', async () => {
    const wrong: Request = { insertDimension: { ...insertRows(0, 1, false).insertDimension } };
    Object.assign(wrong.insertDimension ?? {}, { inheritBefore: true });
    const error = await errorOf(batch(write(0, 0, 'x'), wrong));
    expect(error).toMatchObject({
      code: 400,
      status: 'INVALID_ARGUMENT',
      message: `Invalid JSON payload received. Unknown name "inheritBefore" at 'requests[1].insert_dimension': Cannot find field.`,
      details: [{ '@type': 'type.googleapis.com/google.rpc.BadRequest' }],
    });
    expect((await tab())?.values[0]?.[0]).toBe('JUDUL');
  });

  it('refuses none, one of no kind, and one that the stand-in does not know', async () => {
    expect(await refusal()).toBe('Must specify at least one request.');
    expect(await refusal({})).toBe('Invalid requests[0]: No request set.');
    const chart = await errorOf(batch({ addChart: {} }));
    expect(chart).toMatchObject({ code: 501, status: 'UNIMPLEMENTED' });
    const unknown: Request = {};
    Object.assign(unknown, { addMagic: {} });
    expect(await refusal(unknown)).toContain(`Unknown name "addMagic" at 'requests[0]'`);
  });

  it('lets only one of two writers who read the same state through', async () => {
    await batch(named('batch-1', 'materi_1'));
    const next = (text: string) =>
      batch(
        { deleteNamedRange: { namedRangeId: 'batch-1' } },
        named('batch-2', 'materi_2'),
        write(1, 0, text),
      );
    const results = await Promise.allSettled([next('a'), next('b')]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('named ranges', () => {
  it('refuses an id and a name that exist', async () => {
    await batch(named('id-1', 'nama_1'));
    expect(await refusal(named('id-1', 'nama_2'))).toBe(
      'Invalid requests[0].addNamedRange: Cannot add named range with ID: id-1, a named range with that ID already exists.',
    );
    expect(await refusal(named('id-2', 'NAMA_1'))).toBe(
      'Invalid requests[0].addNamedRange: Cannot add named range with name NAMA_1, a named range with that name already exists.',
    );
  });

  it('follow their rows, are readable by name, and are gone when their rows are deleted', async () => {
    await batch(named('id-1', 'baris'), insertRows(0, 2, false));
    const read = await sheets.spreadsheets.values.get({ spreadsheetId, range: 'baris' });
    expect(read.data).toMatchObject({ range: 'Katalog!A4:D4', values: [['satu', '2']] });
    const range = { sheetId: 0, dimension: 'ROWS', startIndex: 3, endIndex: 4 };
    await batch({ deleteDimension: { range } });
    const { data } = await sheets.spreadsheets.get({ spreadsheetId });
    expect(data.namedRanges).toBeUndefined();
    expect(await refusal(named('id-2', 'baris'))).toContain('already exists');
  });

  it.each(['A1', '1x', 'dengan spasi', 'TRUE', ''])('refuses the name "%s"', async (name) => {
    expect(await refusal(named('x', name))).toContain('Invalid requests[0].addNamedRange: ');
  });
});

describe('updateCells', () => {
  it('keeps a text that looks like a formula as text', async () => {
    await batch(write(3, 0, '=1+1', '+62', '-5', '@x'));
    const options = { spreadsheetId, range: 'Katalog!A4:D4' };
    for (const valueRenderOption of ['FORMULA', 'FORMATTED_VALUE', 'UNFORMATTED_VALUE']) {
      const { data } = await sheets.spreadsheets.values.get({ ...options, valueRenderOption });
      expect(data.values).toEqual([['=1+1', '+62', '-5', '@x']]);
    }
  });

  it('clears a range given without rows, and the rest of one given with fewer', async () => {
    await batch({
      updateCells: { range: { sheetId: 0, startRowIndex: 2, endRowIndex: 3 }, fields: '*' },
    });
    expect((await tab())?.values).toEqual([
      ['JUDUL', 'NILAI'],
      ['satu', '2'],
    ]);
    const rows = [{ values: [{ userEnteredValue: { boolValue: true } }] }];
    const range = { sheetId: 0, startRowIndex: 0, endRowIndex: 2 };
    await batch({ updateCells: { range, rows, fields: 'userEnteredValue' } });
    expect((await tab())?.values).toEqual([['TRUE']]);
  });

  it('refuses to write beyond the grid, in the words of Google', async () => {
    expect(await refusal(write(0, 2, 'a', 'b', 'c'))).toBe(
      'Invalid requests[0].updateCells: Attempting to write column: 4, beyond the last requested column of: 3',
    );
    expect(await refusal(write(5, 0, 'a'))).toBe(
      'Invalid requests[0].updateCells: GridCoordinate.rowIndex[5] is after last row in grid[4]',
    );
  });

  it('takes 50,000 characters and refuses one more', async () => {
    await batch(write(0, 0, 'x'.repeat(50_000)));
    expect(await refusal(write(0, 0, 'x'.repeat(50_001)))).toBe(
      'Invalid requests[0].updateCells: Your input contains more than the maximum of 50000 characters in a single cell.',
    );
  });

  it('refuses an empty mask and a tab that is not there', async () => {
    const { updateCells } = write(0, 0, 'a');
    expect(await refusal({ updateCells: { ...updateCells, fields: '' } })).toContain(
      'At least one field',
    );
    expect(await refusal({ updateCells: { ...updateCells, start: { sheetId: 77 } } })).toBe(
      'Invalid requests[0].updateCells: No grid with id: 77',
    );
  });
});

describe('insertDimension', () => {
  it('inserts at the end of the grid only when it inherits from before', async () => {
    expect(await refusal(insertRows(5, 6, false))).toBe(
      'Invalid requests[0].insertDimension: range.startIndex must be less than the grid size (5) if inheritFromBefore is false.',
    );
    await batch(insertRows(5, 7, true));
    expect((await tab())?.rowCount).toBe(7);
    expect(await refusal(insertRows(0, 1, true))).toContain('greater than 0');
    expect(await refusal(insertRows(9, 10, true))).toContain('grid size (7)');
    expect(await refusal(insertRows(2, 2, false))).toContain('range.endIndex');
  });

  it('moves the cells of columns, and formulas of every tab keep what they mean', async () => {
    const range = { sheetId: 0, dimension: 'COLUMNS', startIndex: 1, endIndex: 2 };
    await batch({ insertDimension: { range } });
    expect((await tab())?.entered).toEqual([
      ['JUDUL', '', 'NILAI'],
      ['satu', '', '=1+1'],
      ['dua', '', '=C2*10'],
    ]);
    expect(await tab(1)).toMatchObject({ entered: [['=SUM(Katalog!C2:C3)']], values: [['22']] });
  });

  it('widens a range it is inside of, and a deletion narrows it to #REF!', async () => {
    await batch(insertRows(2, 3, false));
    expect((await tab(1))?.entered).toEqual([['=SUM(Katalog!B2:B4)']]);
    const range = { sheetId: 0, dimension: 'ROWS', startIndex: 1, endIndex: 3 };
    await batch({ deleteDimension: { range } });
    expect((await tab())?.entered).toEqual([
      ['JUDUL', 'NILAI'],
      ['dua', '=#REF!*10'],
    ]);
    expect(await tab(1)).toMatchObject({ entered: [['=SUM(Katalog!B2:B2)']], values: [['#REF!']] });
  });

  it('stops at ten million cells', async () => {
    const call = refusal(insertRows(1, 2_500_000, false));
    expect(await call).toBe(
      'Invalid requests[0].insertDimension: This action would increase the number of cells in the workbook above the limit of 10000000 cells.',
    );
  });
});

describe('copyPaste', () => {
  const copy = (
    source: sheets_v4.Schema$GridRange,
    destination: sheets_v4.Schema$GridRange,
    pasteType = 'PASTE_NORMAL',
  ): Request => ({ copyPaste: { source, destination, pasteType } });
  const row = (sheetId: number, index: number, width = 2) => ({
    sheetId,
    startRowIndex: index,
    endRowIndex: index + 1,
    startColumnIndex: 0,
    endColumnIndex: width,
  });

  it('copies values to another tab, without formulas', async () => {
    await batch(copy(row(0, 2), row(1, 1), 'PASTE_VALUES'));
    expect((await tab(1))?.entered).toEqual([['=SUM(Katalog!B2:B3)'], ['dua', 20]]);
  });

  it('shifts the relative references of formulas', async () => {
    await batch(copy(row(0, 2), row(0, 3), 'PASTE_FORMULA'));
    expect((await tab())?.entered[3]).toEqual(['dua', '=B3*10']);
    await batch(copy(row(0, 2), row(0, 0)));
    expect((await tab())?.entered[0]).toEqual(['dua', '=#REF!*10']);
  });

  it('sees what the requests before it did', async () => {
    await batch(
      write(1, 0, 'diubah'),
      copy(row(0, 1), row(1, 2), 'PASTE_VALUES'),
      write(1, 0, 'lagi'),
    );
    expect((await tab(1))?.values[2]).toEqual(['diubah', '2']);
    expect((await tab())?.values[1]?.[0]).toBe('lagi');
  });

  it('repeats into a multiple, and goes beyond a smaller destination', async () => {
    const cell = { ...row(0, 1, 1) };
    await batch(copy(cell, { ...row(0, 3, 4), endRowIndex: 5 }, 'PASTE_VALUES'));
    const filled = Array.from({ length: 4 }, () => 'satu');
    expect((await tab())?.values.slice(3)).toEqual([filled, filled]);
    await batch(copy(row(0, 0), row(1, 1, 1), 'PASTE_VALUES'));
    expect((await tab(1))?.values[1]).toEqual(['JUDUL', 'NILAI']);
  });

  it('refuses a destination that reaches out of the grid', async () => {
    expect(await refusal(copy(row(0, 0), row(1, 3)))).toBe(
      'Invalid requests[0].copyPaste: destination.startRowIndex[3] is after last row in grid[2]',
    );
    const last = {
      sheetId: 1,
      startRowIndex: 0,
      endRowIndex: 1,
      startColumnIndex: 1,
      endColumnIndex: 2,
    };
    expect(await refusal(copy(row(0, 0), last))).toContain('exceeds grid limits');
  });
});

describe('addSheet', () => {
  it('refuses a name or an id that exists, whatever the case', async () => {
    expect(await refusal({ addSheet: { properties: { title: 'katalog' } } })).toBe(
      'Invalid requests[0].addSheet: A sheet with the name "katalog" already exists. Please enter another name.',
    );
    expect(await refusal({ addSheet: { properties: { sheetId: 0 } } })).toContain(
      'Sheet with id 0',
    );
  });

  it('makes a grid of 1000 by 26 and a name when none is given', async () => {
    const { replies } = await batch({ addSheet: {} });
    expect(replies?.[0]?.addSheet?.properties).toMatchObject({
      title: 'Sheet3',
      gridProperties: { rowCount: 1000, columnCount: 26 },
    });
  });
});
