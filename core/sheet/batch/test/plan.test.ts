import { describe, expect, it } from '@jest/globals';
import { FIELDS } from '../../../material/index.ts';
import { aRow, HEADER, idOf, TAB } from '../../direct/test/rows.ts';
import {
  lineOf,
  type SheetState,
  type LastBatch,
  type Plan,
  type Snapshot,
} from '../../journal/index.ts';
import { CATALOG, change, DESCRIPTION, ID, idAt, snapshotOf } from '../../recovery/test/story.ts';
import {
  planBatch,
  newTitles,
  planTitles,
  planLabel,
  planRollback,
  type Changes,
  type RowChange,
} from '../plan.ts';

const BATCH = '01980000-0000-7000-8000-0000000000ff';
const NONE: Changes = { cells: [], rows: [], nextRow: 4, metadataHeaders: [] };

const plan = (changes: Partial<Changes>, snapshot: Snapshot = snapshotOf(CATALOG)) =>
  planBatch(BATCH, snapshot, { ...NONE, ...changes });
const cellsOf = (planned: Plan | null) =>
  planned?.cells.map(({ row, column, value }) => [row, column, value]);

const newRow = (more: Partial<RowChange> = {}): RowChange => ({
  materialId: idAt(4),
  fields: { title: 'Bunga', id: idAt(4) },
  metadata: {},
  revisions: { title: 3 },
  ...more,
});

describe('A plan', () => {
  it('has everything that must still be true when it is written', () => {
    expect(plan({ cells: [change(2, 'description', 'Baru')] })).toEqual({
      version: 2,
      id: BATCH,
      number: 8,
      makesJournal: false,
      headerRow: 0,
      header: HEADER,
      keyColumns: {
        id: 8,
        subject: 0,
        title: 1,
        description: 2,
        type: 3,
        level: 4,
        theme: 5,
        subtheme: 6,
      },
      cells: [
        {
          row: 2,
          column: DESCRIPTION,
          header: 'MATERIAL_DESC',
          key: idOf(2),
          expected: 'Tentang akar',
          value: 'Baru',
          change: { materialId: idOf(2), field: 'description', revision: 1 },
        },
      ],
      rows: [],
      insertAt: 4,
      copyOnly: [],
      rollbacks: 0,
      lines: [],
      unplaced: [],
    });
  });

  it('is null if there is nothing to write', () => {
    expect(plan({})).toBeNull();
    expect(plan({ cells: [change(2, 'metadata.Tidak ada', 'Baru')] })).toBeNull();
  });

  it('is there with nothing to write if it is to close an earlier batch, or to copy rows', () => {
    expect(plan({ isClosing: true })).toMatchObject({ cells: [], rows: [] });
    expect(plan({ copyOnly: [2] })).toMatchObject({ cells: [], copyOnly: [2] });
    const cells = [change(2, 'description', 'Baru')];
    expect(plan({ cells, copyOnly: [1] })).toMatchObject({ copyOnly: [1] });
  });

  it('has as many cells as fit: their JSON, and 100 characters for each', () => {
    const count = 6_000;
    const rows = [
      HEADER,
      ...Array.from({ length: count }, (_, at) => aRow('A', 'B', idOf(at + 1))),
    ];
    const value = 'a'.repeat(60);
    const all = Array.from({ length: count }, (_, at) => change(at + 1, 'description', value));
    const cells = plan({ cells: all }, snapshotOf(rows))?.cells ?? [];
    const characters = cells.map((cell) => JSON.stringify(cell).length + 100);
    const sum = characters.reduce((total, one) => total + one, 0);
    expect(sum).toBeLessThanOrEqual(1_500_000);
    expect(sum + (characters.at(-1) ?? 0)).toBeGreaterThan(1_500_000);
  });

  it('writes no cell that holds a formula', () => {
    const rows = CATALOG.with(2, aRow('Akar', '=A1', idOf(2)));
    const changes = [change(2, 'description', 'Baru'), change(2, 'theme', 'Tanah')];
    expect(cellsOf(plan({ cells: changes }, snapshotOf(rows)))).toEqual([[2, 5, 'Tanah']]);
  });

  it.each([
    ['', 1],
    ['2026-11-26T01:02:03.004Z', 1],
    ['kemarin', 0],
    ['2026-11-26T01:02:03.004Z!', 0],
    ['!2026-11-26T01:02:03.004Z', 0],
  ])('with a time replaces %j: %i', (text, count) => {
    const rows = CATALOG.with(2, [...(CATALOG[2] ?? []).slice(0, 12), text]);
    const changes = [change(2, 'updatedAt', '2026-11-27T00:00:00.000Z')];
    expect(plan({ cells: changes, isClosing: true }, snapshotOf(rows))?.cells).toHaveLength(count);
  });

  it('keeps another field’s text whatever it is', () => {
    const rows = CATALOG.with(2, aRow('Akar', 'kemarin', idOf(2)));
    expect(cellsOf(plan({ cells: [change(2, 'description', 'Baru')] }, snapshotOf(rows)))).toEqual([
      [2, DESCRIPTION, 'Baru'],
    ]);
  });

  it('writes further columns by their header', () => {
    const rows = CATALOG.map((cells, row) => [...cells, row === 0 ? 'Catatan' : 'lama']);
    const changes = [change(2, 'metadata.Catatan', 'Baru')];
    expect(plan({ cells: changes }, snapshotOf(rows))?.cells).toMatchObject([
      { row: 2, column: 14, header: 'Catatan', expected: 'lama' },
    ]);
  });

  it('has the line of each row that gets an id', () => {
    const rows = CATALOG.with(2, aRow('Akar', 'Tentang akar', ''));
    const changes = [change(2, 'id', idOf(2)), change(1, 'description', 'Baru')];
    const planned = plan({ cells: changes }, snapshotOf(rows));
    expect(planned?.lines).toEqual([[2, lineOf(rows[2] ?? [])]]);
    expect(cellsOf(planned)).toEqual([
      [1, DESCRIPTION, 'Baru'],
      [2, ID, idOf(2)],
    ]);
  });

  it('has new rows with the columns that they fill', () => {
    const rows = CATALOG.map((cells, row) => [...cells, row === 0 ? 'Catatan Guru' : '']);
    const metadata = { 'catatan guru': 'Penting', 'Tidak ada': 'x' };
    const planned = plan({ rows: [newRow({ metadata })], nextRow: 4 }, snapshotOf(rows));
    expect(planned?.rows).toEqual([
      {
        materialId: idOf(4),
        cells: [
          { column: 1, field: 'title', value: 'Bunga', revision: 3 },
          { column: 8, field: 'id', value: idOf(4), revision: 0 },
          { column: 14, field: 'metadata.Catatan Guru', value: 'Penting', revision: 0 },
        ],
      },
    ]);
    expect(planned?.insertAt).toBe(4);
  });

  it('holds as many new rows as fit into 1.5 MB', () => {
    const text = 'a'.repeat(100_000);
    const rows = Array.from({ length: 20 }, () => newRow({ fields: { title: text } }));
    expect(plan({ rows })?.rows).toHaveLength(14);
  });

  it('holds cells before new rows', () => {
    const text = 'a'.repeat(700_000);
    const planned = plan({
      cells: [
        change(1, 'description', text),
        change(2, 'description', text),
        change(3, 'description', text),
      ],
      rows: [newRow({ fields: { title: text } }), newRow()],
    });
    expect([planned?.cells.length, planned?.rows.length]).toEqual([2, 0]);
  });

  it('holds as many cells as its rollback could restore', () => {
    const long = 'a'.repeat(50_000);
    const rows = [
      HEADER,
      ...Array.from({ length: 90 }, (_, at) => aRow(long, `D${at}`, idOf(at + 1))),
    ];
    const cells = rows.slice(1).map((_, at) => change(at + 1, 'description', 'Baru'));
    expect(plan({ cells }, snapshotOf(rows))?.cells).toHaveLength(60);
  });
});

