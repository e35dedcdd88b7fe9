import { describe, expect, it } from '@jest/globals';
import { digest } from '../../../google/sheets/index.ts';
import { idOf } from '../../direct/test/rows.ts';
import { FORMULA, lineOf } from '../../journal/index.ts';
import { findRows, likeness, linesFinder, placesFinder, soughtRow } from '../likeness.ts';

const KEY = { id: 0, title: 1 };

describe('The likeness of two rows', () => {
  it.each<[string, string[], string[], number]>([
    ['with one id is 2, whatever else they hold', ['1', 'a', 'b'], ['1', 'x', 'y'], 2],
    ['with two ids is 0, whatever else they hold', ['1', 'a', 'b', 'c'], ['2', 'a', 'b', 'c'], 0],
    [
      'is the share of cells if one has no id',
      ['', 'a', 'b', 'c', 'd'],
      ['1', 'a', 'b', 'x', 'd'],
      0.75,
    ],
    [
      'is the share of cells if the other has no id',
      ['1', 'a', 'b', 'c'],
      ['', 'a', 'b', 'c'],
      0.75,
    ],
    [
      'is enough at half of the cells with the title',
      ['', 'a', 'b', 'c', 'd'],
      ['', 'a', 'b', 'x', 'y'],
      0.5,
    ],
    [
      'is too little below half of the cells',
      ['', 'a', 'b', 'c', 'd'],
      ['', 'a', 'x', 'y', 'z'],
      0,
    ],
    [
      'is too little at half of the cells without the title',
      ['', 'a', 'b', 'c', 'd'],
      ['', 'x', 'y', 'c', 'd'],
      0,
    ],
    [
      'is enough at three quarters without the title',
      ['', 'a', 'b', 'c', 'd'],
      ['', 'x', 'b', 'c', 'd'],
      0.75,
    ],
    [
      'does not count a formula as the same title',
      ['', FORMULA, 'b', 'c', 'd'],
      ['', FORMULA, 'b', 'x', 'y'],
      0,
    ],
    [
      'does not count an empty title as the same one',
      ['', '', 'b', 'c', 'd', 'e'],
      ['', '', 'b', 'c', 'x', 'y'],
      0,
    ],
    [
      'counts what the second row has more only where the first has little',
      ['', 'a', 'b', 'c'],
      ['', 'a', 'b', 'c', 'd', 'e', 'f', 'g'],
      1,
    ],
    [
      'of a row with two cells counts the cells of both',
      ['', 'a', 'b'],
      ['', 'a', 'b', 'c'],
      2 / 3,
    ],
    [
      'of a row with two cells is enough at half',
      ['', '', 'b', 'c'],
      ['', '', 'b', 'c', 'd', 'e'],
      0.5,
    ],
    [
      'of a row with two cells is too little below half',
      ['', '', 'b', 'c'],
      ['', '', 'b', 'c', 'd', 'e', 'f'],
      0,
    ],
    ['of two empty rows is 1', [], ['', '', ''], 1],
    ['of an empty row with a filled one is 0', ['', ''], ['', 'a'], 0],
  ])('%s', (_, one, other, expected) => {
    expect(likeness(one, other, KEY)).toBe(expected);
  });

  it('does not need columns of the id and the title', () => {
    expect(likeness(['1', 'a', 'b', 'c'], ['2', 'a', 'b', 'c'], {})).toBe(0.75);
    expect(likeness(['1', 'a', 'b', 'c'], ['1', 'x', 'b', 'c'], {})).toBe(0.75);
    expect(likeness(['1', 'a', 'b', 'c'], ['2', 'a', 'x', 'c'], {})).toBe(0);
    expect(likeness(['1'], ['2'], {})).toBe(0);
  });
});

