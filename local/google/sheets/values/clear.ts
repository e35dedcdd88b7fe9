import type { Draft } from '../draft.ts';
import { formatRange, resolveRange } from '../range.ts';
import { refusable } from './refusal.ts';

/**
 * Clears the values of ranges; formats stay.
 *
 * @returns the ranges as Google names them, cut to the grid
 */
export function applyClear(draft: Draft, ranges: readonly string[]): string[] {
  const resolved = ranges.map((range) => resolveRange(draft.snapshot(), range, 'read'));
  return resolved.map((range) => {
    const tab = draft.tab(range.tab.sheetId);
    const used = Math.min(range.endRow, tab.rows.length);
    for (let row = range.startRow; row < used; row++) {
      const width = Math.min(range.endColumn, tab.rows[row]?.length ?? 0);
      for (let column = range.startColumn; column < width; column++) {
        const format = draft.cell(tab, row, column)?.userEnteredFormat;
        const cleared = format ? { userEnteredFormat: format } : null;
        refusable(() => draft.setCell(tab, row, column, cleared));
      }
    }
    return formatRange(tab, range);
  });
}
