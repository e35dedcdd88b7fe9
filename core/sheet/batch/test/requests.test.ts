import { describe, expect, it } from '@jest/globals';
import {
  columnLetters,
  type CellData,
  type GridRange,
  type SheetRequest,
} from '../../../google/sheets/index.ts';
import { aRow, HEADER, idOf } from '../../direct/test/rows.ts';
import {
  copiedRows,
  intentOf,
  JOURNAL_SHEET_ID,
  journalOf,
  type SheetState,
  type KnownHidden,
  type Plan,
} from '../../journal/index.ts';
import { CATALOG, change, idAt, snapshotOf } from '../../recovery/test/story.ts';
import { planBatch, planLabel, planRollback, type Changes } from '../plan.ts';
import { batchOf, fittingCells } from '../requests.ts';

const BATCH = '01980000-0000-7000-8000-0000000000ff';

/** A request in a few words. */
function short(request: SheetRequest): string {
  if ('addSheet' in request) {
    const { title, hidden, gridProperties: grid } = request.addSheet.properties;
    return `add tab ${title}, ${hidden ? 'hidden' : 'shown'}, ${grid.rowCount} x ${grid.columnCount}`;
  }
  if ('insertDimension' in request) {
    const { range, inheritFromBefore } = request.insertDimension;
    const like = inheritFromBefore ? '' : ', not like the one before';
    return `insert ${range.dimension} ${range.startIndex} to ${range.endIndex} in ${tab(range.sheetId)}${like}`;
  }
  if ('deleteNamedRange' in request) return `delete ${request.deleteNamedRange.namedRangeId}`;
  if ('addNamedRange' in request) {
    const { namedRangeId, name, range } = request.addNamedRange.namedRange;
    return `add ${namedRangeId} as ${name}: ${a1(range)}`;
  }
  if ('copyPaste' in request) {
    const { source, destination, pasteType } = request.copyPaste;
    return `copy ${a1(source)} to ${a1(destination)}, ${pasteType}`;
  }
  if ('updateCells' in request) {
    const { range, rows } = request.updateCells;
    if (rows === undefined) return `clear ${a1(range)}`;
    return `write ${a1(range)}: ${rows.map(({ values }) => values.map(entered).join(' | ')).join(' / ')}`;
  }
  return JSON.stringify(request);
}

function tab(sheetId: number): string {
  return sheetId === JOURNAL_SHEET_ID ? 'journal' : 'catalog';
}

function a1(range: GridRange): string {
  const from = `${columnLetters(range.startColumnIndex)}${range.startRowIndex + 1}`;
  const to = `${columnLetters(range.endColumnIndex - 1)}${range.endRowIndex}`;
  return `${tab(range.sheetId)} ${from}:${to}`;
}

function entered({ userEnteredValue: value = {} }: CellData): string {
  const { stringValue: text, formulaValue } = value;
  if (formulaValue !== undefined) return `formula ${formulaValue}`;
  return text?.startsWith('{') === true ? '{…}' : (text ?? '–');
}

/** A catalog of 30 rows and 13 columns whose last batch was number 7. */
function sheetStateOf({
  hidden = {},
  rows = 40,
  columns = 27,
}: { hidden?: KnownHidden; rows?: number; columns?: number } = {}): SheetState {
  const label = {
    version: 2 as const,
    number: 7,
    id: idOf(7),
    history: [idOf(6)],
    sheetId: 0,
    tab: 'Katalog',
    grid: { rows, columns },
    checksum: '',
    hidden,
  };
  return {
    ...snapshotOf(CATALOG),
    grid: { rows: 30, columns: 13 },
    journal: { grid: { rows, columns }, label, intent: null, images: new Map() },
  };
}

const planned = (changes: Partial<Changes>): Plan => {
  const whole = { cells: [], rows: [], nextRow: 4, metadataHeaders: [], ...changes };
  const plan = planBatch(BATCH, snapshotOf(CATALOG), whole);
  if (plan === null) throw new Error('There is nothing to write.');
  return plan;
};
const sent = (plan: Plan, sheetState = sheetStateOf()) =>
  batchOf(plan, sheetState).requests.map(short);
const copiesOf = (requests: readonly string[]) =>
  requests.filter((one) => one.startsWith('copy catalog'));

const DESCRIBES = planned({ cells: [change(2, 'description', 'Baru')] });

