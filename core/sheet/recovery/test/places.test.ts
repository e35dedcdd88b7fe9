import { describe, expect, it } from '@jest/globals';
import { aRow, idOf } from '../../direct/test/rows.ts';
import {
  all,
  CATALOG,
  change,
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
} from './story.ts';

const BATANG = aRow('Batang', 'Tentang batang', idOf(9));
const BUNGA = {
  materialId: idAt(4),
  fields: { title: 'Bunga', id: idAt(4) },
  metadata: {},
  revisions: {},
};
const UNIDENTIFIED = CATALOG.with(2, aRow('Akar', 'Tentang akar', ''));

describe('A cell below new rows', () => {
  it.each([2, 3])('is where the new rows have moved it: row %i', (row) => {
    const changes = { cells: [change(row, 'description', 'Baru')], rows: [BUNGA], nextRow: 2 };
    const right = play({ changes });
    expect(right.byAnswer().last).toMatchObject({ kept: [true], rollback: [] });
    const missed = play({ changes, before: pastes(row, BATANG) });
    const expected = [`C${row + 2}: Baru → Tentang batang`];
    expect([restored(missed.byAnswer().last), restored(missed.byRead())]).toEqual([
      expected,
      expected,
    ]);
  });

  it('is where it was above them', () => {
    const changes = { cells: [change(1, 'description', 'Baru')], rows: [BUNGA], nextRow: 2 };
    const missed = play({ changes, before: pastes(1, BATANG) });
    expect(restored(missed.byAnswer().last)).toEqual(['C2: Baru → Tentang batang']);
  });
});

describe('A cell that is empty now, and was empty before', () => {
  const empty = aRow('Batang', '', idOf(9));
  const google = types(2, DESCRIPTION, '');
  const missed = () =>
    play({
      changes: { cells: [change(2, 'description', 'Baru')] },
      before: pastes(2, empty),
      google,
    });

  it('is cleared once: it may hold the text unseen, under a merge', () => {
    expect(restored(missed().byRead())).toEqual(['C3:  → ']);
    const rollback = missed().rollback();
    expect([restored(rollback.byRead()), unplaced(rollback.byRead())]).toEqual([[], []]);
  });

  it('is recorded with nothing if Google does not let the text be removed', () => {
    const shown = play({
      changes: { cells: [change(2, 'description', 'Baru')] },
      before: pastes(2, empty),
    });
    const stuck = { google: types(2, DESCRIPTION, 'Baru') };
    const last = shown.rollback(stuck).rollback(stuck).byRead();
    expect([restored(last), unplaced(last)]).toEqual([[], ['C3: ']]);
  });

  it('is not recorded where the row is gone', () => {
    const gone = play({
      changes: { cells: [change(2, 'description', 'Baru')] },
      before: pastes(2, empty),
      after: () => CATALOG,
    });
    expect([restored(gone.byRead()), unplaced(gone.byRead())]).toEqual([[], []]);
  });
});

describe('A rollback that hit a cell with another mistake', () => {
  const two = { cells: [change(2, 'description', 'Baru 2'), change(3, 'description', 'Baru 3')] };
  const pasted = [aRow('Satu', 'Tentang satu', idOf(8)), aRow('Dua', 'Tentang dua', idOf(9))];
  const missed = play({ changes: two, before: pastes(2, ...pasted) });

  it('gives the cell what it held before both', () => {
    const last = missed.rollback({ before: pastes(2, ['x']) }).byRead();
    expect(restored(last).toSorted()).toEqual([
      'C3: Tentang satu → ',
      'C4: Tentang dua → Tentang satu',
      'C5: Baru 3 → Tentang dua',
    ]);
    expect(unplaced(last)).toEqual([]);
  });

  it('has nothing to do where both are right by now', () => {
    const same = [aRow('Satu', 'Sama', idOf(8)), aRow('Dua', 'Sama', idOf(9))];
    const twins = play({ changes: two, before: pastes(2, ...same) });
    const last = twins.rollback({ before: pastes(2, ['x']) }).byRead();
    expect(restored(last).toSorted()).toEqual(['C3: Sama → ', 'C5: Baru 3 → Sama']);
    expect(unplaced(last)).toEqual([]);
  });
});

