import { beforeEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod/v4-mini';
import { sheetsInMemory, type SheetsInMemory, type SomeUnknowns } from '../../memory.ts';

const values = [
  ['JUDUL', 'JENJANG', 'TEMA'],
  ['Pecahan', '4', 'Angka'],
  ['Energi', '5', 'Alam'],
  ['Puisi', '4', 'Bahasa'],
  ['Gaya', '6', 'Alam'],
];

let sheet: SheetsInMemory;
const open = (unknowns: SomeUnknowns = {}) => {
  sheet = sheetsInMemory({
    tabs: [
      { title: 'Katalog', values, rowCount: 8, columnCount: 5 },
      { title: 'Lain', rowCount: 8, columnCount: 5 },
    ],
    unknowns,
  });
};
beforeEach(() => open());

const area = (
  startRowIndex: number,
  endRowIndex: number,
  startColumnIndex = 0,
  endColumnIndex = 3,
  sheetId = 0,
) => ({ sheetId, startRowIndex, endRowIndex, startColumnIndex, endColumnIndex });
const rows = (startIndex: number, endIndex: number) => ({
  sheetId: 0,
  dimension: 'ROWS',
  startIndex,
  endIndex,
});
const text = (row: number, column: number, stringValue: string) => ({
  updateCells: {
    range: area(row, row + 1, column, column + 1),
    rows: [{ values: [{ userEnteredValue: { stringValue } }] }],
    fields: 'userEnteredValue',
  },
});
const batch = (...requests: object[]) => sheet.batchUpdate({ requests });
const hideTheme = (value: string) => ({
  setBasicFilter: {
    filter: { range: area(0, 5), criteria: { 2: { hiddenValues: [value] } } },
  },
});
const copy = (from: object, to: object, pasteType = 'PASTE_FORMULA') => ({
  copyPaste: { source: from, destination: to, pasteType },
});

const shownSchema = z.object({
  sheets: z.array(
    z.looseObject({
      data: z.optional(
        z.array(
          z.looseObject({
            rowMetadata: z.optional(z.array(z.looseObject({}))),
            rowData: z.optional(z.array(z.looseObject({}))),
          }),
        ),
      ),
    }),
  ),
});
const look = (fields: string) =>
  z.parse(shownSchema, sheet.get({ fields: `sheets(${fields})` })).sheets;
const first = (fields: string) => look(fields)[0];
const metadata = () => first('data.rowMetadata')?.data?.[0]?.rowMetadata ?? [];
const hidden = (by: 'hiddenByFilter' | 'hiddenByUser') =>
  metadata().flatMap((line, index) => (line[by] ? [index] : []));
const column = (tab: string, index: number) => sheet.entered(tab).map((row) => row[index] ?? '');

describe('a basic filter', () => {
  it('hides rows by value, never its header, and shows them all when it is cleared', () => {
    batch(hideTheme('Alam'));
    expect(hidden('hiddenByFilter')).toEqual([2, 4]);
    batch({ clearBasicFilter: { sheetId: 0 } });
    expect(hidden('hiddenByFilter')).toEqual([]);
  });

  it('is answered with both forms of its criteria and with the ends of its range', () => {
    const range = { sheetId: 0 };
    batch({ setBasicFilter: { filter: { range, criteria: { 2: { hiddenValues: ['Alam'] } } } } });
    expect(first('basicFilter')).toEqual({
      basicFilter: {
        range: { startRowIndex: 0, endRowIndex: 8, startColumnIndex: 0, endColumnIndex: 5 },
        criteria: { 2: { hiddenValues: ['Alam'] } },
        filterSpecs: [{ columnIndex: 2, filterCriteria: { hiddenValues: ['Alam'] } }],
      },
    });
  });

  it.each([
    ['TEXT_CONTAINS', 'LA', [1, 3]],
    ['TEXT_EQ', 'angka', [2, 3, 4]],
    ['TEXT_NOT_CONTAINS', 'la', [2, 4]],
    ['TEXT_STARTS_WITH', 'b', [1, 2, 4]],
    ['TEXT_ENDS_WITH', 'm', [1, 3]],
  ])('shows only what a condition holds for: %s %s', (type, userEnteredValue, expected) => {
    const condition = { type, values: [{ userEnteredValue }] };
    const filterSpecs = [{ columnIndex: 2, filterCriteria: { condition } }];
    batch({ setBasicFilter: { filter: { range: area(0, 5), filterSpecs } } });
    expect(hidden('hiddenByFilter')).toEqual(expected);
  });

  it.each([
    ['BLANK', [1, 3, 4]],
    ['NOT_BLANK', [2]],
  ])('tells blank cells from others: %s', (type, expected) => {
    const filterSpecs = [{ columnIndex: 2, filterCriteria: { condition: { type } } }];
    batch(
      { updateCells: { range: area(2, 3, 2, 3), fields: 'userEnteredValue' } },
      { setBasicFilter: { filter: { range: area(0, 5), filterSpecs } } },
    );
    expect(hidden('hiddenByFilter')).toEqual(expected);
  });

  it('goes along when rows and columns are inserted, moved and deleted', () => {
    batch(
      hideTheme('Alam'),
      { insertDimension: { range: rows(1, 2) } },
      { moveDimension: { source: { ...rows(0, 1), dimension: 'COLUMNS' }, destinationIndex: 3 } },
    );
    expect(hidden('hiddenByFilter')).toEqual([3, 5]);
    expect(first('basicFilter')).toMatchObject({
      basicFilter: { range: { endRowIndex: 6 }, filterSpecs: [{ columnIndex: 1 }] },
    });
    batch({ deleteDimension: { range: rows(3, 4) } });
    expect(hidden('hiddenByFilter')).toEqual([4]);
  });

  it.each([
    ['shown', []],
    ['hidden', [2]],
  ] as const)(
    'keeps a row that is inserted in its range %s, as the switch says',
    (is, expected) => {
      open({ rowInsertedInFilter: is });
      batch(hideTheme('Baru'));
      batch({ insertDimension: { range: rows(2, 3) } }, text(2, 2, 'Baru'));
      expect(hidden('hiddenByFilter')).toEqual(expected);
    },
  );

  it.each([
    ['skipped', ['TEMA', 'Angka', 'Bahasa']],
    ['copied', ['TEMA', 'Angka', 'Alam', 'Bahasa', 'Alam']],
  ] as const)('lets copyPaste have its hidden rows %s, as the switch says', (is, expected) => {
    open({ copyOfFilteredRows: is });
    batch(hideTheme('Alam'), copy(area(0, 5), area(0, 5, 0, 3, 1)));
    expect(column('Lain', 2)).toEqual(expected);
  });

  it('copies nothing of a row alone that is hidden and skipped', () => {
    batch(hideTheme('Alam'), copy(area(2, 3), area(0, 1, 0, 3, 1)));
    expect(sheet.entered('Lain')).toEqual([]);
  });

  it.each([
    ['written', 'Baru'],
    ['skipped', 'Energi'],
  ] as const)('has its hidden rows %s by updateCells, as the switch says', (is, expected) => {
    open({ writeToFilteredRows: is });
    batch(hideTheme('Alam'), text(2, 0, 'Baru'));
    expect(column('Katalog', 0)[2]).toBe(expected);
  });

  it.each([
    [
      'a condition that it cannot tell',
      { condition: { type: 'CUSTOM_FORMULA' } },
      /CUSTOM_FORMULA/,
    ],
    [
      'a formula',
      { condition: { type: 'TEXT_EQ', values: [{ userEnteredValue: '=A1' }] } },
      /formula/,
    ],
  ])('answers 501 for %s', (_, filterCriteria, message) => {
    const filterSpecs = [{ columnIndex: 2, filterCriteria }];
    expect(() => batch({ setBasicFilter: { filter: { range: area(0, 5), filterSpecs } } })).toThrow(
      message,
    );
  });
});

describe('filter views and slicers', () => {
  it('are kept and answered, hide nothing, and go when they are deleted', () => {
    batch(
      {
        addFilterView: {
          filter: { filterViewId: 7, title: 'Kelas 4', range: area(0, 5), criteria: {} },
        },
      },
      { addSlicer: { slicer: { slicerId: 8, spec: { dataRange: area(0, 5), title: 'Tema' } } } },
      { insertDimension: { range: rows(1, 2) } },
    );
    const range = { startRowIndex: 0, endRowIndex: 6, startColumnIndex: 0, endColumnIndex: 3 };
    expect(first('filterViews,slicers')).toEqual({
      filterViews: [{ filterViewId: 7, title: 'Kelas 4', range }],
      slicers: [{ slicerId: 8, spec: { dataRange: range, title: 'Tema' }, position: {} }],
    });
    expect(hidden('hiddenByFilter')).toEqual([]);
    batch({ deleteFilterView: { filterId: 7 } }, { deleteEmbeddedObject: { objectId: 8 } });
    expect(first('filterViews,slicers')).toEqual({});
    expect(() => batch({ deleteFilterView: { filterId: 7 } })).toThrow(/No filter view/);
  });
});

describe('hidden rows and groups', () => {
  const hide = (start: number, end: number) => ({
    updateDimensionProperties: {
      range: rows(start, end),
      properties: { hiddenByUser: true },
      fields: 'hiddenByUser',
    },
  });

  it('tells rows that a person hid, with their height, wherever they move', () => {
    batch(hide(1, 3), {
      updateDimensionProperties: {
        range: rows(1, 2),
        properties: { pixelSize: 40 },
        fields: 'pixelSize',
      },
    });
    batch({ moveDimension: { source: rows(1, 2), destinationIndex: 5 } });
    expect(hidden('hiddenByUser')).toEqual([1, 4]);
    expect(metadata()[4]).toEqual({ hiddenByUser: true, pixelSize: 40 });
    expect(metadata()[0]).toEqual({ pixelSize: 21 });
  });

  it.each([
    ['copied', ['Angka', 'Alam', 'Bahasa']],
    ['skipped', ['Bahasa']],
  ] as const)('are %s by copyPaste, as the switch says', (is, expected) => {
    open({ copyOfHiddenRows: is });
    batch(hide(1, 3), copy(area(1, 4), area(0, 1, 0, 3, 1)));
    expect(column('Lain', 2)).toEqual(expected);
  });

  it.each([
    ['shown', [2]],
    ['hidden', [2, 3]],
  ] as const)('leave a row that is inserted after one %s, as the switch says', (is, expected) => {
    open({ rowInsertedAtHiddenRow: is });
    batch(hide(2, 3), { insertDimension: { range: rows(3, 4), inheritFromBefore: true } });
    expect(hidden('hiddenByUser')).toEqual(expected);
  });

  it('are nested as Google documents it, and a collapsed group hides its rows', () => {
    const group = (depth: number, startIndex: number, endIndex: number) => ({
      range: { dimension: 'ROWS', startIndex, endIndex },
      depth,
    });
    const replies = batch(
      { addDimensionGroup: { range: rows(1, 4) } },
      { addDimensionGroup: { range: rows(2, 5) } },
    );
    expect(replies).toMatchObject({
      replies: [
        { addDimensionGroup: { dimensionGroups: [group(1, 1, 4)] } },
        { addDimensionGroup: { dimensionGroups: [group(1, 1, 5), group(2, 2, 4)] } },
      ],
    });
    batch({
      updateDimensionGroup: {
        dimensionGroup: { range: rows(2, 4), depth: 2, collapsed: true },
        fields: 'collapsed',
      },
    });
    expect(hidden('hiddenByUser')).toEqual([2, 3]);
    expect(first('rowGroups')).toEqual({
      rowGroups: [group(1, 1, 5), { ...group(2, 2, 4), collapsed: true }],
    });
    batch({ deleteDimensionGroup: { range: rows(3, 5) } });
    expect(first('rowGroups')).toEqual({
      rowGroups: [group(1, 1, 4), { ...group(2, 2, 3), collapsed: true }],
    });
  });

  it('answers the controls of groups as Google records them', () => {
    batch({ addDimensionGroup: { range: rows(0, 2) } });
    expect(first('properties.gridProperties.rowGroupControlAfter')).toEqual({
      properties: { gridProperties: { rowGroupControlAfter: true } },
    });
  });
});

describe('merged cells', () => {
  const merge = (range: object, mergeType = 'MERGE_ALL') => ({ mergeCells: { range, mergeType } });
  const merges = () => first('merges');

  it.each([
    ['MERGE_ALL', [{ startRowIndex: 1, endRowIndex: 3, startColumnIndex: 0, endColumnIndex: 2 }]],
    ['MERGE_ROWS', [{ endRowIndex: 2 }, { startRowIndex: 2 }]],
    ['MERGE_COLUMNS', [{ endColumnIndex: 1 }, { startColumnIndex: 1 }]],
  ])('keep the value of their first cell: %s', (mergeType, expected) => {
    batch(merge(area(1, 3, 0, 2), mergeType));
    expect(merges()).toMatchObject({ merges: expected });
    expect(column('Katalog', 0)[1]).toBe('Pecahan');
    expect(column('Katalog', 1)[2]).toBe('');
  });

  it('are replaced by a merge around them, and by no merge that cuts them', () => {
    batch(merge(area(1, 3, 0, 2), 'MERGE_ROWS'), merge(area(1, 3, 0, 2)));
    expect(merges()).toMatchObject({ merges: [{ startRowIndex: 1, endRowIndex: 3 }] });
    for (const cut of [merge(area(2, 4, 0, 2)), { unmergeCells: { range: area(1, 2, 0, 2) } }]) {
      expect(() => batch(cut)).toThrow('You must select all cells in a merged range');
    }
    batch({ unmergeCells: { range: area(0, 8, 0, 5) } });
    expect(merges()).toEqual({});
  });

  it('go along with inserted rows, widen around one, and end with the last but one', () => {
    batch(merge(area(2, 4, 0, 1)), { insertDimension: { range: rows(3, 4) } });
    expect(merges()).toMatchObject({ merges: [{ startRowIndex: 2, endRowIndex: 5 }] });
    batch({ insertDimension: { range: rows(0, 1) } });
    expect(merges()).toMatchObject({ merges: [{ startRowIndex: 3, endRowIndex: 6 }] });
    batch({ deleteDimension: { range: rows(3, 5) } });
    expect(merges()).toEqual({});
  });

  it('are neither sorted nor cut by a move', () => {
    batch(merge(area(1, 3, 0, 1)));
    const sort = { sortRange: { range: area(1, 5), sortSpecs: [{ dimensionIndex: 1 }] } };
    expect(() => batch(sort)).toThrow(/merged/);
    const move = { moveDimension: { source: rows(2, 3), destinationIndex: 5 } };
    expect(() => batch(move)).toThrow(/merged/);
    batch({ moveDimension: { source: rows(1, 3), destinationIndex: 5 } });
    expect(merges()).toMatchObject({ merges: [{ startRowIndex: 3, endRowIndex: 5 }] });
  });

  it.each([
    ['lost', '', ''],
    ['kept', 'Baru', 'Baru'],
    ['unseen', '', 'Baru'],
  ] as const)('have a value written to a covered cell %s, as the switch says', (is, now, after) => {
    open({ writeToCoveredCell: is });
    batch(merge(area(1, 3, 0, 2)));
    batch(text(2, 1, 'Baru'));
    expect(column('Katalog', 1)[2]).toBe(now);
    batch({ unmergeCells: { range: area(1, 3, 0, 2) } });
    expect(column('Katalog', 1)[2]).toBe(after);
  });

  it('are pasted with PASTE_NORMAL and not with PASTE_FORMULA', () => {
    batch(merge(area(1, 3, 0, 2)), copy(area(1, 3), area(0, 2, 0, 3, 1)));
    expect(look('merges')[1]).toEqual({});
    batch(copy(area(1, 3), area(0, 2, 0, 3, 1), 'PASTE_NORMAL'));
    expect(look('merges')[1]).toMatchObject({ merges: [{ startRowIndex: 0, endRowIndex: 2 }] });
  });
});

describe('array formulas', () => {
  const values_ = (render: string) =>
    z.parse(
      z.object({ valueRanges: z.tuple([z.object({ values: z.optional(z.array(z.unknown())) })]) }),
      sheet.batchGet({ ranges: ['Lain'], valueRenderOption: render }),
    ).valueRanges[0].values;

  it.each([
    [
      '={1,2;3,4}',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['=ARRAYFORMULA(Katalog!A2:A3&"!")', [['Pecahan!'], ['Energi!']]],
    ['=ARRAYFORMULA(IF(Katalog!B2:B3="4","ya","tidak"))', [['ya'], ['tidak']]],
  ])('show values in empty cells: %s', (formula, expected) => {
    sheet.edit('Lain', 'A1', formula);
    expect(values_('UNFORMATTED_VALUE')).toEqual(expected);
  });

  it('show #REF! when a value is written where they show one, until it is cleared', () => {
    sheet.edit('Lain', 'A1', '={1;2}');
    sheet.edit('Lain', 'A2', 'halo');
    expect(values_('UNFORMATTED_VALUE')).toEqual([['#REF!'], ['halo']]);
    sheet.edit('Lain', 'A2', '');
    expect(values_('UNFORMATTED_VALUE')).toEqual([[1], [2]]);
  });

  it.each([
    ['value', [['={1;2}'], [2]]],
    ['nothing', [['={1;2}']]],
  ] as const)('read with FORMULA give %s in other cells, as the switch says', (is, expected) => {
    open({ formulaReadOfSpilledCell: is });
    sheet.edit('Lain', 'A1', '={1;2}');
    expect(values_('FORMULA')).toEqual(expected);
  });

  it('have an effective value and no entered one in other cells', () => {
    sheet.edit('Lain', 'A1', '={1;2}');
    const rowData = look('data.rowData.values(userEnteredValue,effectiveValue)')[1]?.data?.[0];
    expect(rowData?.rowData?.[1]).toEqual({ values: [{ effectiveValue: { numberValue: 2 } }] });
  });

  it.each(['=SORT(A1:A3)', '=SUM({1,2})', '=ARRAYFORMULA(UPPER(A1:A2))'])(
    'answer 501 when they are others: %s',
    (formula) => {
      expect(() => sheet.edit('Lain', 'B1', formula)).toThrow(/array formula/);
      sheet.edit('Lain', 'B1', '="{SORT(1)}"');
      expect(values_('UNFORMATTED_VALUE')).toEqual([['', '{SORT(1)}']]);
    },
  );
});

describe('where nobody knows Google', () => {
  const ends = { refused: /grid/, clipped: null } as const;
  it.each(['refused', 'clipped'] as const)('a range beyond the grid is %s', (is) => {
    open({ rangeBeyondGrid: is });
    const beyond = [
      copy(area(4, 12), area(6, 14)),
      { updateCells: { range: area(7, 9), rows: [{ values: [] }], fields: 'userEnteredValue' } },
      { updateCells: { range: area(9, 10), fields: 'userEnteredValue' } },
    ];
    for (const request of beyond) {
      const message = ends[is];
      if (message) expect(() => batch(request)).toThrow(message);
      else expect(batch(request)).toMatchObject({ replies: [{}] });
    }
    expect(column('Katalog', 0)[6] ?? '').toBe(is === 'clipped' ? 'Gaya' : '');
  });

  it('a range to sort that ends beyond the grid is clipped (recorded)', () => {
    batch({ sortRange: { range: area(1, 20), sortSpecs: [{ dimensionIndex: 0 }] } });
    expect(column('Katalog', 0)).toEqual(['JUDUL', 'Energi', 'Gaya', 'Pecahan', 'Puisi']);
  });

  it.each([
    ['clear', ''],
    ['keep', 'Angka'],
  ] as const)('blank cells of a PASTE_FORMULA %s their destination', (is, expected) => {
    open({ pasteOfBlankCells: is });
    batch(copy(area(5, 6), area(1, 2)));
    expect(column('Katalog', 2)[1] ?? '').toBe(expected);
  });

  it.each(['refused', 'clipped'] as const)('a response range beyond the grid is %s', (is) => {
    open({ responseRangeBeyondGrid: is });
    const body = {
      requests: [text(1, 0, 'Baru')],
      includeSpreadsheetInResponse: true,
      responseRanges: ['Katalog!A20:B30'],
    };
    if (is === 'refused') expect(() => sheet.batchUpdate(body)).toThrow(/exceeds grid limits/);
    else expect(sheet.batchUpdate(body)).toHaveProperty('updatedSpreadsheet');
    expect(column('Katalog', 0)[1]).toBe(is === 'refused' ? 'Pecahan' : 'Baru');
  });

  const named = (name: string) => ({
    addNamedRange: { namedRange: { namedRangeId: name, name, range: area(0, 1, 0, 1, 1) } },
  });

  it.each([
    ['taken', /already exists/],
    ['free', null],
  ] as const)("a removed tab's named range is %s", (is, refusal) => {
    open({ namedRangeOfRemovedTab: is });
    batch(named('pagar'));
    batch({ deleteSheet: { sheetId: 1 } });
    const again = () => batch({ addSheet: { properties: { sheetId: 1 } } }, named('pagar'));
    if (refusal) expect(again).toThrow(refusal);
    else expect(again()).toHaveProperty('replies');
  });

  it.each([
    ['restored', []],
    ['current', ['pagar']],
  ] as const)('the named ranges after a version is restored are %s', (is, expected) => {
    open({ namedRangesOfRestoredVersion: is });
    const [{ version } = { version: 0 }] = sheet.versions.list();
    batch(named('pagar'));
    sheet.versions.restore(version);
    const ranges = z.parse(
      z.object({ namedRanges: z.optional(z.array(z.looseObject({ name: z.string() }))) }),
      sheet.get({ fields: 'namedRanges' }),
    );
    expect((ranges.namedRanges ?? []).map(({ name }) => name)).toEqual(expected);
  });

  it('a switch can be set later, and the others keep their values', () => {
    open({ rangeBeyondGrid: 'clipped' });
    sheet.setUnknowns({ copyOfFilteredRows: 'copied' });
    expect(sheet.unknowns).toMatchObject({
      rangeBeyondGrid: 'clipped',
      copyOfFilteredRows: 'copied',
      copyOfHiddenRows: 'copied',
    });
  });
});