describe('The requests of a batch', () => {
  it('fence it, copy the rows that it may hit, write, and copy once more', () => {
    expect(sent(DESCRIBES)).toEqual([
      '{"updateSheetProperties":{"properties":{"sheetId":0,"title":"Katalog"},"fields":"title"}}',
      'delete materi-7',
      'add materi-8 as _materi_batch_8: journal A1:A1',
      'clear journal A1:M40',
      'clear journal AA1:AA40',
      'copy catalog A1:M2 to journal A1:M2, PASTE_FORMULA',
      'copy catalog A4:M20 to journal A4:M20, PASTE_FORMULA',
      'copy catalog A3:M3 to journal A3:M3, PASTE_FORMULA',
      'write catalog C3:C3: Baru',
      'clear journal N1:Z40',
      'copy journal A1:M2 to journal N2:Z3, PASTE_FORMULA',
      'copy journal A4:M20 to journal N5:Z21, PASTE_FORMULA',
      'copy journal A3:M3 to journal N4:Z4, PASTE_FORMULA',
      'write journal AA1:AA2: {…} / {…}',
    ]);
  });

  it('make the journal, with rows to spare', () => {
    const none: SheetState = {
      ...sheetStateOf(),
      journal: null,
      location: { ...sheetStateOf().location, journalTab: null, fence: [] },
    };
    const requests = sent(DESCRIBES, none);
    expect(requests.slice(1, 4)).toEqual([
      'add tab _materi, hidden, 1021 x 27',
      'add materi-8 as _materi_batch_8: journal A1:A1',
      'clear journal A1:M1021',
    ]);
    expect(requests.filter((one) => one.startsWith('delete'))).toEqual([]);
  });

  it('make the journal larger for a catalog that has grown', () => {
    const grown = { ...sheetStateOf({ rows: 10, columns: 21 }), grid: { rows: 30, columns: 13 } };
    expect(sent(DESCRIBES, grown).slice(1, 4)).toEqual([
      'insert ROWS 10 to 1021 in journal',
      'insert COLUMNS 10 to 13 in journal',
      'insert COLUMNS 24 to 27 in journal',
    ]);
  });

  it('leave a journal alone that is just large enough', () => {
    const exact = sheetStateOf({ rows: 21, columns: 27 });
    expect(sent(DESCRIBES, exact).filter((one) => one.startsWith('insert'))).toEqual([]);
    const less = sheetStateOf({ rows: 20, columns: 27 });
    expect(sent(DESCRIBES, less)[1]).toBe('insert ROWS 20 to 1021 in journal');
  });

  it('take every named range away that earlier batches have left', () => {
    const sheetState = sheetStateOf();
    const more = { ...sheetState, location: { ...sheetState.location, fence: [5, 7] } };
    expect(sent(DESCRIBES, more).slice(1, 3)).toEqual(['delete materi-5', 'delete materi-7']);
  });

  it('join neighbouring cells', () => {
    const plan = planned({
      cells: [
        change(1, 'description', 'a'),
        change(2, 'description', 'b'),
        change(2, 'type', 'c'),
        change(1, 'type', 'd'),
      ],
    });
    expect(sent(plan).filter((one) => one.startsWith('write catalog'))).toEqual([
      'write catalog C2:D3: a | d / b | c',
    ]);
  });

  it('write a text that begins with "=" as text', () => {
    const plan = planned({ cells: [change(2, 'description', '=A1')] });
    expect(sent(plan)).toContain('write catalog C3:C3: =A1');
  });

  it('insert new rows last', () => {
    const plan = planned({
      rows: [
        {
          materialId: idAt(4),
          fields: { title: 'Bunga', type: 'Video' },
          metadata: {},
          revisions: {},
        },
        { materialId: idAt(5), fields: { title: 'Biji' }, metadata: {}, revisions: {} },
      ],
    });
    expect(sent(plan).slice(-2)).toEqual([
      'insert ROWS 4 to 6 in catalog',
      'write catalog A5:D6: – | Bunga | – | Video / – | Biji | – | –',
    ]);
  });

  it('add columns for a header that goes beyond the tab', () => {
    const plan: Plan = {
      ...DESCRIBES,
      cells: DESCRIBES.cells.map((cell) => ({ ...cell, row: 0, column: 14, value: 'Baru' })),
    };
    const requests = sent(plan, sheetStateOf({ columns: 31 }));
    expect(requests.find((one) => one.startsWith('insert'))).toBe(
      'insert COLUMNS 13 to 15 in catalog',
    );
    expect(sent(plan)).toContain('insert COLUMNS 13 to 15 in journal');
  });

  it('of a label alone write only the journal', () => {
    const requests = sent(planLabel(BATCH, sheetStateOf()));
    expect(requests.filter((one) => one.startsWith('write'))).toEqual([
      'write journal AA1:AA2: {…} / {…}',
    ]);
  });
});

