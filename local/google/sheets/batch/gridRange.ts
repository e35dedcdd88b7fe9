import { InvalidChange, type Draft } from '../draft.ts';
import type { GridRange } from '../model.ts';

/**
 * A GridRange of a request in its tab's grid, its open sides filled in.
 *
 * @throws InvalidChange when it is empty, turned round, or reaches out of the grid
 */
export function boundedRange(draft: Draft, range: RequestRange, name: string) {
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
  refuseBeyond(`${name}.startRowIndex`, area.startRow, tab.rowCount - 1, 'row');
  refuseBeyond(`${name}.endRowIndex`, area.endRow, tab.rowCount, 'row');
  refuseBeyond(`${name}.startColumnIndex`, area.startColumn, tab.columnCount - 1, 'column');
  refuseBeyond(`${name}.endColumnIndex`, area.endColumn, tab.columnCount, 'column');
  if (area.startRow >= area.endRow || area.startColumn >= area.endColumn) {
    throw new InvalidChange(`${name} must not be empty`);
  }
  return { tab, ...area };
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
