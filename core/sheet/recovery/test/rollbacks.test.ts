import { describe, expect, it } from '@jest/globals';
import { newTitles, planTitles } from '../../batch/index.ts';
import { aRow, HEADER, idOf } from '../../direct/test/rows.ts';
import {
  all,
  Batch,
  CATALOG,
  change,
  copies,
  DESCRIPTION,
  idAt,
  insertsColumn,
  nothing,
  pastes,
  play,
  restored,
  snapshotOf,
  TITLE,
  types,
  unplaced,
  verdicts,
  type Rows,
  type Story,
} from './story.ts';

const describeAkar = (people: Pick<Story, 'before' | 'after'> = {}) =>
  play({ changes: { cells: [change(2, 'description', 'Baru')] }, ...people });

describe('A hidden row that Google leaves out when it copies', () => {
  it('is unknown where the row that was meant shows what the batch wrote', () => {
    const batch = describeAkar();
    const last = batch.byRead(new Map(batch.images).set(2, []));
    expect([verdicts(last), restored(last)]).toEqual([['unknown'], []]);
  });

  it('is unknown also after people moved it', () => {
    const batch = describeAkar({ after: all(pastes(1, ['x']), insertsColumn(1)) });
    expect(verdicts(batch.byRead(new Map(batch.images).set(2, [])))).toEqual(['unknown']);
  });

  it('is unknown where the batch gave it an id', () => {
    const rows = CATALOG.with(2, aRow('Akar', 'Tentang akar', ''));
    const batch = play({ rows, changes: { cells: [change(2, 'id', idOf(2))] } });
    expect(verdicts(batch.byRead(new Map(batch.images).set(2, [])))).toEqual(['unknown']);
  });

  it('is a blank row that was hit where the row that was meant does not show it', () => {
    const batch = describeAkar({ before: pastes(2, []) });
    expect(verdicts(batch.byRead())).toEqual(['misplaced']);
  });

  describe('among many that are copied together', () => {
    const many: Rows = [
      HEADER,
      ...Array.from({ length: 70 }, (_, at) => aRow(`M${at + 1}`, `Lama ${at + 1}`, idOf(at + 1))),
    ];
    const cells = many.slice(1).map((_, at) => change(at + 1, 'description', `Baru ${at + 1}`));
    const batch = play({ rows: many, changes: { cells } });
    /** Row 30 is left out: the images below it are one row too high. */
    const images = new Map(
      [...batch.images].map(([row]) => [row, batch.images.get(row < 30 ? row : row + 1) ?? []]),
    );

    it('moves the images of the rows below it, and they are found', () => {
      const last = batch.byRead(images);
      const kinds = verdicts(last);
      expect(kinds.filter((kind) => kind === 'applied')).toHaveLength(69);
      expect(kinds[29]).toBe('unknown');
      expect([restored(last), unplaced(last)]).toEqual([[], []]);
    });

    it('does not hide that all rows have moved', () => {
      const moved = play({ rows: many, changes: { cells }, before: pastes(1, aRow('X', 'Y', '')) });
      expect(new Set(verdicts(moved.byRead()))).toEqual(new Set(['misplaced']));
    });
  });
});

describe('A batch that writes the header', () => {
  const header = (people: Pick<Story, 'before' | 'after'> = {}, rows: Rows = CATALOG) =>
    new Batch(
      (id) =>
        planTitles(id, snapshotOf(rows), [
          { column: 1, value: 'Judul' },
          ...newTitles(rows, ['Baru']),
        ]),
      rows,
      people,
    );

  it('is applied where nothing has moved', () => {
    for (const last of [header().byRead(), header().byAnswer().last]) {
      expect([verdicts(last), restored(last)]).toEqual([['applied', 'applied'], []]);
    }
  });

  it('is applied where people have moved the columns since', () => {
    const last = header({ after: insertsColumn(1) }).byRead();
    expect([verdicts(last), restored(last)]).toEqual([['applied', 'applied'], []]);
  });

  it('is rolled back where a row is above the header', () => {
    const before = pastes(0, ['x', 'y']);
    for (const last of [header({ before }).byRead(), header({ before }).byAnswer().last]) {
      expect(verdicts(last)).toEqual(['misplaced', 'misplaced']);
      expect(restored(last)).toEqual(['B1: Judul → y', 'O1: Baru → ']);
    }
  });

  it.each<[string, Story['before'], readonly string[]]>([
    [
      'inserted a column on its left',
      insertsColumn(1, 'Lain'),
      ['B1: Judul → Lain', 'O1: Baru → ARCHIVED_AT'],
    ],
    [
      'inserted a column beside',
      insertsColumn(5, 'Lain'),
      ['B1: Judul → MATERIAL_TITLE', 'O1: Baru → ARCHIVED_AT'],
    ],
  ])('is rolled back where people %s', (_, before = nothing, cells) => {
    for (const last of [header({ before }).byRead(), header({ before }).byAnswer().last]) {
      expect(restored(last)).toEqual(cells);
    }
  });

  it('gets a title back that people changed meanwhile', () => {
    const before = types(0, 1, 'Nama');
    expect(restored(header({ before }).byRead())).toEqual(['B1: Judul → Nama']);
  });

  it('is rolled back also after two rollbacks have missed', () => {
    const moves = { before: insertsColumn(1, 'Lain') };
    const missed = header({ before: insertsColumn(1, 'Ini') });
    const second = missed.rollback(moves).rollback(moves);
    expect(second.byRead().rollbacks).toBe(2);
    expect(restored(second.byRead()).length).toBeGreaterThan(0);
  });
});

