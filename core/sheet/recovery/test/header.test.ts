import { describe, expect, it } from '@jest/globals';
import { newTitles, planTitles } from '../../batch/index.ts';
import { aRow, idOf } from '../../direct/test/rows.ts';
import type { Snapshot } from '../../journal/index.ts';
import {
  all,
  Batch,
  CATALOG,
  change,
  DESCRIPTION,
  idAt,
  insertsColumn,
  pastes,
  play,
  restored,
  snapshotOf,
  TITLE,
  types,
  verdicts,
  type Story,
} from './story.ts';

const newRow = (row: number, fields: Readonly<Record<string, string>>) => ({
  materialId: idAt(row),
  fields: { ...fields, id: idAt(row) },
  metadata: {},
  revisions: {},
});
const bothOf = (batch: Batch) => [batch.byAnswer().last, batch.byRead()];

describe('A header that no before-image shows', () => {
  const changes = { rows: [newRow(4, { title: 'Bunga' })] };

  it('is found in the answer, where Google leaves a hidden row out when it copies', () => {
    const batch = play({ changes });
    const { last, headerRow } = batch.byAnswer(undefined, new Map(batch.images).set(0, []));
    expect([last.rows, headerRow]).toEqual([[{ kind: 'applied' }], 0]);
  });

  it('is not the row that the batch wrote to', () => {
    const titles = CATALOG[0] ?? [];
    const cells = titles.map((title, column) => change(2, FIELD_OF[column] ?? '', String(title)));
    const batch = play({ changes: { ...changes, cells } });
    const images = new Map(batch.images).set(0, []);
    expect(batch.byAnswer(undefined, images).headerRow).toBe(0);
  });
});

const FIELD_OF = [
  ...['subject', 'title', 'description', 'type', 'level', 'theme', 'subtheme', 'url'],
  ...['id', 'aiSummary', 'aiStatus', 'aiSource', 'updatedAt', 'archivedAt'],
];

describe('Two new rows', () => {
  const rows = [newRow(4, { title: 'Bunga', updatedAt: '2026' }), newRow(5, { title: 'Buah' })];

  it('are judged one by one: a column that has moved matters where it has a text', () => {
    for (const last of bothOf(play({ changes: { rows }, before: insertsColumn(12, 'Lain') }))) {
      expect(last.rows).toEqual([{ kind: 'misplaced' }, { kind: 'applied' }]);
      expect(new Set(last.rollback.map(({ row }) => row))).toEqual(new Set([4]));
    }
  });

  it('are both cleared, each in its row', () => {
    for (const last of bothOf(play({ changes: { rows }, before: insertsColumn(1, 'Lain') }))) {
      expect(restored(last).filter((cell) => cell.startsWith('B'))).toEqual([
        'B5: Bunga → ',
        'B6: Buah → ',
      ]);
    }
  });

  it('show each the columns in which Google kept nothing', () => {
    const batch = play({ changes: { rows }, google: types(5, TITLE, '') });
    expect(batch.byAnswer().last.emptied).toEqual([[], [TITLE]]);
    expect(batch.byRead().emptied).toEqual([[], [TITLE]]);
  });

  it.each([4, 5])('are above the header if it has come to row %i', (row) => {
    const lines = Array.from({ length: row }, () => ['x']);
    const batch = play({ changes: { rows }, before: pastes(0, ...lines) });
    for (const last of bothOf(batch)) {
      expect(last.rows).toEqual([{ kind: 'misplaced' }, { kind: 'misplaced' }]);
    }
  });

  it('are below the header if it has come to the row above them', () => {
    const lines = Array.from({ length: 3 }, () => ['x']);
    const batch = play({ changes: { rows }, before: pastes(0, ...lines) });
    for (const last of bothOf(batch)) {
      expect(last.rows).toEqual([{ kind: 'applied' }, { kind: 'applied' }]);
    }
  });
});