describe('The rows that a batch copies', () => {
  const rows = [
    HEADER,
    ...Array.from({ length: 400 }, (_, at) => aRow(`M${at}`, 'Lama', idOf(at + 1))),
  ];
  const large = (hidden: KnownHidden = {}): SheetState =>
    ({
      ...sheetStateOf({ hidden, rows: 500 }),
      rows,
      grid: { rows: 500, columns: 13 },
    }) as SheetState;
  const writing = (...at: readonly number[]) => {
    const cells = at.map((row) => change(row, 'description', 'Baru'));
    const whole = { cells, rows: [], nextRow: 401, metadataHeaders: [] };
    const plan = planBatch(BATCH, snapshotOf(rows), whole);
    if (plan === null) throw new Error('There is nothing to write.');
    return plan;
  };

  it('are copied one by one, as long as there are no more than 60', () => {
    expect(copiesOf(sent(writing(100, 101, 300), large()))).toEqual([
      'copy catalog A1:M20 to journal A1:M20, PASTE_FORMULA',
      'copy catalog A101:M101 to journal A101:M101, PASTE_FORMULA',
      'copy catalog A102:M102 to journal A102:M102, PASTE_FORMULA',
      'copy catalog A301:M301 to journal A301:M301, PASTE_FORMULA',
    ]);
    const many = Array.from({ length: 61 }, (_, at) => 100 + at);
    expect(copiesOf(sent(writing(...many.slice(1)), large()))).toHaveLength(61);
    expect(copiesOf(sent(writing(...many), large()))).toEqual([
      'copy catalog A1:M20 to journal A1:M20, PASTE_FORMULA',
      'copy catalog A101:M161 to journal A101:M161, PASTE_FORMULA',
    ]);
  });

  it('are copied one by one where Google skips hidden rows, however many they are', () => {
    const many = Array.from({ length: 61 }, (_, at) => 100 + at);
    expect(copiesOf(sent(writing(...many), large({ filter: 'skipped' })))).toHaveLength(62);
    expect(copiesOf(sent(writing(...many), large({ filter: 'copied' })))).toHaveLength(2);
  });

  it('are no more than 60 runs', () => {
    const scattered = Array.from({ length: 100 }, (_, at) => 30 + 3 * at);
    expect(copiesOf(sent(writing(...scattered), large())).length).toBeLessThanOrEqual(60);
  });

  it('are also those that it only copies', () => {
    const plan = { ...planLabel(BATCH, sheetStateOf()), copyOnly: [25] };
    expect(copiesOf(sent(plan))).toHaveLength(2);
  });

  it('fit into 500 requests', () => {
    const places = Array.from({ length: 400 }, (_, at) => ({
      ...writing(1).cells[0],
      row: at + 1,
      column: at % 2,
    }));
    const cells = places as Plan['cells'];
    expect(fittingCells(cells, large())).toHaveLength(360);
    expect(fittingCells(cells, large({ person: 'skipped' }))).toHaveLength(120);
    const column = writing(...Array.from({ length: 400 }, (_, at) => at + 1)).cells;
    // Each row is copied alone, twice.
    expect(fittingCells(column, large({ person: 'skipped' }))).toHaveLength(120);
    expect(
      fittingCells(writing(...Array.from({ length: 400 }, (_, at) => at + 1)).cells, large()),
    ).toHaveLength(400);
  });
});

