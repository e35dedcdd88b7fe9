import { describe, expect, it } from '@jest/globals';
import { aRow, idOf } from '../../direct/test/rows.ts';
import {
  all,
  CATALOG,
  change,
  copies,
  deletes,
  deletesColumn,
  DESCRIPTION,
  ID,
  idAt,
  insertsColumn,
  pastes,
  play,
  restored,
  types,
  unplaced,
  type Deed,
  type Rows,
} from './story.ts';

const TIME = '2026-11-28T00:00:00.000Z';
const newRow = (row: number, fields: Readonly<Record<string, string>>) => ({
  materialId: idAt(row),
  fields: { ...fields, id: idAt(row) },
  metadata: {},
  revisions: {},
});
const BUNGA = newRow(4, { title: 'Bunga', description: 'Tentang bunga', type: 'Video' });
const adds = (after: Deed, rows = [BUNGA]) => play({ changes: { rows }, after });
const someRows = (count: number) => Array.from({ length: count }, (_, at) => [`baris ${at}`]);
/** Other rows with texts of their own, so that the header moves far. */
const manyRows: Rows = [
  ...CATALOG,
  ...Array.from({ length: 30 }, (_, at) => aRow(`M${at}`, 'x', idOf(at + 9))),
];

describe('A new row after a later read', () => {
  it.each<[string, Deed, readonly number[]]>([
    ['shows an empty cell by its id', types(4, DESCRIPTION, ''), [DESCRIPTION]],
    [
      'is found by its texts if a person has cleared its id, however far it has moved',
      all(types(4, ID, ''), types(4, DESCRIPTION, ''), pastes(1, ...someRows(6))),
      [DESCRIPTION, ID],
    ],
    [
      'is another row if a person has typed another id into it',
      all(types(4, ID, idOf(9)), types(4, DESCRIPTION, '')),
      [],
    ],
    ['is gone if a person has deleted it', deletes(4), []],
  ])('%s', (_, after, emptied) => {
    expect(adds(after).byRead().emptied).toEqual([emptied]);
  });

  it('is found with one text left, and is cleared where columns had moved', () => {
    const rows = [newRow(4, { title: 'Bunga' })];
    const batch = play({
      changes: { rows },
      before: insertsColumn(1, 'Lain'),
      after: types(4, ID, ''),
    });
    expect(restored(batch.byRead())).toEqual(['B5: Bunga → ']);
  });

  it('is applied if a person has moved it above the header since', () => {
    const last = adds(all(copies(4, 0), deletes(5))).byRead();
    expect([last.rows, restored(last)]).toEqual([[{ kind: 'applied' }], []]);
  });

  it('is misplaced above a header that had moved far, also if a copy is below the header', () => {
    const batch = play({
      changes: { rows: [BUNGA] },
      before: pastes(0, ...someRows(25)),
      after: copies(4, 40),
    });
    expect(batch.byRead().rows).toEqual([{ kind: 'misplaced' }]);
  });
});

describe('A new row in columns that had moved', () => {
  const cells = (
    by: 'answer' | 'read',
    rows: readonly ReturnType<typeof newRow>[],
    before: Deed,
  ) => {
    const batch = play({ changes: { rows }, before });
    return restored(by === 'read' ? batch.byRead() : batch.byAnswer().last);
  };

  it.each(['answer', 'read'] as const)('is cleared where it has texts, by its %s', (by) => {
    const rows = [newRow(4, { title: 'Bunga', description: '' })];
    expect(cells(by, rows, insertsColumn(1, 'Lain'))).toEqual([
      'B5: Bunga → ',
      `I5: ${idOf(4)} → `,
    ]);
  });

  it.each(['answer', 'read'] as const)('is cleared beyond the last column, by its %s', (by) => {
    const rows = [newRow(4, { title: 'Bunga', updatedAt: TIME })];
    expect(cells(by, rows, deletesColumn(1))).toEqual([
      ...['B5: Bunga → ', `I5: ${idOf(4)} → `, `M5: ${TIME} → `],
    ]);
  });
});

describe('A rollback of two new rows that has hit the other one of them', () => {
  const TWO = [
    BUNGA,
    { ...BUNGA, ...newRow(5, BUNGA.fields), fields: { ...BUNGA.fields, id: idAt(5) } },
  ];
  const missed = play({ changes: { rows: TWO }, before: insertsColumn(3, 'Lain') });

  it('clears the second one, and restores no text of the first one', () => {
    const last = missed.rollback({ before: pastes(4, ['x']) }).byRead();
    expect(restored(last).toSorted()).toEqual([
      ...['B7: Bunga → ', 'C7: Tentang bunga → ', 'D7: Video → ', `I7: ${idOf(5)} → `],
    ]);
    expect(unplaced(last)).toEqual([]);
  });
});

describe('A header with columns that have no title', () => {
  const rows: Rows = manyRows.map((cells, row) => [
    ...cells,
    ...Array.from({ length: 14 }, () => ''),
    row === 0 ? 'Akhir' : '',
  ]);

  it('is not found in a row whose cells are blank', () => {
    const blank = ['x', ...Array.from({ length: 27 }, () => '')];
    const batch = play({
      rows,
      changes: { rows: [newRow(34, { title: 'Bunga' })] },
      before: pastes(0, ...Array.from({ length: 25 }, () => blank)),
    });
    expect(batch.byRead().rows).toEqual([{ kind: 'applied' }]);
  });
});

describe('A header of which people have renamed half of the titles', () => {
  const rows: Rows = CATALOG.map((cells, row) => [...cells, row === 0 ? 'Lain' : '']);
  const renames = (columns: readonly number[]) =>
    all(...columns.map((column) => types(0, column, `Nama ${column}`)));

  it.each<[string, readonly number[], string]>([
    ['is still the header', [3, 4, 5, 6, 9, 10, 11], 'applied'],
    ['is unknown with one more', [3, 4, 5, 6, 7, 9, 10, 11], 'misplaced'],
  ])('%s', (_, columns, kind) => {
    const batch = play({
      rows,
      changes: { rows: [newRow(4, { title: 'Bunga' })] },
      before: renames(columns),
    });
    expect(batch.byAnswer().last.rows).toEqual([{ kind }]);
  });
});

describe('A person’s edit whose rollback has missed', () => {
  it.each<[string, string, boolean]>([
    ['a text', 'Tulisan guru', false],
    ['a text that begins with "="', '=tulisan', true],
  ])('is still no mistake that copies have, and keeps its row: %s', (_, text, isText) => {
    const batch = play({
      changes: { cells: [change(2, 'description', 'Baru')] },
      before: types(2, DESCRIPTION, text),
    });
    const { last } = batch.byAnswer(new Set(isText ? [`2:${DESCRIPTION}`] : []));
    const second = batch.rollbackOf(last, { before: pastes(1, ['x'], ['y'], ['z']) }).byRead();
    const cell = second.rollback.find(({ value }) => value === text);
    expect(cell?.restores).toEqual({ isText, copies: false, materialId: idOf(2), title: 'Akar' });
  });
});
