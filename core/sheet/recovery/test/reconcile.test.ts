import { describe, expect, it } from '@jest/globals';
import { aRow, idOf } from '../../direct/test/rows.ts';
import { lineOf } from '../../journal/index.ts';
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
  nothing,
  pastes,
  play,
  restored,
  TITLE,
  types,
  unplaced,
  verdicts,
  type Deed,
  type Story,
} from './story.ts';

const PASTED = aRow('Batang', 'Tentang batang', idOf(9));
const DESCRIBED = { cells: [change(2, 'description', 'Baru')] };
const describeAkar = (people: Pick<Story, 'before' | 'after'> = {}) =>
  play({ changes: DESCRIBED, ...people });
/** The batch hits the pasted row. */
const missesAkar = (after: Deed = nothing) => describeAkar({ before: pastes(2, PASTED), after });

describe('A batch that hit what was meant', () => {
  it.each(['answer', 'read'])('has nothing to restore, by its %s', (by) => {
    const batch = describeAkar();
    const last = by === 'read' ? batch.byRead() : batch.byAnswer().last;
    expect(last).toEqual({
      id: batch.id,
      cells: [{ kind: 'applied' }],
      rows: [],
      kept: [true],
      emptied: [],
      rollback: [],
      lines: [],
      unplaced: [],
      rollbacks: 0,
    });
  });

  it('tells the row of the header', () => {
    expect(describeAkar().byAnswer().headerRow).toBe(0);
    expect(describeAkar({ before: pastes(0, [], []) }).byAnswer().headerRow).toBe(2);
  });

  it.each<[string, Deed]>([
    ['moved the row', pastes(1, PASTED, PASTED)],
    ['moved the column', insertsColumn(1, 'Lain')],
    ['deleted the row', deletes(2)],
    ['typed over the cell', types(2, DESCRIPTION, 'Tulisan guru')],
    ['copied the row', copies(2, 4)],
  ])('has nothing to restore after people %s', (_, after) => {
    const last = describeAkar({ after }).byRead();
    expect([restored(last), unplaced(last), verdicts(last)]).toEqual([[], [], ['applied']]);
  });

  it('shows a value that Google did not keep, by its answer', () => {
    const google = types(2, DESCRIPTION, 'Tentang akar');
    const changes = { cells: [change(2, 'theme', 'Tanah'), change(2, 'description', 'Baru')] };
    const batch = play({ changes, google });
    expect(batch.byAnswer().last).toMatchObject({ kept: [false, true], rollback: [] });
    // A read may be much later: a person may have typed the text.
    expect(batch.byRead().kept).toEqual([true, true]);
  });
});

describe('A cell that a person changed between the read and the write', () => {
  const edits = types(2, DESCRIPTION, 'Tulisan guru');

  it.each(['answer', 'read'])('gets the text of the person back, by its %s', (by) => {
    const batch = describeAkar({ before: edits });
    const last = by === 'read' ? batch.byRead() : batch.byAnswer().last;
    expect(last.cells).toEqual([{ kind: 'edited', found: 'Tulisan guru' }]);
    expect(last.rollback).toEqual([
      {
        row: 2,
        column: DESCRIPTION,
        header: 'MATERIAL_DESC',
        key: '',
        expected: 'Baru',
        value: 'Tulisan guru',
        restores: { isText: false, copies: false, materialId: idOf(2), title: 'Akar' },
        change: null,
      },
    ]);
    expect(last.lines).toEqual([[2, lineOf(batch.rows[2] ?? [])]]);
  });

  it('is left alone in copies of the row', () => {
    const last = describeAkar({ before: edits, after: copies(2, 4) }).byRead();
    expect(restored(last)).toEqual(['C3: Baru → Tulisan guru']);
  });

  it('has nothing to restore if the person typed the same', () => {
    const batch = describeAkar({ before: types(2, DESCRIPTION, 'Baru') });
    expect(batch.byAnswer().last.rollback).toEqual([]);
    expect(restored(batch.byRead())).toEqual([]);
    expect(verdicts(batch.byRead())).toEqual(['edited']);
  });

  it('gets a text that begins with "=" back as text', () => {
    const batch = describeAkar({ before: types(2, DESCRIPTION, '=tulisan') });
    const texts = new Set([`2:${DESCRIPTION}`]);
    expect(batch.byAnswer(texts).last.rollback[0]?.restores?.isText).toBe(true);
    expect(batch.byAnswer().last.rollback[0]?.restores?.isText).toBe(false);
    // A read does not show whether it is a formula: the cell is copied from its before-image.
    expect(batch.byRead().rollback[0]?.restores).toMatchObject({
      isText: false,
      image: { row: 2, column: DESCRIPTION },
    });
  });
});

