import { InvalidChange, type Draft } from '../draft/draft.ts';
import type { Cell } from '../model/spreadsheet.ts';
import type { DeleteDimension, InsertDimension } from './messages.ts';

/**
 * Inserts empty rows or columns before `startIndex`; at the very end of the grid only with
 * `inheritFromBefore`. The new cells take the number format of the neighbour they inherit from.
 */
export function applyInsertDimension(
  draft: Draft,
  { range, inheritFromBefore }: InsertDimension,
): object {
  const { tab, dimension, start, end, size } = dimensionBounds(draft, range);
  if (!inheritFromBefore && start >= size) {
    throw new InvalidChange(
      `range.startIndex must be less than the grid size (${size}) if inheritFromBefore is false.`,
    );
  }
  if (inheritFromBefore && start > size) {
    throw new InvalidChange(
      `range.startIndex must be less than or equal to the grid size (${size}) if inheritFromBefore is true.`,
    );
  }
  if (inheritFromBefore && start === 0) {
    throw new InvalidChange(
      'range.startIndex must be greater than 0 if inheritFromBefore is true.',
    );
  }
  const neighbour = inheritFromBefore ? start - 1 : start;
  const formats = neighbourFormats(tab, dimension, neighbour);
  draft.insert(tab, dimension, start, end - start, neighbour);
  for (let at = start; at < end; at++) {
    for (const [across, format] of formats) {
      const [row, column] = dimension === 'ROWS' ? [at, across] : [across, at];
      draft.setCell(tab, row, column, { userEnteredFormat: format });
    }
  }
  return {};
}

function neighbourFormats(
  tab: ReturnType<Draft['tab']>,
  dimension: 'ROWS' | 'COLUMNS',
  at: number,
): [number, NonNullable<Cell['userEnteredFormat']>][] {
  const line = dimension === 'ROWS' ? (tab.rows[at] ?? []) : tab.rows.map((row) => row[at] ?? null);
  return line.flatMap((cell, across): [number, NonNullable<Cell['userEnteredFormat']>][] =>
    cell?.userEnteredFormat ? [[across, cell.userEnteredFormat]] : [],
  );
}

/** Deletes rows or columns; all of them cannot be deleted. */
export function applyDeleteDimension(draft: Draft, { range }: DeleteDimension): object {
  const { tab, dimension, start, end, size } = dimensionBounds(draft, range);
  if (start >= size) {
    throw new InvalidChange(
      `Cannot delete a ${dimension === 'ROWS' ? 'row' : 'column'} that doesn't exist. Tried to delete ${dimension === 'ROWS' ? 'row' : 'column'} index ${start} but there are only ${size} ${dimension === 'ROWS' ? 'rows' : 'columns'}.`,
    );
  }
  const count = Math.min(end, size) - start;
  if (count >= size) {
    throw new InvalidChange(
      `You can't delete all the ${dimension === 'ROWS' ? 'rows' : 'columns'} on the sheet.`,
    );
  }
  draft.delete(tab, dimension, start, count);
  return {};
}

/** @throws InvalidChange when the range is missing, empty or turned round */
export function dimensionBounds(draft: Draft, range: InsertDimension['range']) {
  if (!range) throw new InvalidChange('No range specified.');
  const tab = draft.tab(range.sheetId);
  const size = range.dimension === 'ROWS' ? tab.rowCount : tab.columnCount;
  const start = range.startIndex ?? 0;
  const end = range.endIndex ?? size;
  if (start < 0 || end < 0) throw new InvalidChange('DimensionRange indexes must be >= 0');
  if (end <= start) {
    throw new InvalidChange('range.endIndex must be greater than range.startIndex.');
  }
  return { tab, dimension: range.dimension, start, end, size };
}
