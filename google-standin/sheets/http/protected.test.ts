import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import { startGoogle, type GoogleStandIn } from '../../index.ts';
import { errorOf, sheetsClient, sheetsClientOf } from '../../../test/harness/google/clients.ts';
import { control, dump, makeSpreadsheet, protect } from '../../../test/harness/google/controls.ts';

const REFUSED =
  'You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit.';

let google: GoogleStandIn;
let sheets: sheets_v4.Sheets;
let budi: sheets_v4.Sheets;
let spreadsheetId: string;

beforeAll(async () => {
  google = await startGoogle();
  sheets = sheetsClient(google);
  budi = await sheetsClientOf(google, 'budi@sekolah.sch.id');
});
afterAll(() => google.close());
beforeEach(async () => {
  spreadsheetId = await makeSpreadsheet(google, [
    {
      title: 'Katalog',
      values: [
        ['JUDUL', 'FASE', 'RUMUS'],
        ['b', 'Fase A', '=A2'],
        ['a', 'Fase B', '=A3'],
      ],
      rowCount: 6,
      columnCount: 4,
    },
    { title: 'Lain', rowCount: 3, columnCount: 3 },
  ]);
});

type Request = sheets_v4.Schema$Request;
const batchOf = (client: sheets_v4.Sheets, requests: Request[]) =>
  client.spreadsheets.batchUpdate({ spreadsheetId, requestBody: { requests } });
const batch = (...requests: Request[]) => batchOf(sheets, requests);
const write = (rowIndex: number, columnIndex: number, text = 'baru', sheetId = 0): Request => ({
  updateCells: {
    start: { sheetId, rowIndex, columnIndex },
    rows: [{ values: [{ userEnteredValue: { stringValue: text } }] }],
    fields: 'userEnteredValue',
  },
});
const lines = (dimension: 'ROWS' | 'COLUMNS', startIndex: number, endIndex = startIndex + 1) => ({
  sheetId: 0,
  dimension,
  startIndex,
  endIndex,
});
const insertRow = (at: number): Request => ({ insertDimension: { range: lines('ROWS', at) } });
const add = (protectedRange: sheets_v4.Schema$ProtectedRange): Request => ({
  addProtectedRange: { protectedRange },
});
const rows = (startRowIndex: number, endRowIndex: number) => ({ startRowIndex, endRowIndex });
async function shown(client = sheets, tab = 0) {
  const { data } = await client.spreadsheets.get({
    spreadsheetId,
    fields: 'sheets.protectedRanges',
  });
  return data.sheets?.[tab]?.protectedRanges ?? [];
}

/** The text of the refusal; fails unless it is a 400 that leaves the spreadsheet as it was. */
async function refusal(call: () => Promise<unknown>): Promise<string> {
  const before = await dump(google, spreadsheetId);
  const { code, message } = await errorOf(call());
  expect(code).toBe(400);
  expect(await dump(google, spreadsheetId)).toEqual(before);
  return message;
}