describe('A row that a batch hit', () => {
  const rows = [
    ['ID', 'T', 'D', 'S', 'L'],
    [idOf(1), 'Daun', 'Tentang daun', 'IPA', 'C'],
    ['', 'Akar', 'Tentang akar', 'IPA', 'C'],
    [idOf(3), 'Biji', 'Baru', 'IPA', 'C'],
    ['', 'Lain', 'Baru', 'Seni', 'D'],
  ];
  const sought = (row: number, cells: string[], written: readonly number[]) =>
    soughtRow(row, lineOf(cells), written, (column) => column);
  const find = (...rowsSought: ReturnType<typeof sought>[]) => findRows(rowsSought, rows, KEY);

  it.each<[string, ReturnType<typeof sought>, number | null]>([
    ['is found by its id, however far it has moved', sought(90, [idOf(3), 'x', 'y'], [2]), 3],
    [
      'is found by its content near its place',
      sought(1, ['', 'Akar', 'Tentang akar', 'IPA', 'x'], [4]),
      2,
    ],
    [
      'is found by what the batch wrote, and its content, far away',
      sought(90, ['', 'Lain', 'Baru', 'Seni', 'x'], [2]),
      4,
    ],
    [
      'is found by all that the batch wrote if neither row has an id',
      sought(90, ['', 'x', 'Baru', 'y', 'z'], [2]),
      4,
    ],
    [
      'is not found by what the batch wrote in a row with an id',
      sought(90, [idOf(9), 'x', 'Baru', 'y', 'z'], [2]),
      null,
    ],
    [
      'is not found where not all that the batch wrote is there',
      sought(90, ['', 'x', 'Baru', 'y', 'z'], [1, 2]),
      null,
    ],
    [
      'is not found by empty cells that the batch wrote',
      sought(2, ['', 'x', 'y', 'z', 'a', ''], [5]),
      null,
    ],
    ['is not found where nothing is like it', sought(2, ['', 'x', 'y', 'z', 'a'], [4]), null],
    [
      'is not found far away where nothing leads there',
      sought(90, ['', 'Akar', 'Tentang akar', 'IPA', 'x'], [4]),
      null,
    ],
  ])('%s', (_, row, place) => {
    expect(find(row)).toEqual([place]);
  });

  it('is the nearest of rows that are alike', () => {
    const line = ['', 'Akar', 'Tentang akar', 'IPA', 'C'];
    const same = Array.from({ length: 7 }, () => line);
    const [place] = findRows([sought(4, line, [2])], same, KEY);
    expect(place).toBe(4);
  });

  it('is the one with its content rather than one that shows more of what the batch wrote', () => {
    const two = [
      ['', 'Akar', 'Baru', 'IPA', 'C'],
      ['', 'Akar', 'Lain', 'IPA', 'C', 'x'],
    ];
    const [place] = findRows([sought(0, ['', 'Akar', 'Baru', 'IPA', 'C', 'x'], [2])], two, KEY);
    expect(place).toBe(0);
  });

  it('shows what the batch wrote rather than being near', () => {
    const two = [
      ['', 'Akar', 'Baru', 'IPA', ''],
      ['', 'Akar', '', 'IPA', 'C'],
    ];
    const line = ['', 'Akar', 'Baru', 'IPA', 'C'];
    expect(findRows([sought(0, line, [4])], two, KEY)).toEqual([1]);
    expect(findRows([sought(1, line, [2])], two, KEY)).toEqual([0]);
  });

  it('has a place of its own', () => {
    const line = ['', 'Akar', 'Tentang akar', 'IPA', 'C'];
    expect(find(sought(2, line, [4]), sought(2, line, [4]))).toEqual([2, null]);
  });

  describe('and gave its id', () => {
    const content = ['Akar', 'Tentang akar', 'IPA', 'C'];
    const given = sought(0, [idOf(2), ...content], [0]);
    const other = [idOf(2), 'Biji', 'Lain', 'IPA', 'D'];

    it('is the one with its content, although another row shows that id by mistake', () => {
      expect(findRows([given], [[idOf(9), ...content], other], KEY)).toEqual([0]);
    });

    it('is the one with that id of two with its content', () => {
      const two = [
        ['', ...content],
        [idOf(2), ...content],
      ];
      expect(findRows([given], two, KEY)).toEqual([1]);
    });

    it('is the one with that id if nothing else tells', () => {
      expect(findRows([given], [[idOf(9), 'x', 'y', 'z'], other], KEY)).toEqual([1]);
    });

    it('is the one with that id and half its content rather than a row like it', () => {
      const edited = [idOf(2), 'Akar', 'Tentang akar', 'x', 'y'];
      expect(findRows([given], [[idOf(9), ...content.with(3, 'D')], edited], KEY)).toEqual([1]);
    });
  });

  it('is found by its content if a person has typed a text over its id that is no id', () => {
    const content = ['Akar', 'Tentang akar', 'IPA', 'C'];
    const now = [[], ['nomor 7', ...content]];
    expect(findRows([sought(1, [idOf(2), ...content], [4])], now, KEY)).toEqual([1]);
    const other = [[], [idOf(9), ...content]];
    expect(findRows([sought(1, [idOf(2), ...content], [4])], other, KEY)).toEqual([null]);
  });

  it('leaves a place to the row that has its id', () => {
    const [first, second] = find(
      sought(3, ['', 'Biji', 'Baru', 'IPA', 'C'], [1]),
      sought(90, [idOf(3), 'x', 'y', 'z', 'a'], [2]),
    );
    expect([first, second]).toEqual([null, 3]);
  });

  it('is not sought where there is none', () => {
    expect(find()).toEqual([]);
  });
});