describe('A batch that cleared a text by mistake', () => {
  const BATANG = aRow('Batang', 'Tentang batang', idOf(9));
  const clears = (after = nothing) =>
    play({
      changes: { cells: [change(2, 'description', '')] },
      before: pastes(2, BATANG),
      after,
    });

  it('gives it back', () => {
    expect(restored(clears().byRead())).toEqual(['C3:  → Tentang batang']);
  });

  it('gives it back in a near copy that a person made before the rollback', () => {
    const missed = clears();
    const rollback = missed.rollbackOf(missed.byAnswer().last, { before: copies(2, 5) });
    expect(restored(rollback.byRead())).toEqual(['C6:  → Tentang batang']);
  });

  it('leaves another row alone whose cell is empty too', () => {
    const other = aRow('Batang', '', idOf(8));
    const missed = clears();
    const rollback = missed.rollbackOf(missed.byAnswer().last, { before: pastes(4, other) });
    expect(restored(rollback.byRead())).toEqual([]);
  });
});

describe('A rollback of new rows', () => {
  const added = {
    rows: [
      {
        materialId: idAt(4),
        fields: { title: 'Bunga', description: 'Tentang bunga', id: idAt(4), type: 'Video' },
        metadata: {},
        revisions: {},
      },
    ],
  };

  it('clears a copy that a person made before it', () => {
    const missed = play({ changes: added, before: insertsColumn(3, 'Lain') });
    const rollback = missed.rollbackOf(missed.byAnswer().last, { before: copies(4, 6) });
    expect(restored(rollback.byRead()).map((cell) => cell.split(':')[0])).toEqual([
      'B7',
      'C7',
      'D7',
      'I7',
    ]);
  });

  it('that cleared another new row of the same texts restores nothing there', () => {
    const two = {
      rows: [...added.rows, { ...added.rows[0], materialId: idAt(5) }],
    } as typeof added;
    const missed = play({ changes: two, before: insertsColumn(3, 'Lain') });
    const rollback = missed.rollback({ before: pastes(4, ['x']) });
    expect(unplaced(rollback.byRead())).toEqual([]);
  });

  it('knows by the read that a row is above the header, however far the header has moved', () => {
    const before = pastes(0, ...Array.from({ length: 25 }, () => ['x']));
    const batch = play({ changes: added, before });
    expect(batch.byAnswer().last.rows).toEqual([{ kind: 'misplaced' }]);
    expect(batch.byRead().rows).toEqual([{ kind: 'misplaced' }]);
  });

  it('leaves a row alone that is below the header at the next read', () => {
    const rows = [
      ...CATALOG,
      ...Array.from({ length: 30 }, (_, at) => aRow(`M${at}`, 'x', idOf(at + 9))),
    ];
    const batch = play({
      rows,
      changes: added,
      before: pastes(0, ...Array.from({ length: 25 }, () => ['x'])),
    });
    expect(batch.byRead().rows).toEqual([{ kind: 'applied' }]);
  });
});

describe('A rollback while people move columns', () => {
  const PASTED = aRow('Batang', 'Tentang batang', idOf(9));

  it('is undone and done again at the right place', () => {
    const rollback = describeAkar({ before: pastes(2, PASTED) }).rollback({
      before: insertsColumn(1),
    });
    expect(rollback.rows[2]?.slice(TITLE + 1, DESCRIPTION + 2)).toEqual(['Tentang batang', 'Baru']);
    expect(restored(rollback.byRead()).toSorted()).toEqual([
      'C3: Tentang batang → Batang',
      'D3: Baru → Tentang batang',
    ]);
  });

  it('gives a text that begins with "=" back as text', () => {
    const text = aRow('Batang', '=tulisan', idOf(9));
    const missed = describeAkar({ before: pastes(2, text) });
    const rollback = missed.rollback({ before: pastes(1, ['x'], ['y'], ['z']) });
    const cell = rollback.byRead().rollback.find(({ value }) => value === '=tulisan');
    expect(cell?.restores).toEqual({
      isText: true,
      copies: true,
      materialId: idOf(9),
      title: 'Batang',
    });
  });
});
