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
  verdicts,
  type Batch,
  type Deed,
  type Story,
} from './story.ts';

/** What a read restores, and the texts that no row gets back. */
type Expected = [restored: readonly string[], unplaced?: readonly string[]];

function expectRead(batch: Batch, [cells, texts = []]: Expected): void {
  const last = batch.byRead();
  expect(restored(last)).toEqual(cells);
  expect(unplaced(last)).toEqual(texts);
}

const PASTED = aRow('Baris', 'Tentang baris', '');
const BOTH = [change(1, 'description', 'Baru'), change(1, 'title', 'Judul')];

describe('A header that a batch hit gets its titles back after a read', () => {
  const hit: Story = { changes: { cells: BOTH }, before: pastes(0, PASTED) };
  const cleared: Story = {
    changes: { cells: [change(1, 'description', '')] },
    before: pastes(0, PASTED),
  };

  it.each<[string, Story, Deed | undefined, Expected]>([
    ['at its place', hit, undefined, [['B2: Judul → MATERIAL_TITLE', 'C2: Baru → MATERIAL_DESC']]],
    [
      'to the right of a column that a person inserts',
      hit,
      insertsColumn(1),
      [['C2: Judul → MATERIAL_TITLE', 'D2: Baru → MATERIAL_DESC']],
    ],
    [
      'to the left of a column that a person inserts',
      hit,
      insertsColumn(3),
      [['B2: Judul → MATERIAL_TITLE', 'C2: Baru → MATERIAL_DESC']],
    ],
    [
      'but for a column that a person deletes',
      hit,
      deletesColumn(2),
      [['B2: Judul → MATERIAL_TITLE'], ['C2: MATERIAL_DESC']],
    ],
    [
      'but for a title that a person types again',
      hit,
      types(1, DESCRIPTION, 'Isi'),
      [['B2: Judul → MATERIAL_TITLE'], ['C2: MATERIAL_DESC']],
    ],
    ['in an empty cell', cleared, undefined, [['C2:  → MATERIAL_DESC']]],
    ['in an empty cell that moves right', cleared, insertsColumn(1), [['D2:  → MATERIAL_DESC']]],
    ['in an empty cell that stays', cleared, insertsColumn(3), [['C2:  → MATERIAL_DESC']]],
    [
      'but for an empty cell that a person deletes with its column',
      cleared,
      deletesColumn(2),
      [[], ['C2: MATERIAL_DESC']],
    ],
  ])('%s', (_, story, after, expected) => {
    expectRead(play(after === undefined ? story : { ...story, after }), expected);
  });

  it.each<[string, Deed, Expected]>([
    [
      'after a rollback into columns that have moved',
      insertsColumn(1),
      [['B2: MATERIAL_TITLE → ', 'C2: MATERIAL_DESC → MATERIAL_TITLE', 'D2: Baru → MATERIAL_DESC']],
    ],
    [
      'after a rollback into the row above it',
      pastes(0, ['x']),
      [
        [
          ...['B2: MATERIAL_TITLE → Baris', 'C2: MATERIAL_DESC → Tentang baris'],
          ...['B3: Judul → MATERIAL_TITLE', 'C3: Baru → MATERIAL_DESC'],
        ],
      ],
    ],
    [
      'after a rollback into the row below it',
      deletes(0),
      [
        [
          ...['B2: MATERIAL_TITLE → Daun', 'C2: MATERIAL_DESC → Tentang daun'],
          ...['B1: Judul → MATERIAL_TITLE', 'C1: Baru → MATERIAL_DESC'],
        ],
      ],
    ],
  ])('%s', (_, before, expected) => {
    expectRead(play(hit).rollback({ before }), expected);
  });

  it('and needs nothing more when a column is inserted after its rollback', () => {
    expectRead(play(hit).rollback({ after: insertsColumn(1) }), [[]]);
  });
});

describe('New rows in columns that had moved are cleared', () => {
  const newRow = (row: number, fields: Readonly<Record<string, string>>) => ({
    materialId: idAt(row),
    fields: { ...fields, id: idAt(row) },
    metadata: {},
    revisions: {},
  });
  const rows = [
    newRow(4, { title: 'Bunga', description: 'Tentang bunga' }),
    newRow(5, { title: 'Buah' }),
  ];
  const batch = () => play({ changes: { rows }, before: insertsColumn(1, 'Lain') });

  it.each<[string, Deed | undefined, Expected]>([
    ['by one rollback', undefined, [[]]],
    [
      'also where a row above them has moved them down: what was cleared above is restored',
      pastes(2, PASTED),
      [['C5:  → Biji', 'C6: Tentang bunga → ', 'B7: Buah → ', `I7: ${idOf(5)} → `]],
    ],
    [
      'also where they have changed places',
      all(copies(5, 4), deletes(6)),
      [['C6: Tentang bunga → ']],
    ],
    [
      'also where a column has moved them right',
      insertsColumn(1),
      [['D5: Tentang bunga → ', `J5: ${idOf(4)} → `, 'C6: Buah → ', `J6: ${idOf(5)} → `]],
    ],
  ])('%s', (_, before, expected) => {
    expectRead(batch().rollback(before === undefined ? {} : { before }), expected);
  });
});

