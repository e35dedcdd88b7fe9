import { describe, expect, it } from '@jest/globals';
import type { PlannedCell } from '../../journal/index.ts';
import { mostCells, rectanglesOf } from '../size.ts';

const aCell = (row: number, column: number): PlannedCell => ({
  ...{ row, column, header: '', key: '', expected: '', value: `${row}:${column}`, change: null },
});
const shapes = (...places: ReadonlyArray<readonly [number, number]>) =>
  rectanglesOf(places.map(([row, column]) => aCell(row, column))).map(({ row, column, cells }) => ({
    at: [row, column],
    cells: cells.map((line) => line.map(({ value }) => value)),
  }));

describe('Cells as rectangles', () => {
  it('are one for neighbours in a row', () => {
    expect(shapes([1, 2], [1, 3])).toEqual([{ at: [1, 2], cells: [['1:2', '1:3']] }]);
  });

  it('are one for rows of the same columns', () => {
    expect(shapes([1, 2], [2, 2], [3, 2])).toEqual([
      { at: [1, 2], cells: [['1:2'], ['2:2'], ['3:2']] },
    ]);
  });

  it('are put in order first', () => {
    expect(shapes([2, 3], [1, 3], [2, 2], [1, 2])).toEqual([
      {
        at: [1, 2],
        cells: [
          ['1:2', '1:3'],
          ['2:2', '2:3'],
        ],
      },
    ]);
  });

  it.each<[string, ReadonlyArray<readonly [number, number]>]>([
    [
      'a column between them',
      [
        [1, 1],
        [1, 3],
      ],
    ],
    [
      'a row between them',
      [
        [1, 1],
        [3, 1],
      ],
    ],
    [
      'other columns',
      [
        [1, 1],
        [2, 2],
      ],
    ],
    [
      'another width',
      [
        [1, 1],
        [2, 1],
        [2, 2],
      ],
    ],
  ])('are two with %s', (_, places) => {
    expect(shapes(...places)).toHaveLength(2);
  });

  it('are none without cells', () => {
    expect(shapes()).toEqual([]);
  });

  it('are two columns of rows beside each other', () => {
    expect(shapes([1, 1], [1, 3], [2, 1], [2, 3])).toEqual([
      { at: [1, 1], cells: [['1:1'], ['2:1']] },
      { at: [1, 3], cells: [['1:3'], ['2:3']] },
    ]);
  });
});

describe('How many cells one batch may write', () => {
  const long = 'a'.repeat(40_000);

  it('is 15,000 where all texts are short: 200 characters each', () => {
    expect(mostCells([['a', 'a'.repeat(200), 5, true]])).toBe(15_000);
    expect(mostCells([])).toBe(15_000);
  });

  it('is as many of the longest texts as 3,000,000 characters hold', () => {
    expect(mostCells(Array.from({ length: 80 }, () => [long]))).toBe(75);
  });

  it('counts a text of more than 200 characters', () => {
    expect(mostCells([['a'.repeat(201)]])).toBe(1 + Math.floor((3_000_000 - 201) / 200));
  });

  it('takes the longest texts first, in whatever order they are', () => {
    const short = Array.from({ length: 1_000 }, () => ['a'.repeat(500)]);
    const rows = [...short, ...Array.from({ length: 75 }, () => [long])];
    expect(mostCells(rows)).toBe(75);
  });

  it('counts short texts for what is left', () => {
    expect(mostCells(Array.from({ length: 70 }, () => [long]))).toBe(70 + 1_000);
  });
});
