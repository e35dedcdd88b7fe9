import { InvalidChange, type Draft } from '../draft/draft.ts';
import type { GridRange, Tab } from '../model/spreadsheet.ts';
import type { Rectangle } from '../model/range.ts';

/**
 * A GridRange of a request in its tab's grid, its open sides filled in.
 *
 * @param beyond a range that reaches out of the grid is refused, or clipped, perhaps to nothing
 * @throws InvalidChange when it is empty, turned round, or refused
 */
export function boundedRange(
  draft: Draft,
  range: RequestRange,
  name: string,
  beyond: 'refused' | 'clipped' = 'refused',
) {
  const tab = draft.tab(range.sheetId);
  const area = {
    startRow: range.startRowIndex ?? 0,
    endRow: range.endRowIndex ?? tab.rowCount,
    startColumn: range.startColumnIndex ?? 0,
    endColumn: range.endColumnIndex ?? tab.columnCount,
  };
  if (Math.min(area.startRow, area.endRow, area.startColumn, area.endColumn) < 0) {
    throw new InvalidChange(`${name} indexes must be >= 0`);
  }
  if (beyond === 'clipped') return { tab, ...clipped(tab, area, name) };
  refuseBeyond(`${name}.startRowIndex`, area.startRow, tab.rowCount - 1, 'row');
  refuseBeyond(`${name}.endRowIndex`, area.endRow, tab.rowCount, 'row');
  refuseBeyond(`${name}.startColumnIndex`, area.startColumn, tab.columnCount - 1, 'column');
  refuseBeyond(`${name}.endColumnIndex`, area.endColumn, tab.columnCount, 'column');
  refuseEmpty(area, name);
  return { tab, ...area };
}

function clipped({ rowCount, columnCount }: Tab, area: Rectangle, name: string): Rectangle {
  // An open side ends with the grid, also where the range begins beyond it.
  const beyond = area.startRow >= rowCount || area.startColumn >= columnCount;
  if (!beyond) refuseEmpty(area, name);
  return {
    startRow: Math.min(area.startRow, rowCount),
    endRow: Math.min(area.endRow, rowCount),
    startColumn: Math.min(area.startColumn, columnCount),
    endColumn: Math.min(area.endColumn, columnCount),
  };
}

function refuseEmpty(area: Rectangle, name: string): void {
  if (area.startRow >= area.endRow || area.startColumn >= area.endColumn) {
    throw new InvalidChange(`${name} must not be empty`);
  }
}

/** Whether a clipped range has no cells. */
export function isEmpty({ startRow, endRow, startColumn, endColumn }: Rectangle): boolean {
  return startRow >= endRow || startColumn >= endColumn;
}

function refuseBeyond(field: string, value: number, last: number, what: string): void {
  if (value > last) {
    throw new InvalidChange(`${field}[${value}] is after last ${what} in grid[${last}]`);
  }
}

/** A GridRange as it comes in a request: zod leaves optional fields possibly undefined. */
export interface RequestRange {
  sheetId: number;
  startRowIndex?: number | undefined;
  endRowIndex?: number | undefined;
  startColumnIndex?: number | undefined;
  endColumnIndex?: number | undefined;
}

/** Without the fields that were not given. */
export function toGridRange(range: RequestRange): GridRange {
  const { sheetId, startRowIndex, endRowIndex, startColumnIndex, endColumnIndex } = range;
  return {
    sheetId,
    ...(startRowIndex === undefined ? {} : { startRowIndex }),
    ...(endRowIndex === undefined ? {} : { endRowIndex }),
    ...(startColumnIndex === undefined ? {} : { startColumnIndex }),
    ...(endColumnIndex === undefined ? {} : { endColumnIndex }),
  };
}
