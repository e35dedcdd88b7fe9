import type { Cell, Merge } from './spreadsheet.ts';
import type { Rectangle } from './range.ts';

export function overlaps(a: Rectangle, b: Rectangle): boolean {
  return (
    a.startRow < b.endRow &&
    b.startRow < a.endRow &&
    a.startColumn < b.endColumn &&
    b.startColumn < a.endColumn
  );
}

export function isWithin(inner: Rectangle, outer: Rectangle): boolean {
  return (
    outer.startRow <= inner.startRow &&
    inner.endRow <= outer.endRow &&
    outer.startColumn <= inner.startColumn &&
    inner.endColumn <= outer.endColumn
  );
}

/** The merge that covers a cell; undefined for a merge's first cell, which holds its value. */
export function mergeCovering(
  merges: readonly Merge[],
  row: number,
  column: number,
): Merge | undefined {
  return merges.find(
    (merge) =>
      row >= merge.startRow &&
      row < merge.endRow &&
      column >= merge.startColumn &&
      column < merge.endColumn &&
      (row !== merge.startRow || column !== merge.startColumn),
  );
}

/** A merge with one more unseen value. */
export function withUnseen(merge: Merge, row: number, column: number, cell: Cell | null): Merge {
  const [down, right] = [row - merge.startRow, column - merge.startColumn];
  const others = (merge.unseen ?? []).filter((one) => one.down !== down || one.right !== right);
  return { ...merge, unseen: [...others, { down, right, cell }] };
}

/** The areas that a merge of this type makes of a range; one cell alone is none. */
export function mergedAreas(range: Rectangle, mergeType: string): Rectangle[] {
  const { startRow, endRow, startColumn, endColumn } = range;
  const areas =
    mergeType === 'MERGE_ROWS'
      ? Array.from({ length: endRow - startRow }, (_, down) => {
          const row = startRow + down;
          return { startRow: row, endRow: row + 1, startColumn, endColumn };
        })
      : mergeType === 'MERGE_COLUMNS'
        ? Array.from({ length: endColumn - startColumn }, (_, right) => {
            const column = startColumn + right;
            return { startRow, endRow, startColumn: column, endColumn: column + 1 };
          })
        : [{ startRow, endRow, startColumn, endColumn }];
  return areas.filter((area) => hasSeveralCells(area));
}

export function hasSeveralCells(area: Rectangle): boolean {
  return area.endRow - area.startRow > 1 || area.endColumn - area.startColumn > 1;
}
