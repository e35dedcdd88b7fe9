import { afterEach, describe, expect, it } from '@jest/globals';
import { openSheet, writeMaterials, type CatalogSheet } from '../../core/index.ts';
import { dump } from '../../local/google/test/controls.ts';
import { aHost, HEADER, startBench, TAB, typed, type Bench } from './bench.ts';

const ID = '01980000-0000-7000-8000-000000000001';
const OTHER = '01980000-0000-7000-8000-000000000002';

let bench: Bench;
afterEach(() => bench.stop());

const updateAkar = { operation: 'update', items: [{ id: OTHER, description: 'Baru' }] } as const;
const shownDescriptions = async () => {
  const { tabs } = await dump(bench.google, bench.spreadsheetId);
  return tabs.find(({ title }) => title === TAB)?.values.map((cells) => cells[2] ?? '');
};

describe('What is put back', () => {
  it.each([
    ['a text that begins with = stays a text', '=1+1', '=1+1'],
    ['a formula stays a formula', '', '2'],
  ])('%s', async (_, written, shown) => {
    bench = await startBench([
      HEADER,
      typed('Daun', { MATERIAL_ID: ID }),
      typed('Akar', { MATERIAL_ID: OTHER }),
    ]);
    if (written === '') await bench.person.types('C2', '=1+1');
    else {
      const items = [{ id: ID, description: written }];
      await writeMaterials(bench.open(), { operation: 'update', items }, aHost());
    }
    expect(await shownDescriptions()).toEqual(['MATERIAL_DESC', shown, '']);
    await writeMaterials(
      bench.open(() => bench.person.insertsRow(1)),
      updateAkar,
      aHost(),
    );
    expect(await shownDescriptions()).toEqual(['MATERIAL_DESC', '', shown, 'Baru']);
  });

  it('is put back also when another writer has come to another catalog of the spreadsheet', async () => {
    bench = await startBench([
      HEADER,
      typed('Daun', { MATERIAL_ID: ID, MATERIAL_DESC: 'Tentang daun' }),
      typed('Akar', { MATERIAL_ID: OTHER }),
    ]);
    const size = { rowCount: 50, columnCount: 20 };
    const tab = { sheetId: 99, title: 'Kelas 2', hidden: false, gridProperties: size };
    const range = { sheetId: 99, startRowIndex: 0, startColumnIndex: 0 };
    const cells = HEADER.map((stringValue) => ({ userEnteredValue: { stringValue } }));
    await bench.transport.write([
      { addSheet: { properties: tab } },
      {
        updateCells: {
          range: { ...range, endRowIndex: 1, endColumnIndex: HEADER.length },
          ...{ rows: [{ values: cells }], fields: 'userEnteredValue' },
        },
      },
    ]);
    const sheet = bench.open(() => bench.person.insertsRow(1));
    let isFirst = true;
    const overtaken: CatalogSheet = {
      ...sheet,
      write: async (plan, snapshot) => {
        await sheet.write(plan, snapshot);
        if (!isFirst) return;
        isFirst = false;
        const items = [{ title: 'Batang', subject: 'IPA' }];
        const other = openSheet(bench.transport, 'Kelas 2');
        await writeMaterials(other, { operation: 'create', items }, aHost());
      },
    };
    const [result] = await writeMaterials(overtaken, updateAkar, aHost());
    expect(result).toMatchObject({ kind: 'updated' });
    expect(await shownDescriptions()).toEqual(['MATERIAL_DESC', '', 'Tentang daun', 'Baru']);
    const [, second] = (await dump(bench.google, bench.spreadsheetId)).tabs;
    expect(second?.values[1]?.slice(0, 2)).toEqual(['IPA', 'Batang']);
  });
});
