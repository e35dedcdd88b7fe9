import { afterEach, describe, expect, it } from '@jest/globals';
import { batchOf, openSheet, writeMaterials, type CatalogSheet } from '../../core/index.ts';
import { dump, protect } from '../harness/google/controls.ts';
import { aHost, HEADER, startHarness, TAB, typed, type Harness } from '../harness/direct.ts';

const ID = '01980000-0000-7000-8000-000000000001';
const OTHER = '01980000-0000-7000-8000-000000000002';

let harness: Harness;
afterEach(() => harness.stop());

const updateAkar = { operation: 'update', items: [{ id: OTHER, description: 'Baru' }] } as const;
const shownDescriptions = async () => {
  const { tabs } = await dump(harness.google, harness.spreadsheetId);
  return tabs.find(({ title }) => title === TAB)?.values.map((cells) => cells[2] ?? '');
};

describe('A rollback', () => {
  it.each([
    ['restores a text that begins with "=" as a text', '=1+1', '=1+1'],
    ['restores a formula as a formula', '', '2'],
  ])('%s', async (_, written, shown) => {
    harness = await startHarness([
      HEADER,
      typed('Daun', { MATERIAL_ID: ID }),
      typed('Akar', { MATERIAL_ID: OTHER }),
    ]);
    if (written === '') await harness.person.types('C2', '=1+1');
    else {
      const items = [{ id: ID, description: written }];
      await writeMaterials(harness.open(), { operation: 'update', items }, aHost());
    }
    expect(await shownDescriptions()).toEqual(['MATERIAL_DESC', shown, '']);
    await writeMaterials(
      harness.open(() => harness.person.insertsRow(1)),
      updateAkar,
      aHost(),
    );
    expect(await shownDescriptions()).toEqual(['MATERIAL_DESC', '', shown, 'Baru']);
  });

  it('that Google refuses is given up: the output has the text, and the item is written', async () => {
    harness = await startHarness([
      HEADER,
      typed('Daun', { MATERIAL_ID: ID }),
      typed('Akar', { MATERIAL_ID: OTHER }),
    ]);
    const paste = async () => {
      await harness.person.insertsRow(2);
      await harness.person.types('B3', 'Batang');
      await harness.person.types('C3', 'Tentang batang');
    };
    const protects = () => protect(harness.google, harness.spreadsheetId, { tab: TAB, a1: 'C3' });
    const answer = await writeMaterials(harness.open(paste, protects), updateAkar, aHost());
    expect(JSON.stringify(answer)).toContain('Tentang batang');
    expect(await shownDescriptions()).toEqual(['MATERIAL_DESC', '', 'Baru', 'Baru']);
  });

  it('restores a row also if another writer wrote to another tab of the spreadsheet meanwhile', async () => {
    harness = await startHarness([
      HEADER,
      typed('Daun', { MATERIAL_ID: ID, MATERIAL_DESC: 'Tentang daun' }),
      typed('Akar', { MATERIAL_ID: OTHER }),
    ]);
    const size = { rowCount: 50, columnCount: 20 };
    const tab = { sheetId: 99, title: 'Kelas 2', hidden: false, gridProperties: size };
    const range = { sheetId: 99, startRowIndex: 0, startColumnIndex: 0 };
    const cells = HEADER.map((stringValue) => ({ userEnteredValue: { stringValue } }));
    await harness.transport.write(
      [
        { addSheet: { properties: tab } },
        {
          updateCells: {
            range: { ...range, endRowIndex: 1, endColumnIndex: HEADER.length },
            rows: [{ values: cells }],
            fields: 'userEnteredValue',
          },
        },
      ],
      [],
    );
    const overtaken = harness.open(
      () => harness.person.insertsRow(1),
      () => {
        const items = [{ title: 'Batang', subject: 'IPA' }];
        const other = openSheet(harness.transport, 'Kelas 2');
        return writeMaterials(other, { operation: 'create', items }, aHost());
      },
    );
    const [result] = await writeMaterials(overtaken, updateAkar, aHost());
    expect(result).toMatchObject({ kind: 'updated' });
    expect(await shownDescriptions()).toEqual(['MATERIAL_DESC', '', 'Tentang daun', 'Baru']);
    const [, second] = (await dump(harness.google, harness.spreadsheetId)).tabs;
    expect(second?.values[1]?.slice(0, 2)).toEqual(['IPA', 'Batang']);
  });

  it("stays within Google's limit of a request where short values overwrote the longest texts", async () => {
    const long = (row: number) => `${row} ${'x'.repeat(49_000)}`;
    const ids = Array.from(
      { length: 220 },
      (_, row) => `01980000-0000-7000-8000-${String(row).padStart(12, '0')}`,
    );
    harness = await startHarness([HEADER]);
    const { sheetId } = (await harness.transport.describe()).tabs[0] ?? { sheetId: 0 };
    for (let first = 0; first < ids.length; first += 55) {
      const rows = ids.slice(first, first + 55).map((id, at) => {
        const texts = typed(`Materi ${first + at}`, {
          MATERIAL_ID: id,
          MATERIAL_DESC: long(first + at),
        });
        return { values: texts.map((stringValue) => ({ userEnteredValue: { stringValue } })) };
      });
      const range = {
        sheetId,
        startRowIndex: 1 + first,
        endRowIndex: 1 + first + rows.length,
        startColumnIndex: 0,
        endColumnIndex: HEADER.length,
      };
      await harness.transport.write(
        [{ updateCells: { range, rows, fields: 'userEnteredValue' } }],
        [],
      );
    }
    const sheet = harness.open(() => harness.person.insertsColumn(0));
    const sent: number[] = [];
    const measured: CatalogSheet = {
      ...sheet,
      write: (plan, snapshot) => {
        sent.push(JSON.stringify(batchOf(plan, snapshot).requests).length);
        return sheet.write(plan, snapshot);
      },
    };
    const items = ids.map((id) => ({ id, type: 'Modul' }));
    const results = await writeMaterials(measured, { operation: 'update', items }, aHost());
    expect(new Set(results.map(({ kind }) => kind))).toEqual(new Set(['updated']));
    expect(Math.max(...sent)).toBeLessThan(10_000_000);
    expect(await harness.column('MATERIAL_DESC')).toEqual(ids.map((_, row) => long(row)));
    expect(new Set(await harness.column('MATERIAL_TYPE'))).toEqual(new Set(['Modul']));
  }, 60_000);
});
