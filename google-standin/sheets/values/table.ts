import { cellAt, type Tab } from '../model/spreadsheet.ts';
import type { Rectangle } from '../model/range.ts';

/**
 * Finds the table that `values.append` appends to: the last table in the given range. A table is a rectangle
 * of cells that touch each other, with an empty row and an empty column all around. Google's guide gives
 * the cases (developers.google.com/sheets/api/guides/values, "Append values"). A gap inside the rectangle
 * belongs to the table; an empty row between two tables does not (gspread's WorksheetTest.test_insert_row).
 *
 * @returns null when the range touches no table: values are then written where the range begins
 */
export function tableIn(tab: Tab, range: Rectangle): Rectangle | null {
  const last = lastUsedCell(tab, range);
  if (last) return grow(tab, last);
  const tables = neighbours(range)
    .filter(({ row, column }) => hasValue(tab, row, column))
    .map(({ row, column }) => grow(tab, cellRectangle(row, column)));
  return tables.find((table) => contains(table, range.startRow, range.startColumn)) ?? null;
}

/** The cells around the one at which a range begins. */
function neighbours({ startRow, startColumn }: Rectangle): { row: number; column: number }[] {
  const around = [-1, 0, 1];
  return around
    .flatMap((down) =>
      around.map((right) => ({ row: startRow + down, column: startColumn + right })),
    )
    .filter(({ row, column }) => row >= 0 && column >= 0);
}

const contains = (table: Rectangle, row: number, column: number): boolean =>
  row >= table.startRow &&
  row < table.endRow &&
  column >= table.startColumn &&
  column < table.endColumn;

const cellRectangle = (row: number, column: number): Rectangle => ({
  startRow: row,
  endRow: row + 1,
  startColumn: column,
  endColumn: column + 1,
});

const hasValue = (tab: Tab, row: number, column: number): boolean =>
  cellAt(tab, row, column)?.userEnteredValue !== undefined;

function lastUsedCell(tab: Tab, range: Rectangle): Rectangle | null {
  for (let row = Math.min(range.endRow, tab.rows.length) - 1; row >= range.startRow; row--) {
    const width = Math.min(range.endColumn, tab.rows[row]?.length ?? 0);
    for (let column = width - 1; column >= range.startColumn; column--) {
      if (hasValue(tab, row, column)) return cellRectangle(row, column);
    }
  }
  return null;
}

/** Widens a rectangle until all that surrounds it is empty. */
function grow(tab: Tab, from: Rectangle): Rectangle {
  let { startRow, endRow, startColumn, endColumn } = from;
  const rowTouches = (row: number) => {
    for (let c = Math.max(0, startColumn - 1); c <= endColumn; c++) {
      if (hasValue(tab, row, c)) return true;
    }
    return false;
  };
  const columnTouches = (column: number) => {
    for (let r = Math.max(0, startRow - 1); r <= endRow; r++) {
      if (hasValue(tab, r, column)) return true;
    }
    return false;
  };
  let grew = true;
  while (grew) {
    grew = true;
    if (startRow > 0 && rowTouches(startRow - 1)) startRow--;
    else if (rowTouches(endRow)) endRow++;
    else if (startColumn > 0 && columnTouches(startColumn - 1)) startColumn--;
    else if (columnTouches(endColumn)) endColumn++;
    else grew = false;
  }
  return { startRow, endRow, startColumn, endColumn };
}
