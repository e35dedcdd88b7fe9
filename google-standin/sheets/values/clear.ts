import type { Draft } from '../draft/draft.ts';
import { formatRange, resolveRange } from '../model/range.ts';
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
    refusable(() =>
      draft.changeWritten(tab, range, ({ userEnteredFormat }) =>
        userEnteredFormat ? { userEnteredFormat } : null,
      ),
    );
    return formatRange(tab, range);
  });
}