describe('A plan for a header that lacks columns', () => {
  const without = (...fields: number[]) =>
    CATALOG.map((cells) => cells.filter((_, column) => !fields.includes(column)));

  it('adds the columns first and alone, right of every cell', () => {
    const rows = without(9, 12).with(2, [...(without(9, 12)[2] ?? []), '', 'catatan']);
    const planned = plan({ cells: [change(2, 'description', 'Baru')] }, snapshotOf(rows));
    expect(cellsOf(planned)).toEqual([
      [0, 14, 'AI_SUMMARY'],
      [0, 15, 'UPDATED_AT'],
    ]);
    expect(planned?.cells[0]).toMatchObject({ header: '', key: '', expected: '', change: null });
  });

  it('is every column, and the further ones, for an empty tab', () => {
    const empty: Snapshot = {
      ...snapshotOf(CATALOG),
      rows: [],
      header: null,
      titles: { row: 0, texts: [] },
    };
    const planned = plan({ rows: [newRow()], metadataHeaders: ['Catatan'] }, empty);
    const headers = planned?.cells.map(({ value }) => value) ?? [];
    expect(headers).toHaveLength(FIELDS.length + 1);
    expect(headers.slice(7, 10)).toEqual(['MATERIAL_URL', 'Catatan', 'MATERIAL_ID']);
    expect(planned?.rows).toEqual([]);
  });

  it('renames columns', () => {
    const titles = [{ column: 1, value: 'Judul' }, ...newTitles(CATALOG, ['Baru'])];
    const planned = planTitles(BATCH, snapshotOf(CATALOG), titles);
    expect(planned.cells).toMatchObject([
      { row: 0, column: 1, header: 'MATERIAL_TITLE', expected: 'MATERIAL_TITLE', value: 'Judul' },
      { row: 0, column: 14, header: '', expected: '', value: 'Baru' },
    ]);
    expect(planned.keyColumns).toMatchObject({ id: ID, title: 1 });
  });
});

