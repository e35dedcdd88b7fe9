import { cellAt } from '../../google/sheets/index.ts';
import type { RowKeyColumns } from '../../material/index.ts';
import type { Intent, Line } from '../journal/index.ts';

/**
 * Column index when the batch was written → column index now. A column is found by its title. A column
 * without a title is found by its distance to the next titled column on its left. If a title is in that
 * place now, it is found by the next titled column on its right; and otherwise in its old place.
 *
 * @param then the titles when the batch was written
 * @param now the titles now
 */
export function columnsNow(
  then: readonly string[],
  now: readonly string[],
): (column: number) => number {
  const count = (titles: readonly string[], end: number) =>
    titles.slice(0, end).filter((title) => title === titles[end]).length;
  const places = new Map<string, number>();
  now.forEach((title, column) => places.set(`${count(now, column)} ${title}`, column));
  const found = (column: number): number | undefined =>
    cellAt(then, column) === '' ? undefined : places.get(`${count(then, column)} ${then[column]}`);

  const beside = (column: number, step: 1 | -1): number[] => {
    for (let at = column; at >= 0 && at <= then.length; at += step) {
      const place = found(at);
      if (place !== undefined) return [place + column - at].filter((now) => now >= 0);
    }
    return [];
  };

  return (column) => {
    const places = [...beside(column, -1), ...beside(column, 1)];
    const untitled = [...places, column].find((place) => cellAt(now, place) === '');
    return found(column) ?? untitled ?? places[0] ?? column;
  };
}

/** A row's line with each cell in its column as it is now. */
export function lineNow(line: Line, columnNow: (column: number) => number): Line {
  const moved: string[] = [];
  line.forEach((cell, column) => {
    const now = columnNow(column);
    while (moved.length <= now) moved.push('');
    moved[now] = cell;
  });
  return moved;
}

/**
 * The columns of the parts of a row's key.
 *
 * @param titles the header at the moment that is asked about: columns may have moved since the read
 */
export function keyColumnsAt(
  { keyColumns, header }: Pick<Intent, 'keyColumns' | 'header'>,
  titles: readonly string[],
): RowKeyColumns {
  const columnNow = columnsNow(header, titles);
  return Object.fromEntries(
    Object.entries(keyColumns).map(([field, column]) => [field, columnNow(column)]),
  );
}