describe('A row that a batch hit by mistake', () => {
  it.each(['answer', 'read'])('gets its text back, by its %s', (by) => {
    const batch = missesAkar();
    const last = by === 'read' ? batch.byRead() : batch.byAnswer().last;
    expect(verdicts(last)).toEqual(['misplaced']);
    expect(restored(last)).toEqual(['C3: Baru → Tentang batang']);
    expect(last.rollback[0]?.restores).toEqual({
      isText: false,
      copies: true,
      materialId: idOf(9),
      title: 'Batang',
    });
    expect(last.lines).toEqual([[2, lineOf(batch.rows[2] ?? [])]]);
  });

  it.each<[string, Deed, readonly string[], readonly string[]]>([
    ['moved it', pastes(1, ['x'], ['y'], ['z']), ['C6: Baru → Tentang batang'], []],
    ['moved the column', insertsColumn(1), ['D3: Baru → Tentang batang'], []],
    ['changed its title', types(2, TITLE, 'Lain'), ['C3: Baru → Tentang batang'], []],
    [
      'cleared its id and moved it',
      all(types(2, ID, ''), pastes(1, ['x'], ['y'], ['z'], ['a'])),
      ['C7: Baru → Tentang batang'],
      [],
    ],
    [
      'wrote its id in capitals',
      types(2, ID, idOf(9).toUpperCase()),
      ['C3: Baru → Tentang batang'],
      [],
    ],
    ['copied it', copies(2, 5), ['C3: Baru → Tentang batang', 'C6: Baru → Tentang batang'], []],
    [
      'copied it, and typed over the cell in the row itself',
      all(copies(2, 5), types(2, DESCRIPTION, 'Tulisan guru')),
      ['C6: Baru → Tentang batang'],
      [],
    ],
    ['typed over the cell', types(2, DESCRIPTION, 'Tulisan guru'), [], ['C3: Tentang batang']],
    ['typed the old text again', types(2, DESCRIPTION, 'Tentang batang'), [], []],
    ['deleted it', deletes(2), [], ['C3: Tentang batang']],
    ['deleted the column', deletesColumn(DESCRIPTION), [], ['C3: Tentang batang']],
  ])('after people %s', (_, after, cells, texts) => {
    const last = missesAkar(after).byRead();
    expect([restored(last), unplaced(last)]).toEqual([cells, texts]);
  });

  it('is recorded with its material if it cannot get its text back', () => {
    const batch = missesAkar(deletes(2));
    expect(batch.byRead().unplaced).toEqual([
      {
        batchId: batch.id,
        row: 2,
        column: DESCRIPTION,
        materialId: idOf(9),
        title: 'Batang',
        header: 'MATERIAL_DESC',
        text: 'Tentang batang',
      },
    ]);
  });

  it('is recorded with its id in small letters, and with a short title', () => {
    const long = aRow('B'.repeat(600), 'Tentang batang', ` ${idOf(9).toUpperCase()} `);
    const batch = describeAkar({ before: pastes(2, long), after: deletes(2) });
    expect(batch.byRead().unplaced).toMatchObject([
      { materialId: idOf(9), title: 'B'.repeat(500), text: 'Tentang batang' },
    ]);
  });

  it('is not restored in a row with another id that holds the same', () => {
    const twin = aRow('Batang', 'Baru', idOf(8));
    const last = missesAkar(pastes(5, twin)).byRead();
    expect(restored(last)).toEqual(['C3: Baru → Tentang batang']);
  });

  it('is every row after people moved a column', () => {
    const last = describeAkar({ before: insertsColumn(1, 'Lain') }).byRead();
    expect([restored(last), verdicts(last)]).toEqual([['C3: Baru → Akar'], ['misplaced']]);
  });

  it('may have had nothing in the cell', () => {
    const batch = describeAkar({ before: pastes(2, []) });
    expect(restored(batch.byRead())).toEqual(['C3: Baru → ']);
    expect(restored(batch.byAnswer().last)).toEqual(['C3: Baru → ']);
  });

  it('may be the header', () => {
    const batch = describeAkar({ before: pastes(0, ['x'], ['y']) });
    expect(restored(batch.byRead())).toEqual(['C3: Baru → MATERIAL_DESC']);
    expect(restored(batch.byAnswer().last)).toEqual(['C3: Baru → MATERIAL_DESC']);
  });

  it('may hold a formula, which is copied from its before-image', () => {
    const sum = aRow('Batang', '=A1&B1', idOf(9));
    const batch = describeAkar({ before: pastes(2, sum), after: pastes(1, ['x']) });
    expect(batch.byRead().rollback).toEqual([
      expect.objectContaining({
        row: 3,
        value: '=A1&B1',
        restores: expect.objectContaining({ image: { row: 2, column: DESCRIPTION } }),
      }),
    ]);
  });

  it('is restored where the batch gave it an id by mistake', () => {
    const rows = CATALOG.with(2, aRow('Akar', 'Tentang akar', ''));
    const batch = play({
      rows,
      changes: { cells: [change(2, 'id', idOf(2))] },
      before: pastes(2, aRow('Batang', 'Tentang batang', '')),
      after: copies(2, 5),
    });
    expect(restored(batch.byRead())).toEqual([
      `I3: ${idOf(2)} → `,
      // Its texts show which row was copied.
      `I6: ${idOf(2)} → `,
    ]);
  });
});

