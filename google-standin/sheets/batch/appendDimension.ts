import { InvalidChange, type Draft } from '../draft/draft.ts';
import type { AppendDimension } from './messages.ts';

/** Adds rows at the bottom or columns at the right of the grid. */
export function applyAppendDimension(draft: Draft, request: AppendDimension): object {
  const tab = draft.tab(request.sheetId);
  if (request.length <= 0) throw new InvalidChange('length must be greater than 0.');
  const size = request.dimension === 'ROWS' ? tab.rowCount : tab.columnCount;
  draft.insert(tab, request.dimension, size, request.length);
  return {};
}