describe('A row that got an id by mistake', () => {
  const noId = aRow('Batang', 'Tentang batang', '');
  const cells = [change(2, 'id', idOf(2)), change(2, 'description', 'Baru')];
  const misses = (after = nothing) =>
    play({ rows: UNIDENTIFIED, changes: { cells }, before: pastes(2, noId), after });

  it('is restored, and no row with another id', () => {
    const last = misses(pastes(5, aRow('Batang', 'Baru', idOf(8)))).byRead();
    expect(restored(last)).toEqual(['C3: Baru → Tentang batang', `I3: ${idOf(2)} → `]);
  });

  it('is restored in a copy without an id too', () => {
    const last = misses(pastes(5, aRow('Batang', 'Baru', ''))).byRead();
    expect(restored(last)).toContain('C6: Baru → Tentang batang');
  });

  it('keeps an id that a person types there before the rollback', () => {
    const last = misses()
      .rollback({ before: types(2, ID, idOf(7)) })
      .byRead();
    expect(last.cells).toEqual([{ kind: 'applied' }, { kind: 'edited', found: idOf(7) }]);
    expect(restored(last)).toEqual([`I3:  → ${idOf(7)}`]);
  });

  it('is restored where a person has typed over that id, and copies of its text are beside it', () => {
    const last = misses(all(pastes(2, noId), types(3, ID, idOf(9)))).byRead();
    expect(restored(last)).toEqual(['C4: Baru → Tentang batang']);
  });

  it('is the one that was meant if only its other cells differ a little', () => {
    const last = play({ rows: UNIDENTIFIED, changes: { cells } }).byRead();
    expect([verdicts(last), restored(last)]).toEqual([['applied', 'applied'], []]);
  });
});

describe('A row that is shorter than the column that the batch wrote', () => {
  const rows = CATALOG.map((cells, row) => (row === 0 ? [...cells, 'Catatan'] : cells.slice(0, 9)));
  const changes = { cells: [change(2, 'metadata.Catatan', 'Baru')] };

  it('is found again, and its cell is cleared', () => {
    const after = pastes(1, ['x'], ['y'], ['z'], ['a']);
    const missed = play({ rows, changes, before: pastes(2, BATANG.slice(0, 9)), after });
    expect(restored(missed.byRead())).toEqual(['O7: Baru → ']);
    expect(restored(missed.byAnswer().last)).toEqual(['O3: Baru → ']);
  });
});

describe('A new row of which Google keeps a text unseen', () => {
  it('is cleared there too, by its answer', () => {
    const missed = play({
      changes: { rows: [{ ...BUNGA, fields: { title: 'Bunga', description: 'Tentang bunga' } }] },
      before: insertsColumn(1, 'Lain'),
      google: types(4, DESCRIPTION, ''),
    });
    expect(restored(missed.byAnswer().last)).toEqual(['B5: Bunga → ', 'C5:  → ']);
    expect(missed.byAnswer().last.emptied).toEqual([[DESCRIPTION]]);
  });

  it('is no loss where a rollback that clears it is not kept', () => {
    const missed = play({ changes: { rows: [BUNGA] }, before: insertsColumn(1, 'Lain') });
    const rollback = missed.rollback({ google: types(4, TITLE, 'Bunga') });
    expect(rollback.byAnswer().last.unplaced).toEqual([]);
  });
});

describe('A new row whose id is gone', () => {
  const fields = { subject: 'IPA', title: 'Bunga', description: 'Tentang bunga', id: idAt(4) };
  const misses = (after = nothing) =>
    play({
      changes: { rows: [{ ...BUNGA, fields }] },
      before: insertsColumn(3, 'Lain'),
      after: all(types(4, ID, ''), after),
    });

  it('is the row that is most like it', () => {
    const like = ['IPA', 'Bunga', 'Lain', '', 'x'];
    const last = misses(pastes(1, like)).byRead();
    expect(last.rollback.map(({ row }) => row)).toEqual([5, 5, 5]);
  });

  it('is no row that has an id, nor one that is not like it', () => {
    const last = misses(
      all(types(4, TITLE, 'Anders'), types(4, DESCRIPTION, 'Anders'), types(4, 0, '')),
    ).byRead();
    expect(last.rollback).toEqual([]);
  });
});
