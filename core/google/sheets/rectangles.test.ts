import { describe, expect, it } from '@jest/globals';
import { rectanglesOf } from './rectangles.ts';

const shapes = (...places: ReadonlyArray<readonly [number, number]>) =>
  rectanglesOf(places.map(([row, column]) => ({ row, column }))).map(({ row, column, cells }) => ({
    at: [row, column],
    cells: cells.map((line) => line.map((cell) => `${cell.row}:${cell.column}`)),
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