describe('A before-image', () => {
  it('that is missing restores nothing', () => {
    const batch = missesAkar();
    const images = new Map([...batch.images].filter(([row]) => row !== 2));
    const last = batch.byRead(images);
    expect(verdicts(last)).toEqual(['misplaced']);
  });
});

describe('A new row', () => {
  const added = {
    rows: [
      {
        materialId: idAt(4),
        fields: { title: 'Bunga', description: 'Tentang bunga', id: idAt(4), type: 'Video' },
        metadata: {},
        revisions: { title: 1 },
      },
    ],
    nextRow: 4,
  };

  it.each(['answer', 'read'])('that is below the header is applied, by its %s', (by) => {
    const batch = play({ changes: added });
    const last = by === 'read' ? batch.byRead() : batch.byAnswer().last;
    expect(last).toMatchObject({
      rows: [{ kind: 'applied' }],
      emptied: [[]],
      rollback: [],
      unplaced: [],
    });
  });

  it.each(['answer', 'read'])('that is above the header is cleared, by its %s', (by) => {
    const before = pastes(0, ...Array.from({ length: 10 }, () => ['x']));
    const batch = play({ changes: added, before });
    const last = by === 'read' ? batch.byRead() : batch.byAnswer().last;
    expect(last.rows).toEqual([{ kind: 'misplaced' }]);
    expect(restored(last).toSorted()).toEqual([
      'B5: Bunga → ',
      'C5: Tentang bunga → ',
      'D5: Video → ',
      `I5: ${idOf(4)} → `,
    ]);
  });

  it.each(['answer', 'read'])('in columns that have moved is cleared, by its %s', (by) => {
    const batch = play({ changes: added, before: insertsColumn(3, 'Lain') });
    const last = by === 'read' ? batch.byRead() : batch.byAnswer().last;
    expect(last.rows).toEqual([{ kind: 'misplaced' }]);
    expect(restored(last)).toHaveLength(4);
  });

  it('is cleared in copies too, and belongs to nobody', () => {
    const batch = play({ changes: added, before: insertsColumn(3, 'Lain') });
    expect(batch.byRead().rollback[0]).toEqual({
      row: 4,
      column: TITLE,
      header: 'MATERIAL_TITLE',
      key: '',
      change: null,
      expected: 'Bunga',
      value: '',
      restores: { isText: false, copies: true, materialId: null, title: '' },
    });
  });

  it('in which no text is in a column that has moved is applied', () => {
    const batch = play({ changes: added, before: insertsColumn(12, 'Lain') });
    expect(batch.byAnswer().last.rows).toEqual([{ kind: 'applied' }]);
    expect(batch.byRead().rows).toEqual([{ kind: 'applied' }]);
  });

  it('keeps what a person has typed in it while it is cleared', () => {
    const batch = play({
      changes: added,
      before: insertsColumn(3, 'Lain'),
      after: types(4, 6, 'Tulisan guru'),
    });
    expect(restored(batch.byRead())).toHaveLength(4);
    expect(restored(batch.byRead()).join()).not.toContain('Tulisan guru');
  });

  it('is cleared also where a person has copied it', () => {
    const batch = play({ changes: added, before: insertsColumn(3, 'Lain'), after: copies(4, 6) });
    expect(batch.byRead().rollback.map(({ row }) => row)).toEqual([4, 4, 4, 4, 6, 6, 6, 6]);
  });

  it('is found by its texts if its id is gone', () => {
    const batch = play({
      changes: added,
      before: insertsColumn(3, 'Lain'),
      after: types(4, 8, ''),
    });
    expect(restored(batch.byRead())).toEqual([
      'B5: Bunga → ',
      'C5: Tentang bunga → ',
      'D5: Video → ',
    ]);
  });

  it('shows the columns in which Google kept nothing', () => {
    const batch = play({ changes: added, after: types(4, DESCRIPTION, '') });
    expect(batch.byRead().emptied).toEqual([[DESCRIPTION]]);
  });

  it('shows no such column if it was not found', () => {
    const batch = play({ changes: added, after: deletes(4) });
    expect(batch.byRead().emptied).toEqual([[]]);
    expect(batch.byRead().rows).toEqual([{ kind: 'applied' }]);
  });
});