describe('A rollback of many formulas', () => {
  const formula = (row: number, image: number): Plan['cells'][number] => ({
    row,
    column: 2,
    header: 'MATERIAL_DESC',
    key: '',
    expected: 'Baru',
    value: `=A${row}`,
    restores: {
      isText: false,
      copies: true,
      image: { row: image, column: 2 },
      materialId: null,
      title: '',
    },
    change: null,
  });

  it('copies formulas below each other at once', () => {
    const cells = [formula(3, 3), formula(1, 1), formula(2, 2), formula(9, 8), formula(10, 9)];
    const requests = sent({ ...DESCRIBES, cells, rollbacks: 1 });
    expect(requests.filter((one) => one.includes('to catalog'))).toEqual([
      'copy journal P3:P5 to catalog C2:C4, PASTE_FORMULA',
      'copy journal P10:P11 to catalog C10:C11, PASTE_FORMULA',
    ]);
  });
});

describe('What a batch asks its answer to show', () => {
  it('are the before-images and the rows right after it', () => {
    expect(batchOf(DESCRIBES, sheetStateOf()).show).toEqual(["'_materi'!A1:M20", "'Katalog'!1:20"]);
  });

  it('are new rows too, and the rows below them where they are then', () => {
    const plan = {
      ...planned({
        cells: [change(2, 'description', 'Baru')],
        rows: [{ materialId: idAt(4), fields: { title: 'Bunga' }, metadata: {}, revisions: {} }],
      }),
      copyOnly: [25],
    };
    expect(batchOf(plan, sheetStateOf()).show).toEqual([
      "'_materi'!A1:M20",
      "'_materi'!A26:M26",
      "'Katalog'!1:21",
      "'Katalog'!27:27",
    ]);
  });

  it('is in the journal by the name that people gave it', () => {
    const sheetState = sheetStateOf();
    const renamed = { ...sheetState, location: { ...sheetState.location, journalTab: 'Jurnal' } };
    expect(batchOf(DESCRIBES, renamed).show[0]).toBe("'Jurnal'!A1:M20");
  });
});

describe('The label of a batch', () => {
  it('names it, the batches before it and what is known of hidden rows', () => {
    const { label, intent } = batchOf(DESCRIBES, sheetStateOf({ hidden: { filter: 'copied' } }));
    expect(label).toEqual({
      version: 2,
      number: 8,
      id: BATCH,
      history: [idOf(7), idOf(6)],
      sheetId: 0,
      tab: 'Katalog',
      grid: { rows: 40, columns: 27 },
      checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
      hidden: { filter: 'copied' },
    });
    expect(intent).toEqual(intentOf(DESCRIBES, 30));
    expect(copiedRows(intent).size).toBe(20);
  });

  it('is read again from the journal', () => {
    const { label, requests } = batchOf(DESCRIBES, sheetStateOf());
    const written = requests.flatMap((request) =>
      'updateCells' in request && request.updateCells.range.startColumnIndex === 26
        ? (request.updateCells.rows ?? [])
        : [],
    );
    const column = written.map(({ values }) => values[0]?.userEnteredValue?.stringValue ?? '');
    const rows = column.map((text) => [...Array.from({ length: 26 }, () => ''), text]);
    expect(journalOf({ rows: 40, columns: 27 }, rows).label).toEqual(label);
  });
});

describe('A rollback', () => {
  const restoring = (value: string, restores: object) => {
    const cell = {
      row: 2,
      column: 2,
      header: '',
      key: '',
      expected: 'Baru',
      value,
      change: null,
      restores: { isText: false, copies: true, materialId: null, title: '', ...restores },
    };
    const last = {
      id: BATCH,
      cells: [],
      rows: [],
      kept: [],
      emptied: [],
      unplaced: [],
      rollbacks: 0,
      rollback: [cell],
      lines: [],
    };
    const plan = planRollback(BATCH, { ...sheetStateOf(), last });
    if (plan === null) throw new Error('There is nothing to restore.');
    return sent(plan).filter((one) => one.includes('catalog C3:C3'));
  };

  it('writes a text, and a formula as a formula', () => {
    expect(restoring('Lama', {})).toEqual(['write catalog C3:C3: Lama']);
    expect(restoring('=A1', {})).toEqual(['write catalog C3:C3: formula =A1']);
    expect(restoring('=A1', { isText: true })).toEqual(['write catalog C3:C3: =A1']);
  });

  it('copies a formula from the last batch’s second copy', () => {
    expect(restoring('=A1', { image: { row: 5, column: 3 } })).toEqual([
      'copy journal Q7:Q7 to catalog C3:C3, PASTE_FORMULA',
    ]);
  });
});