describe('what the owner protects', () => {
  it('is refused to the service account, and nothing of its batch is applied', async () => {
    await protect(google, spreadsheetId, { tab: 'Katalog', a1: 'B1:B3' });
    expect(await refusal(() => batch(write(1, 1)))).toBe(
      `Invalid requests[0].updateCells: ${REFUSED}`,
    );
    expect(await refusal(() => batch(write(1, 0), write(0, 1)))).toBe(
      `Invalid requests[1].updateCells: ${REFUSED}`,
    );
    await batch(write(1, 0), write(3, 1), write(0, 0, 'x', 1));
  });

  it.each<[string, Request]>([
    ['sorted', { sortRange: { range: { sheetId: 0, startRowIndex: 1 }, sortSpecs: [{}] } }],
    [
      'copied onto',
      {
        copyPaste: {
          source: { sheetId: 0, ...rows(4, 5) },
          destination: { sheetId: 0, ...rows(1, 2) },
        },
      },
    ],
    ['given a rule', { setDataValidation: { range: { sheetId: 0, ...rows(1, 2) } } }],
    ['cut by a row', insertRow(2)],
    [
      'cut by a row that moves',
      { moveDimension: { source: lines('ROWS', 4), destinationIndex: 2 } },
    ],
    ['moved', { moveDimension: { source: lines('ROWS', 1), destinationIndex: 6 } }],
    ['deleted by row', { deleteDimension: { range: lines('ROWS', 2, 4) } }],
    ['deleted by column', { deleteDimension: { range: lines('COLUMNS', 0) } }],
    ['deleted with its tab', { deleteSheet: { sheetId: 0 } }],
  ])('cannot be %s', async (_what, request) => {
    await protect(google, spreadsheetId, { tab: 'Katalog', a1: 'A2:C3' });
    const [name] = Object.keys(request);
    expect(await refusal(() => batch(request))).toBe(
      `Invalid requests[0].${name ?? ''}: ${REFUSED}`,
    );
  });

  it('is refused to the values methods with the text alone', async () => {
    await protect(google, spreadsheetId, { tab: 'Katalog', a1: '4:4' });
    const { values } = sheets.spreadsheets;
    const body = (range: string) => ({
      spreadsheetId,
      range,
      valueInputOption: 'RAW',
      requestBody: { values: [['x']] },
    });
    expect(await refusal(() => values.update(body('Katalog!A4')))).toBe(REFUSED);
    expect(await refusal(() => values.append(body('Katalog!A1')))).toBe(REFUSED);
    const data = [{ range: 'Katalog!D4', values: [['x']] }];
    const requestBody = { valueInputOption: 'RAW', data };
    expect(await refusal(() => values.batchUpdate({ spreadsheetId, requestBody }))).toBe(
      `Invalid data[0]: ${REFUSED}`,
    );
    await protect(google, spreadsheetId, { tab: 'Katalog', a1: 'A2' });
    expect(await refusal(() => values.clear({ spreadsheetId, range: 'Katalog!A1:B3' }))).toBe(
      REFUSED,
    );
    await values.update(body('Katalog!A3'));
  });

  it('moves with the rows above and left of it, and formulas in it follow their cells', async () => {
    const id = await protect(google, spreadsheetId, { tab: 'Katalog', a1: 'C2:C3' });
    await batch(insertRow(1), insertRow(4), {
      moveDimension: { source: lines('COLUMNS', 0), destinationIndex: 4 },
    });
    expect(await shown()).toEqual([
      {
        protectedRangeId: id,
        range: { ...rows(2, 4), startColumnIndex: 1, endColumnIndex: 2 },
      },
    ]);
    expect((await dump(google, spreadsheetId)).tabs[0]?.entered[2]).toEqual([
      'Fase A',
      '=D3',
      '',
      'b',
    ]);
    expect(await refusal(() => batch(write(2, 1)))).toContain(REFUSED);
    await batch(write(1, 1));
  });

  it('is refused also in rows that a column or a tab has yet to get', async () => {
    await protect(google, spreadsheetId, { tab: 'Katalog', a1: 'B:B' });
    await protect(google, spreadsheetId, { tab: 'Lain' });
    const append = (sheetId: number) => ({
      appendDimension: { sheetId, dimension: 'ROWS', length: 1 },
    });
    expect(await refusal(() => batch(append(0)))).toContain(REFUSED);
    expect(await refusal(() => batch(append(1)))).toContain(REFUSED);
    expect(await refusal(() => batch(write(2, 2, 'x', 1)))).toContain(REFUSED);
  });

  it('stays open to people, and to all once the owner ends it', async () => {
    const id = await protect(google, spreadsheetId, { tab: 'Katalog' });
    const path = `/spreadsheets/${spreadsheetId}`;
    await control(google, 'POST', `${path}/edit`, { tab: 'Katalog', a1: 'A2', value: 'orang' });
    await control(google, 'POST', `${path}/rows`, { tab: 'Katalog', action: 'copy', index: 1 });
    await control(google, 'POST', `${path}/sort`, { tab: 'Katalog', column: 0 });
    const { tabs } = await dump(google, spreadsheetId);
    expect(tabs[0]?.values.map(([title]) => title)).toEqual(['JUDUL', 'a', 'orang', 'orang']);
    const remove = { deleteProtectedRange: { protectedRangeId: id } };
    expect(await refusal(() => batch(remove))).toContain(REFUSED);
    await control(google, 'DELETE', `${path}/protect/${id}`);
    expect(await shown()).toEqual([]);
    await batch(write(1, 1));
  });
});