describe('A formula that a batch hit', () => {
  const hit: Story = {
    changes: { cells: [change(1, 'description', 'Baru')] },
    before: pastes(1, aRow('Baris', '=1+1', '')),
  };
  const missed = () => play(hit).rollback({ before: pastes(1, ['x']) });

  it('is copied from its before-image', () => {
    const [cell] = play(hit).byRead().rollback;
    expect(cell?.restores).toMatchObject({ isText: false, image: { row: 1, column: DESCRIPTION } });
  });

  it('comes back as a text if its rollback missed: its before-image is gone', () => {
    expectRead(missed(), [['C2: =1+1 → ', 'C3: Baru → =1+1']]);
    const isText = missed()
      .byRead()
      .rollback.map(({ restores }) => restores?.isText);
    expect(isText).toEqual([false, true]);
  });

  it('is recorded after its second rollback missed', () => {
    expectRead(missed().rollback({ before: pastes(1, ['y']) }), [[], ['C3: ', 'C4: =1+1']]);
  });
});

describe('Copies of a row that a batch hit', () => {
  const hit: Story = { changes: { cells: BOTH }, before: pastes(1, PASTED) };
  const own = ['B2: Judul → Baris', 'C2: Baru → Tentang baris'];

  it.each<[string, Deed, Expected]>([
    ['are restored', copies(1, 3), [[...own, 'B4: Judul → Baris', 'C4: Baru → Tentang baris']]],
    [
      'are restored however far they are',
      copies(1, 40),
      [[...own, 'B41: Judul → Baris', 'C41: Baru → Tentang baris']],
    ],
    [
      'are restored with an id that a person typed',
      all(copies(1, 3), types(3, ID, idOf(9))),
      [[...own, 'B4: Judul → Baris', 'C4: Baru → Tentang baris']],
    ],
    [
      'are restored in columns that have moved',
      all(copies(1, 3), insertsColumn(1)),
      [
        [
          ...['C2: Judul → Baris', 'D2: Baru → Tentang baris'],
          ...['C4: Judul → Baris', 'D4: Baru → Tentang baris'],
        ],
      ],
    ],
  ])('%s', (_, after, expected) => {
    expectRead(play({ ...hit, after }), expected);
  });

  it.each<[string, Story, Expected]>([
    [
      'are restored if they were made before the rollback',
      { changes: {}, before: copies(1, 3) },
      [
        ['B4: Judul → Baris', 'C4: Baru → Tentang baris'],
        ['B4: Baris', 'C4: Tentang baris'],
      ],
    ],
    [
      'are restored if they were made before the rollback, and a column moved after it',
      { changes: {}, before: copies(1, 3), after: insertsColumn(1) },
      [
        ['C4: Judul → Baris', 'D4: Baru → Tentang baris'],
        ['C4: Baris', 'D4: Tentang baris'],
      ],
    ],
    [
      'are restored if the row itself was deleted before the rollback',
      { changes: {}, before: all(copies(1, 3), deletes(1)) },
      [
        [
          ...['B2: Baris → Daun', 'C2: Tentang baris → Tentang daun'],
          ...['B3: Judul → Baris', 'C3: Baru → Tentang baris'],
        ],
      ],
    ],
    [
      'are not needed: the texts of a row that was deleted before the rollback are recorded',
      { changes: {}, before: deletes(1) },
      [
        ['B2: Baris → Daun', 'C2: Tentang baris → Tentang daun'],
        ['B2: Baris', 'C2: Tentang baris'],
      ],
    ],
  ])('%s', (_, people, expected) => {
    expectRead(play(hit).rollback(people), expected);
  });
});

describe('Copies of a row in which a batch cleared a text', () => {
  const cleared = (row: readonly string[] = PASTED): Story => ({
    changes: { cells: [change(1, 'description', '')] },
    before: pastes(1, [...row]),
  });

  it('are left alone before the rollback: an empty cell is in many rows', () => {
    expectRead(play({ ...cleared(), after: copies(1, 3) }), [['C2:  → Tentang baris']]);
  });

  it.each<[string, readonly string[], number, Expected]>([
    ['are restored near the row', PASTED, 3, [['C4:  → Tentang baris'], ['C4: Tentang baris']]],
    ['are left alone far from it', PASTED, 50, [[]]],
    ['are left alone without a title', aRow('', 'Isi', ''), 3, [[], ['C4: Isi']]],
  ])('%s', (_, row, to, expected) => {
    expectRead(play(cleared(row)).rollback({ before: copies(1, to) }), expected);
  });
});

describe('Copies of a row that got an id by mistake', () => {
  const wrong: Story = {
    rows: [CATALOG[0] ?? [], aRow('Daun', 'Tentang daun', ''), ...CATALOG.slice(2)],
    changes: { cells: [change(1, 'id', idOf(7))] },
    before: pastes(1, aRow('Baris', 'Tentang baris', idOf(8))),
  };
  const own = `I2: ${idOf(7)} → ${idOf(8)}`;

  it.each<[string, Deed, readonly string[]]>([
    ['get the old id back', copies(1, 3), [own, `I4: ${idOf(7)} → ${idOf(8)}`]],
    ['are left alone if a person cleared their id', all(copies(1, 3), types(3, ID, '')), [own]],
    ['are left alone with the old id', all(copies(1, 3), types(3, ID, idOf(8))), [own]],
    [
      'get the old id back in a column that has moved',
      all(copies(1, 3), insertsColumn(1)),
      [`J2: ${idOf(7)} → ${idOf(8)}`, `J4: ${idOf(7)} → ${idOf(8)}`],
    ],
  ])('%s', (_, after, cells) => {
    expectRead(play({ ...wrong, after }), [cells]);
  });
});

describe('A text that begins with "="', () => {
  it('that a person typed between the read and the write comes back as what it was', () => {
    const batch = play({
      changes: { cells: [change(1, 'description', 'Baru')] },
      before: types(1, DESCRIPTION, '=A1'),
    });
    expect(verdicts(batch.byRead())).toEqual(['edited']);
    expectRead(batch, [['C2: Baru → =A1']]);
  });
});