describe('A rollback', () => {
  it('that restored everything has nothing left', () => {
    const rollback = missesAkar().rollback();
    expect(rollback.rows[2]?.[DESCRIPTION]).toBe('Tentang batang');
    for (const last of [rollback.byRead(), rollback.byAnswer().last]) {
      expect(last).toMatchObject({ cells: [{ kind: 'applied' }], rollbacks: 1 });
      expect([restored(last), unplaced(last)]).toEqual([[], []]);
    }
  });

  it('that missed is completed after a read, in the row that it was for', () => {
    const rollback = missesAkar().rollback({ before: pastes(1, ['x'], ['y'], ['z']) });
    expect(rollback.byAnswer().last.rollback).toEqual([]);
    expect(rollback.byAnswer().last.cells).toEqual([{ kind: 'misplaced' }]);
    const last = rollback.byRead();
    expect(restored(last).toSorted()).toEqual([
      'C3: Tentang batang → ',
      'C6: Baru → Tentang batang',
    ]);
    expect(last.rollbacks).toBe(1);
  });

  it('is tried twice; then its texts are recorded', () => {
    const moves = { before: pastes(1, ['x'], ['y'], ['z']) };
    const second = missesAkar().rollback(moves).rollback(moves);
    expect(second.byRead().rollbacks).toBe(2);
    const last = second.byRead();
    expect(restored(last)).toEqual([]);
    expect(unplaced(last)).toContain('C9: Tentang batang');
  });

  it('that met another edit gives it back, and the first text is recorded', () => {
    const rollback = missesAkar().rollback({ before: types(2, DESCRIPTION, 'Tulisan guru') });
    const last = rollback.byRead();
    expect(restored(last)).toEqual(['C3: Tentang batang → Tulisan guru']);
    expect(unplaced(last)).toEqual(['C3: Tentang batang']);
  });

  it('of which Google keeps no text is recorded, by its answer', () => {
    const missed = missesAkar();
    const google = types(2, DESCRIPTION, 'Baru');
    const rollback = missed.rollbackOf(missed.byAnswer().last, { google });
    expect(unplaced(rollback.byAnswer().last)).toEqual(['C3: Tentang batang']);
  });

  it('restores a copy that a person made before it', () => {
    const missed = missesAkar();
    const rollback = missed.rollbackOf(missed.byAnswer().last, { before: copies(2, 5) });
    expect(restored(rollback.byRead())).toEqual(['C6: Baru → Tentang batang']);
  });

  it('restores no row with another id as a copy', () => {
    const formulas = (id: string) => ['IPA', '=A1', 'Tentang', 'Video', 'Fase C', '', '', '', id];
    const rows = CATALOG.with(1, formulas(idOf(1)));
    const added = {
      rows: [
        {
          materialId: idAt(4),
          fields: {
            subject: 'IPA',
            title: 'Bunga',
            type: 'Video',
            level: 'Fase C',
            id: idAt(4),
            updatedAt: '2026',
          },
          metadata: {},
          revisions: {},
        },
      ],
    };
    const batch = play({
      rows,
      changes: added,
      before: insertsColumn(12),
      after: types(4, TITLE, '=B1'),
    });
    const rollback = batch.rollback();
    expect(batch.byRead().rows).toEqual([{ kind: 'misplaced' }]);
    expect(restored(rollback.byRead())).toEqual([]);
  });

  it('keeps a text for the report where the sheet is gone', () => {
    const batch = missesAkar(() => []);
    expect(unplaced(batch.byRead())).toEqual(['C3: Tentang batang']);
  });

  it('carries the texts that were recorded before', () => {
    const recorded = missesAkar(deletes(2)).byRead().unplaced;
    const missed = missesAkar();
    const rollback = missed.rollbackOf({ ...missed.byRead(), unplaced: recorded });
    expect(rollback.byRead().unplaced).toEqual(recorded);
    expect(rollback.byAnswer().last.unplaced).toEqual(recorded);
  });
});

describe('A header that a batch overwrote', () => {
  it('is restored until it is there', () => {
    const moves = { before: pastes(0, ['x'], ['y'], ['z'], ['a'], ['b']) };
    const missed = describeAkar({ before: pastes(0, ['x'], ['y']) });
    expect(restored(missed.rollback(moves).byRead())).toContain('C8: Baru → MATERIAL_DESC');
  });
});