describe('The plan of a rollback', () => {
  const last: LastBatch = {
    id: BATCH,
    cells: [],
    rows: [],
    kept: [],
    emptied: [],
    unplaced: [],
    rollbacks: 1,
    rollback: [
      {
        row: 2,
        column: 2,
        header: 'MATERIAL_DESC',
        key: '',
        expected: 'Baru',
        value: 'Lama',
        restores: { isText: false, copies: true, materialId: null, title: '' },
        change: null,
      },
    ],
    lines: [[2, ['a', 'b']]],
  };

  it('has the cells and the lines, and counts', () => {
    expect(planRollback(BATCH, snapshotOf(CATALOG, last))).toMatchObject({
      cells: last.rollback,
      lines: [[2, ['a', 'b']]],
      rollbacks: 2,
      rows: [],
      number: 8,
      keyColumns: { id: ID, title: 1 },
    });
  });

  it('is null without a last batch, and if nothing is to be restored', () => {
    expect(planRollback(BATCH, snapshotOf(CATALOG))).toBeNull();
    expect(planRollback(BATCH, snapshotOf(CATALOG, { ...last, rollback: [] }))).toBeNull();
  });

  it('takes the first of two columns with one title for the key', () => {
    const sheetState: SheetState = {
      ...snapshotOf(CATALOG, last),
      titles: { row: 0, texts: ['x', 'MATERIAL_ID', 'MATERIAL_ID'] },
    };
    expect(planRollback(BATCH, sheetState)?.keyColumns).toEqual({ id: 1 });
  });
});

describe('What a plan carries on', () => {
  const text = (at: number, length: number) => ({
    batchId: BATCH,
    row: at,
    column: 0,
    materialId: null,
    title: '',
    header: '',
    text: 'a'.repeat(length),
  });
  const carried = (...unplaced: ReturnType<typeof text>[]) => {
    const last: LastBatch = {
      id: BATCH,
      cells: [],
      rows: [],
      kept: [],
      emptied: [],
      rollback: [],
      lines: [],
      unplaced,
      rollbacks: 0,
    };
    return planLabel(BATCH, snapshotOf(CATALOG, last)).unplaced;
  };

  it('are the texts that no row gets back', () => {
    expect(carried(text(1, 5), text(2, 5))).toEqual([text(1, 5), text(2, 5)]);
  });

  it('are the newest of them if they are more than 300,000 characters', () => {
    const three = [text(1, 140_000), text(2, 140_000), text(3, 140_000)];
    expect(carried(...three)).toEqual(three.slice(1));
  });
});

describe('The number of a batch', () => {
  const numbered = (sheetState: Partial<SheetState>) =>
    planLabel(BATCH, { ...snapshotOf(CATALOG), ...sheetState }).number;
  const location = { tab: TAB, sheetId: 0, journalTab: '_materi' };
  const journal = (number: number) => ({
    grid: { rows: 10, columns: 9 },
    intent: null,
    images: new Map(),
    label: {
      version: 2 as const,
      number,
      id: BATCH,
      history: [],
      sheetId: 0,
      tab: TAB,
      grid: { rows: 10, columns: 9 },
      checksum: '',
      hidden: {},
    },
  });

  it('follows the last one', () => {
    expect(numbered({ location: { ...location, fence: [7] } })).toBe(8);
    expect(numbered({ location: { ...location, fence: [7] }, journal: journal(7) })).toBe(8);
  });

  it('is the time of its id where the last batch’s named range is not listed', () => {
    const time = Number.parseInt('019800000000', 16);
    expect(numbered({ location: { ...location, fence: [] } })).toBe(time);
    expect(numbered({ location: { ...location, fence: [3] }, journal: journal(7) })).toBe(time);
  });

  it('is higher than the last one also then', () => {
    const later = Number.parseInt('019900000000', 16);
    expect(numbered({ location: { ...location, fence: [] }, journal: journal(later) })).toBe(
      later + 1,
    );
  });

  it('makes the hidden tab if there is none', () => {
    const none = { ...location, journalTab: null, fence: [] };
    expect(planLabel(BATCH, { ...snapshotOf(CATALOG), location: none }).makesJournal).toBe(true);
    expect(planLabel(BATCH, snapshotOf(CATALOG)).makesJournal).toBe(false);
  });
});