describe('A batch that writes one title of the header', () => {
  const renames = (before: Story['before']) =>
    new Batch(
      (id) => planTitles(id, snapshotOf(CATALOG), [{ column: 1, value: 'Judul' }]),
      CATALOG,
      before === undefined ? {} : { before },
    );

  it.each<[string, Story['before'], string]>([
    ['where nothing has changed', undefined, 'applied'],
    ['where people changed that title', types(0, 1, 'Nama'), 'misplaced'],
    ['where people added a title at the end', types(0, 14, 'Lain'), 'misplaced'],
    ['where people removed the last title', types(0, 13, ''), 'misplaced'],
    ['where people changed another title', types(0, 4, 'Jenjang'), 'misplaced'],
  ])('%s', (_, before, kind) => {
    for (const last of bothOf(renames(before))) expect(verdicts(last)).toEqual([kind]);
  });
});

describe('A batch that writes the header of an empty tab', () => {
  const empty: Snapshot = {
    ...snapshotOf(CATALOG),
    rows: [],
    header: null,
    titles: { row: 0, texts: [] },
  };
  const fills = (before: Story['before']) =>
    new Batch(
      (id) => planTitles(id, empty, newTitles([], ['MATERIAL_TYPE', 'MATERIAL_TITLE'])),
      [],
      before === undefined ? {} : { before },
    );

  it.each<[string, Story['before'], readonly string[]]>([
    ['that is still empty', undefined, ['applied', 'applied']],
    ['in which people typed in a column of its', types(0, 0, 'x'), ['misplaced', 'applied']],
    ['in which people typed beside', types(0, 2, 'x'), ['misplaced', 'misplaced']],
  ])('%s', (_, before, kinds) => {
    for (const last of bothOf(fills(before))) expect(verdicts(last)).toEqual(kinds);
  });
});

describe('Half of the titles', () => {
  const renamed = (count: number) =>
    all(
      pastes(0, ['x']),
      ...Array.from({ length: count }, (_, column) => types(1, column, `Lain ${column}`)),
    );
  const adds = (count: number) =>
    play({ changes: { rows: [newRow(4, { updatedAt: '2026' })] }, before: renamed(count) });

  it('are enough to know the header by', () => {
    expect(adds(7).byAnswer().headerRow).toBe(1);
  });

  it('are needed', () => {
    expect(adds(8).byAnswer().headerRow).toBe(0);
  });
});

describe('A rollback that cleared titles of the header', () => {
  const cells = [change(1, 'aiSource', 'Gemini'), change(1, 'updatedAt', '2026')];
  const missed = play({ changes: { cells }, before: insertsColumn(10) });

  it('gives each its own title back, and clears the row that it was for', () => {
    expect(restored(missed.rollback({ before: pastes(0, []) }).byRead()).toSorted()).toEqual([
      ...['L2:  → AI_STATUS', 'L3: Gemini → ', 'M2:  → AI_SOURCE', 'M3: 2026 → '],
    ]);
  });

  it('is tried again where the titles came into other columns: a column was inserted', () => {
    const second = missed.rollback({ before: pastes(0, []) });
    expect(restored(second.rollback({ before: insertsColumn(1) }).byRead())).toEqual([
      ...['L2: AI_STATUS → ', 'M2: AI_SOURCE → AI_STATUS', 'N2:  → AI_SOURCE'],
    ]);
  });
});

describe('A rollback in a row that has an id, beside a row that got one', () => {
  it('tells the first by its id', () => {
    const rows = CATALOG.with(2, aRow('Akar', 'Tentang akar', ''));
    const cells = [change(1, 'description', 'Baru'), change(2, 'id', idOf(2))];
    const batang = aRow('Batang', 'Tentang batang', idOf(9));
    const before = pastes(1, batang, aRow('Lain', 'Tentang lain', ''));
    const missed = play({ rows, changes: { cells }, before });
    const twin = aRow('Batang', 'Baru', idOf(8));
    const rollback = missed.rollback({ before: pastes(1, twin) });
    expect(verdicts(rollback.byRead())).toEqual(['misplaced', 'misplaced']);
    expect(rollback.byRead().rollback.find(({ row }) => row === 1)).toMatchObject({
      column: DESCRIPTION,
      value: 'Baru',
    });
  });
});
