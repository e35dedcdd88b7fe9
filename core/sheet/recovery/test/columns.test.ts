import { describe, expect, it } from '@jest/globals';
import { columnsNow, keyColumnsAt, lineNow } from '../columns.ts';

const THEN = ['A', 'B', '', 'C', 'B', ''];

describe('The column of a batch in the header as it is now', () => {
  it.each<[string, readonly string[], readonly number[]]>([
    ['is the same where nothing has moved', THEN, [0, 1, 2, 3, 4, 5]],
    ['is found by its title', ['C', 'A', 'B', '', 'B', ''], [1, 2, 3, 0, 4, 5]],
    ['is the second of two with one title', ['B', 'A', 'C', 'B', ''], [1, 0, 1, 2, 3, 4]],
    [
      'follows its left neighbour if it has no title',
      ['', 'A', 'B', '', 'C', 'B'],
      [1, 2, 3, 4, 5, 6],
    ],
    [
      'follows its right neighbour if another title is beside its left one',
      ['A', '', 'C', 'B', 'B'],
      [0, 3, 1, 2, 4, 5],
    ],
    [
      'is beside its left neighbour where nothing tells it: its title is gone',
      ['A', 'X', 'C', 'B', 'B'],
      [0, 3, 4, 2, 4, 5],
    ],
    ['is where it was if no title is left', ['X', 'Y'], [0, 1, 2, 3, 4, 5]],
    ['is not left of the first one', ['C', '', '', ''], [0, 1, 2, 0, 1, 2]],
  ])('%s', (_, now, places) => {
    const columnNow = columnsNow(THEN, now);
    expect(THEN.map((__, column) => columnNow(column))).toEqual(places);
  });

  it('follows the only titled column, also if that was the first one', () => {
    expect(columnsNow(['A', ''], ['X', 'A', ''])(1)).toBe(2);
  });

  it('is the first one if the columns before it are gone', () => {
    expect(columnsNow(['', '', 'A'], ['', 'A'])(1)).toBe(0);
  });

  it('is the same in an empty tab', () => {
    expect(columnsNow([], [])(3)).toBe(3);
  });
});

describe('A line', () => {
  it('has each cell where its column is now', () => {
    expect(lineNow(['a', 'b', 'c'], (column) => [4, 0, 2][column] ?? column)).toEqual([
      ...['b', '', 'c', '', 'a'],
    ]);
  });

  it('of no cells is empty', () => {
    expect(lineNow([], (column) => column)).toEqual([]);
  });
});

it('The columns of a key are found in another header', () => {
  const intent = { keyColumns: { id: 2, title: 0 }, header: ['T', 'S', 'ID'] };
  expect(keyColumnsAt(intent, ['ID', 'T'])).toEqual({ id: 0, title: 1 });
});