describe('A finder', () => {
  it('gives the rows whose cell has a digest', () => {
    const places = placesFinder([['a'], ['b'], ['a', 'a'], []]);
    expect(places(0, digest('a'))).toEqual([0, 2]);
    expect(places(1, digest('a'))).toEqual([2]);
    expect(places(1, '')).toEqual([0, 1, 3]);
    expect(places(5, digest('a'))).toEqual([]);
  });

  it('gives rows as lines, and an empty line beyond the last row', () => {
    const lineAt = linesFinder([['a', '=B1']]);
    expect(lineAt(0)).toEqual([digest('a'), FORMULA]);
    expect(lineAt(0)).toBe(lineAt(0));
    expect(lineAt(9)).toEqual([]);
  });
});

describe('A row that is sought', () => {
  const same = (column: number) => column;
  const filler = Array.from({ length: 9 }, (_, at) => [
    '',
    `Lain ${at}`,
    `x${at}`,
    `y${at}`,
    `z${at}`,
  ]);

  it.each([-3, 3])('is found %i rows away although nothing leads there', (offset) => {
    const rows = filler.with(4 + offset, ['', 'Akar', 'Isi', '', 'C']);
    const row = soughtRow(4, lineOf(['', 'Akar', 'Isi', '', 'C']), [3], same);
    expect(findRows([row], rows, KEY)).toEqual([4 + offset]);
  });

  it.each([-4, 4])('is not found %i rows away if nothing leads there', (offset) => {
    const rows = filler.with(4 + offset, ['', 'Akar', 'Isi', '', 'C']);
    const row = soughtRow(4, lineOf(['', 'Akar', 'Isi', '', 'C']), [3], same);
    expect(findRows([row], rows, KEY)).toEqual([null]);
  });

  it('is not led to by another column where the sheet has no ids', () => {
    const rows = filler.with(8, ['', 'Akar', 'Isi', '', 'C']);
    const row = soughtRow(1, lineOf(['', 'Akar', 'Isi', '', 'C']), [3], same);
    expect(findRows([row], rows, {})).toEqual([null]);
  });

  it('is in the sheet: an empty row is not found above the first one', () => {
    expect(findRows([soughtRow(0, [], [2], same)], filler, KEY)).toEqual([null]);
  });

  it('is the one that shows all that the batch wrote and cleared, whatever else a person typed', () => {
    const rows = filler.with(2, ['', 'Judul', 'Baru', '', 'D']);
    const row = soughtRow(1, lineOf(['', 'Akar', 'Baru', '', 'C']), [2, 3], same);
    expect(findRows([row], rows, KEY)).toEqual([2]);
  });

  it('is not one that only has the same empty cells', () => {
    const rows = filler.with(2, ['', 'Judul', 'x', '', 'D']);
    const row = soughtRow(2, lineOf(['', 'Akar', 'Isi', '', 'C']), [3], same);
    expect(findRows([row], rows, KEY)).toEqual([null]);
  });

  it('of which the id was cleared is the one with its content, not a row without an id', () => {
    const rows = filler
      .with(1, ['', 'Akar', 'Isi', 'IPA', 'D'])
      .with(2, [idOf(2), 'Akar', 'Isi', 'IPA', 'C']);
    const row = soughtRow(1, lineOf(['', 'Akar', 'Isi', 'IPA', 'C']), [0], same);
    expect(findRows([row], rows, KEY)).toEqual([2]);
  });

  it('counts an id that it got by mistake among the cells that have to agree', () => {
    const rows = filler.with(2, ['', 'Akar', 'Isi', 'Seni', 'D']);
    const row = soughtRow(1, lineOf([idOf(7), 'Akar', 'Isi', 'IPA', 'C']), [0], same);
    expect(findRows([row], rows, KEY)).toEqual([null]);
    expect(
      findRows([soughtRow(1, lineOf(['', 'Akar', 'Isi', 'IPA', 'C']), [0], same)], rows, KEY),
    ).toEqual([2]);
  });

  it('is looked for among the first 50 rows that show what the batch wrote', () => {
    const alike = Array.from({ length: 60 }, (_, at) => ['', `Lain ${at}`, 'COMPLETED', '', '']);
    const target = ['', 'Akar', 'COMPLETED', 'IPA', 'C'];
    const row = soughtRow(1, lineOf(['', 'Akar', 'COMPLETED', 'IPA', 'D']), [2], same);
    const find = (rows: string[][]) => findRows([row], rows, { ...KEY, id: 4 });
    expect(find(alike.with(49, target))).toEqual([49]);
    expect(find(alike.with(55, target))).not.toEqual([55]);
  });
});
