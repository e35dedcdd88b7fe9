import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GoogleSpreadsheet, type GoogleSpreadsheetWorksheet } from 'google-spreadsheet';
import { startGoogle, type GoogleStandIn } from './index.ts';
import { fetchFromStandIn } from '../test/harness/google/atGoogle.ts';
import { serviceAccountAuth } from '../test/harness/google/clients.ts';
import { dump, makeSpreadsheet } from '../test/harness/google/controls.ts';

let google: GoogleStandIn;
let fetches: { restore(): void };
let spreadsheetId: string;
let doc: GoogleSpreadsheet;
let sheet: GoogleSpreadsheetWorksheet;

beforeAll(async () => {
  google = await startGoogle();
  fetches = fetchFromStandIn(google);
});
afterAll(async () => {
  fetches.restore();
  await google.close();
});
beforeEach(async () => {
  const values = [
    ['judul', 'fase'],
    ['Pecahan', 'B'],
    ['Aljabar', 'D'],
  ];
  const tab = { title: 'Katalog 2026', values, rowCount: 4, columnCount: 3 };
  spreadsheetId = await makeSpreadsheet(google, [tab]);
  doc = new GoogleSpreadsheet(spreadsheetId, serviceAccountAuth(google));
  await doc.loadInfo();
  sheet = doc.sheetsByIndex[0] ?? (await doc.addSheet());
});

const values = async (tab = 0) => (await dump(google, spreadsheetId)).tabs[tab]?.values;

describe('google-spreadsheet', () => {
  it('reads the document and its rows', async () => {
    expect(doc.title).toBe('Uji');
    expect(sheet).toMatchObject({ title: 'Katalog 2026', rowCount: 4, columnCount: 3 });
    const rows = await sheet.getRows();
    expect(rows.map((row) => row.toObject())).toEqual([
      { judul: 'Pecahan', fase: 'B' },
      { judul: 'Aljabar', fase: 'D' },
    ]);
  });

  it('appends rows, with and without inserting them', async () => {
    await sheet.addRows([{ judul: 'Gaya', fase: 'C' }, ['Energi', 'E']]);
    const added = await sheet.addRow({ judul: '=1+1', fase: "'01" }, { insert: true });
    expect(added.rowNumber).toBe(6);
    expect(added.get('judul')).toBe('2');
    expect((await values())?.slice(3)).toEqual([
      ['Gaya', 'C'],
      ['Energi', 'E'],
      ['2', '01'],
    ]);
    expect((await dump(google, spreadsheetId)).tabs[0]?.rowCount).toBe(sheet.rowCount);
  });

  it('saves and deletes a row', async () => {
    const [first, second] = await sheet.getRows();
    first?.set('fase', 'C');
    await first?.save();
    expect((await values())?.[1]).toEqual(['Pecahan', 'C']);
    await first?.delete();
    expect(second?.rowNumber).toBe(2);
    expect(await values()).toEqual([
      ['judul', 'fase'],
      ['Aljabar', 'D'],
    ]);
  });

  it('loads cells and saves those that were changed', async () => {
    await sheet.loadCells('A1:C3');
    expect(sheet.getCellByA1('A2').value).toBe('Pecahan');
    sheet.getCellByA1('C2').formula = '=A2&"?"';
    sheet.getCellByA1('C3').value = 7;
    await sheet.saveUpdatedCells();
    expect(sheet.getCellByA1('C2').value).toBe('Pecahan?');
    expect(sheet.getCellByA1('C3').value).toBe(7);
    expect((await values())?.map((row) => row[2])).toEqual([undefined, 'Pecahan?', '7']);
  });

  it('sets the header, clears rows, resizes, sorts and moves', async () => {
    await sheet.setHeaderRow(['judul', 'fase', 'kelas']);
    expect(sheet.headerValues).toEqual(['judul', 'fase', 'kelas']);
    await sheet.sortRange(
      { startRowIndex: 1, endRowIndex: 3, startColumnIndex: 0, endColumnIndex: 2 },
      [{ dimensionIndex: 0, sortOrder: 'ASCENDING' }],
    );
    expect((await values())?.[1]?.[0]).toBe('Aljabar');
    await sheet.appendDimension('ROWS', 2);
    await sheet.resize({ rowCount: 10, columnCount: 4 });
    expect(sheet).toMatchObject({ rowCount: 10, columnCount: 4 });
    await sheet.clearRows();
    expect(await values()).toEqual([['judul', 'fase', 'kelas']]);
    await sheet.clear();
    expect(await values()).toEqual([]);
  });

  it('adds, copies, renames and deletes tabs', async () => {
    const added = await doc.addSheet({ title: 'Baru', headerValues: ['a', 'b'] });
    await added.addRow({ a: '1', b: '2' });
    expect(await values(1)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
    await added.updateProperties({ title: 'Lain' });
    await sheet.duplicate({ title: 'Salinan' });
    await added.delete();
    await doc.updateProperties({ title: 'Buku' });
    expect(doc.title).toBe('Buku');
    expect((await dump(google, spreadsheetId)).tabs.map(({ title }) => title).sort()).toEqual([
      'Katalog 2026',
      'Salinan',
    ]);
  });
});