describe('addProtectedRange', () => {
  it('lets who added it edit, and nobody else but those it names', async () => {
    const range = { ...rows(0, 1), sheetId: 0 };
    const { data } = await batch(add({ range, description: 'Judul', protectedRangeId: 7 }));
    const mine = { protectedRangeId: 7, range: rows(0, 1), description: 'Judul' };
    const users = [google.serviceAccount.client_email];
    expect(data.replies?.[0]?.addProtectedRange?.protectedRange).toEqual({
      ...mine,
      requestingUserCanEdit: true,
      editors: {},
    });
    await batch(write(0, 0));
    expect(await refusal(() => batchOf(budi, [write(0, 0)]))).toContain(REFUSED);
    expect(await shown(budi)).toEqual([mine]);
    const editors = { users: ['Budi@sekolah.sch.id'] };
    const update = { protectedRange: { protectedRangeId: 7, editors }, fields: 'editors.users' };
    expect(await refusal(() => batchOf(budi, [{ updateProtectedRange: update }]))).toContain(
      REFUSED,
    );
    await batch({ updateProtectedRange: update });
    await batchOf(budi, [write(0, 0)]);
    expect(await shown(budi)).toEqual([
      { ...mine, requestingUserCanEdit: true, editors: { users: [...editors.users, ...users] } },
    ]);
    await batchOf(budi, [{ deleteProtectedRange: { protectedRangeId: 7 } }]);
    expect(await shown()).toEqual([]);
  });

  it('with warningOnly refuses nobody', async () => {
    await batch(add({ range: { sheetId: 0 }, warningOnly: true }));
    await batchOf(budi, [write(0, 0), insertRow(1)]);
  });

  it('leaves unprotected ranges of a protected sheet open, but not the sheet’s lines', async () => {
    const open = { sheetId: 1, ...rows(1, 3) };
    await batch(add({ range: { sheetId: 1 }, unprotectedRanges: [open] }));
    await batchOf(budi, [write(1, 0, 'x', 1)]);
    expect(await refusal(() => batchOf(budi, [write(0, 0, 'x', 1)]))).toContain(REFUSED);
    const remove = { deleteDimension: { range: { ...lines('ROWS', 1), sheetId: 1 } } };
    expect(await refusal(() => batchOf(budi, [remove]))).toContain(REFUSED);
    await batch(remove);
    expect((await shown(sheets, 1))[0]?.unprotectedRanges).toEqual([{ sheetId: 1, ...rows(1, 2) }]);
  });

  it.each<[string, Request, RegExp]>([
    ['an id that exists', add({ range: { sheetId: 0 }, protectedRangeId: 7 }), /already exists/],
    ['a range out of the grid', add({ range: { sheetId: 0, ...rows(0, 9) } }), /endRowIndex/],
    ['no range', add({}), /range must be specified/],
    ['an unknown id', { deleteProtectedRange: { protectedRangeId: 8 } }, /id: 8/],
    [
      'holes in a part of a sheet',
      add({ range: { sheetId: 0, ...rows(0, 2) }, unprotectedRanges: [{ sheetId: 0 }] }),
      /only supported on protected sheets/,
    ],
  ])('refuses %s', async (_what, request, message) => {
    await batch(add({ range: { sheetId: 1 }, protectedRangeId: 7 }));
    expect(await refusal(() => batch(request))).toMatch(message);
  });
});

it('what was accepted is accepted again from the log of a process that was killed', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'materi-google-'));
  const killed = await startGoogle({ stateDir });
  spreadsheetId = killed.spreadsheetId;
  const own = { sheetId: 0, ...rows(0, 1) };
  await batchOf(sheetsClient(killed), [add({ range: own }), write(0, 0, 'milik')]);
  await protect(killed, spreadsheetId, { tab: 'Katalog', a1: 'A2' });
  await control(killed, 'POST', `/spreadsheets/${spreadsheetId}/edit`, {
    tab: 'Katalog',
    a1: 'A2',
    value: 'orang',
  });
  const again = await startGoogle({ stateDir });
  const client = sheetsClient(again);
  expect((await dump(again, spreadsheetId)).tabs[0]?.values).toEqual([['milik'], ['orang']]);
  expect(await shown(client)).toEqual(await shown(sheetsClient(killed)));
  await batchOf(client, [write(0, 0)]);
  const { message } = await errorOf(batchOf(client, [write(1, 0)]));
  expect(message).toContain(REFUSED);
  await Promise.all([killed.close(), again.close()]);
  rmSync(stateDir, { recursive: true });
});
