import '../harness/stack/waitForN8n.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { dump, makeSpreadsheet } from '../harness/google/controls.ts';
import { startGoogle, type GoogleStandIn } from '../../google-standin/index.ts';
import { builtInSheets } from '../harness/nodes/engine/googleSheets.ts';

let google: GoogleStandIn;
let run: ReturnType<typeof builtInSheets>;
let spreadsheetId: string;

beforeAll(async () => {
  google = await startGoogle();
  run = builtInSheets(google);
}, 60_000);
afterAll(() => google.close());

const HEADER = ['ID', 'JUDUL', 'NILAI'];
beforeEach(async () => {
  const values = [HEADER, ['a', 'Pecahan', ''], ['b', 'Aljabar', '']];
  spreadsheetId = await makeSpreadsheet(google, [
    { title: 'Katalog 2026', values, rowCount: 4, columnCount: 4 },
    { title: 'Lain' },
  ]);
});

/** What n8n's node does, without an error. */
async function sheet(
  operation: string,
  more: INodeParameters,
  items: readonly IDataObject[] = [{}],
): Promise<IDataObject[]> {
  const where = {
    documentId: { __rl: true, mode: 'id', value: spreadsheetId },
    sheetName: { __rl: true, mode: 'name', value: 'Katalog 2026' },
  };
  const ran = await run({ operation, ...where, ...more }, items);
  expect(ran.error).toBeUndefined();
  return ran.items;
}

const mapped = (key?: string): INodeParameters => ({
  columns: {
    mappingMode: 'autoMapInputData',
    value: null,
    matchingColumns: key === undefined ? [] : [key],
    schema: HEADER.map((id) => ({ id, displayName: id, type: 'string', display: true })),
  },
});

const values = async () => (await dump(google, spreadsheetId)).tabs[0]?.values;

describe("n8n's Google Sheets node 4.7 in n8n's engine", () => {
  it('reads rows, all and by a filter', async () => {
    const rows = await sheet('read', {});
    expect(rows).toMatchObject([
      { row_number: 2, ID: 'a' },
      { row_number: 3, JUDUL: 'Aljabar' },
    ]);
    const filtersUI = { values: [{ lookupColumn: 'ID', lookupValue: 'b' }] };
    expect(await sheet('read', { filtersUI })).toMatchObject([{ row_number: 3, ID: 'b' }]);
  });

  it('appends more rows than the grid has, as a person would type them', async () => {
    const items = ['c', 'd', 'e'].map((ID, n) => ({ ID, JUDUL: `Materi ${n}`, NILAI: '=1+1' }));
    await sheet('append', mapped(), items);
    expect((await values())?.slice(3)).toEqual([
      ['c', 'Materi 0', '2'],
      ['d', 'Materi 1', '2'],
      ['e', 'Materi 2', '2'],
    ]);
  });

  it('appends with values.append, and adds a column for a field it does not know', async () => {
    await sheet('append', { ...mapped(), options: { useAppend: true } }, [{ ID: 'c', BARU: 5 }]);
    expect(await values()).toEqual([
      [...HEADER, 'BARU'],
      ['a', 'Pecahan'],
      ['b', 'Aljabar'],
      ['c', '', '', '5'],
    ]);
  });

  it('updates, and updates or appends, by a key', async () => {
    await sheet('update', mapped('ID'), [{ ID: 'b', NILAI: 9 }]);
    await sheet('appendOrUpdate', mapped('ID'), [
      { ID: 'a', JUDUL: 'Pecahan senilai' },
      { ID: 'z', JUDUL: 'Gaya' },
    ]);
    expect(await values()).toEqual([
      HEADER,
      ['a', 'Pecahan senilai'],
      ['b', 'Aljabar', '9'],
      ['z', 'Gaya'],
    ]);
  });

  it('deletes rows and columns, and clears', async () => {
    await sheet('delete', { toDelete: 'rows', startIndex: 2, numberToDelete: 1 });
    await sheet('delete', { toDelete: 'columns', startIndex: 'C', numberToDelete: 1 });
    expect(await values()).toEqual([
      ['ID', 'JUDUL'],
      ['b', 'Aljabar'],
    ]);
    await sheet('clear', { clear: 'specificRange', range: 'A2:B2' });
    expect(await values()).toEqual([['ID', 'JUDUL']]);
    await sheet('clear', { clear: 'wholeSheet' });
    expect(await values()).toEqual([]);
  });

  it('creates a tab and removes one', async () => {
    await sheet('create', { title: 'Baru', options: { tabColor: '0aa55c', hidden: false } });
    const lain = { sheetName: { __rl: true, mode: 'name', value: 'Lain' } };
    await sheet('remove', lain);
    const { tabs } = await dump(google, spreadsheetId);
    expect(tabs.map(({ title }) => title)).toEqual(['Katalog 2026', 'Baru']);
  });

  it('creates a spreadsheet, and writes into it', async () => {
    const sheetsUi = { sheetValues: [{ title: 'Katalog 2026' }] };
    const { error, items } = await run({
      resource: 'spreadsheet',
      operation: 'create',
      title: 'Buku baru',
      sheetsUi,
    });
    expect(error).toBeUndefined();
    spreadsheetId = items[0]?.['spreadsheetId'] as string;
    await sheet('append', mapped(), [{ ID: 'a', JUDUL: 'Pecahan' }]);
    expect(await values()).toEqual([
      ['ID', 'JUDUL'],
      ['a', 'Pecahan'],
    ]);
  });

  it('says what Google says of a sheet that is not shared', async () => {
    const tabs = [{ title: 'Katalog 2026' }];
    spreadsheetId = await makeSpreadsheet(google, tabs, { shared: false });
    const documentId = { __rl: true, mode: 'id', value: spreadsheetId };
    const sheetName = { __rl: true, mode: 'name', value: 'Katalog 2026' };
    const { error } = await run({ operation: 'read', documentId, sheetName });
    expect(JSON.stringify(error)).toContain('403');
  });
});
