import { describe, expect, it } from '@jest/globals';
import { idOf, TAB } from '../../direct/test/rows.ts';
import type { SheetState, Snapshot, Verdict } from '../../journal/index.ts';
import { planTitles } from '../../batch/index.ts';
import { outcomeOf } from '../index.ts';
import {
  Batch,
  CATALOG,
  change,
  copies,
  deletes,
  DESCRIPTION,
  ID,
  idAt,
  insertsColumn,
  nothing,
  play,
  snapshotOf,
  TITLE,
  types,
  type Deed,
  type Rows,
} from './story.ts';

const batch = play({
  changes: {
    cells: [change(2, 'description', 'Baru')],
    rows: [{ materialId: idAt(4), fields: { title: 'Bunga' }, metadata: {}, revisions: {} }],
  },
});
const OTHER = '01980000-0000-7000-8000-0000000000aa';

const journal = (id: string, history: readonly string[] = []) => ({
  grid: { rows: 10, columns: 27 },
  intent: null,
  images: new Map(),
  label: {
    version: 2 as const,
    number: 8,
    id,
    history: [...history],
    sheetId: 0,
    tab: TAB,
    grid: { rows: 10, columns: 27 },
    checksum: '',
    hidden: {},
  },
});
/** A later read, after another batch has landed too if `isLast` is false. */
const read = (isLast: boolean, rows = CATALOG): Snapshot => ({
  ...snapshotOf(rows, isLast ? batch.byRead() : null),
  journal: isLast ? journal(batch.id) : journal(OTHER, [batch.id]),
});
const isKept = (deed: Deed, isLast = true) =>
  outcomeOf(batch.plan, read(isLast, deed(batch.rows))).cells.map((cell) => cell.isKept);

describe('The outcome of a plan', () => {
  it.each<[string, Partial<Snapshot>]>([
    ['there is no journal', { journal: null }],
    ['nobody can read its label', { journal: { ...journal(OTHER), label: null } }],
    ['the label does not name it', { journal: journal(OTHER) }],
  ])('is that it has not landed where %s', (_, more) => {
    const outcome = outcomeOf(batch.plan, { ...read(true), ...more });
    expect(outcome).toEqual({ landed: false, cells: [], rows: [] });
  });

  it('is the verdict on each cell and row while it is the last batch', () => {
    const [cell] = batch.plan.cells;
    const [row] = batch.plan.rows;
    const answer: SheetState = { ...read(true, batch.rows), last: batch.byAnswer().last };
    expect(outcomeOf(batch.plan, answer)).toEqual({
      landed: true,
      cells: [{ cell, verdict: { kind: 'applied' }, isKept: true }],
      rows: [{ row, verdict: { kind: 'applied' }, notKept: [] }],
    });
  });

  it('is unknown after another batch', () => {
    const unknown: Verdict = { kind: 'unknown' };
    expect(outcomeOf(batch.plan, read(false))).toMatchObject({
      landed: true,
      cells: [{ verdict: unknown, isKept: true }],
      rows: [{ verdict: unknown, notKept: [] }],
    });
  });

  it('names the columns of a new row that are empty', () => {
    const last = { ...batch.byRead(), emptied: [[TITLE]] };
    expect(outcomeOf(batch.plan, { ...read(true), last }).rows[0]?.notKept).toEqual(['title']);
  });

  it('is from the answer what the answer shows', () => {
    const last = { ...batch.byRead(), kept: [false] };
    const { header, ...sheetState } = { ...read(true), last };
    expect(header).not.toBeNull();
    expect(outcomeOf(batch.plan, sheetState).cells[0]?.isKept).toBe(false);
    // An answer shows each cell. It is not compared with what was there before.
    const same = { ...sheetState, rows: CATALOG, last: batch.byRead() };
    expect(outcomeOf(batch.plan, same).cells[0]?.isKept).toBe(true);
  });

  it.each<[string, Deed, boolean]>([
    ['is kept where a later read shows it', nothing, true],
    [
      'is not kept where a later read shows the text before',
      types(2, DESCRIPTION, 'Tentang akar'),
      false,
    ],
    ['is kept where a person has typed another text since', types(2, DESCRIPTION, 'Lain'), true],
    ['is kept where the row is gone', deletes(2), true],
    [
      'is not kept in a column that has moved',
      (rows) => insertsColumn(1)(types(2, DESCRIPTION, 'Tentang akar')(rows)),
      false,
    ],
    [
      'is kept where one of two copies shows it',
      (rows) => types(2, DESCRIPTION, 'Tentang akar')(copies(2, 5)(rows)),
      true,
    ],
    [
      'is not kept where every copy shows the text before',
      (rows) => copies(2, 5)(types(2, DESCRIPTION, 'Tentang akar')(rows)),
      false,
    ],
    [
      'is kept where a person typed over it, and a copy shows the text before',
      (rows) =>
        types(5, DESCRIPTION, 'Lain')(copies(2, 5)(types(2, DESCRIPTION, 'Tentang akar')(rows))),
      true,
    ],
  ])('%s', (_, deed, expected) => {
    expect(isKept(deed)).toEqual([expected]);
  });

  it('is not asked of a read after another batch', () => {
    expect(isKept(types(2, DESCRIPTION, 'Tentang akar'), false)).toEqual([true]);
  });

  it('is kept for a title of the header, which no row’s key finds', () => {
    const titled = new Batch(
      (id) => planTitles(id, snapshotOf(CATALOG), [{ column: TITLE, value: 'Judul' }]),
      CATALOG,
      {},
    );
    const later = { ...snapshotOf(CATALOG, titled.byRead()), journal: journal(titled.id) };
    expect(outcomeOf(titled.plan, later).cells.map((cell) => cell.isKept)).toEqual([true]);
  });

  it('finds a row by the id that the batch gave it', () => {
    const rows = CATALOG.with(2, (CATALOG[2] ?? []).with(ID, ''));
    const both = play({
      rows,
      changes: { cells: [change(2, 'id', idOf(2)), change(2, 'description', 'Baru')] },
      after: types(2, DESCRIPTION, 'Tentang akar'),
    });
    const later = { ...snapshotOf(both.rows, both.byRead()), journal: journal(both.id) };
    expect(outcomeOf(both.plan, later).cells.map((cell) => cell.isKept)).toEqual([false, true]);
  });

  it('finds a row that gets its id by its texts', () => {
    const rows = CATALOG.with(2, (CATALOG[2] ?? []).with(8, ''));
    const identifies = play({ rows, changes: { cells: [change(2, 'id', idOf(2))] } });
    const later = (after: Rows): Snapshot => ({
      ...snapshotOf(after, identifies.byRead()),
      journal: journal(identifies.id),
    });
    const kept = (after: Rows) => outcomeOf(identifies.plan, later(after)).cells[0]?.isKept;
    expect(kept(rows)).toBe(false);
    expect(kept(identifies.rows)).toBe(true);
  });
});
