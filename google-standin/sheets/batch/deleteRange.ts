import { notImplemented } from '../../http/googleError.ts';
import { InvalidChange, type Draft } from '../draft/draft.ts';
import { boundedRange } from './gridRange.ts';
import type { DeleteRange } from './messages.ts';

/**
 * Deletes cells, those below (ROWS) or to the right (COLUMNS) take their place, and the grid keeps
 * its size. Whole rows or columns only.
 */
export function applyDeleteRange(draft: Draft, { range, shiftDimension }: DeleteRange): object {
  if (!range) throw new InvalidChange('No range specified.');
  const { tab, startRow, endRow, startColumn, endColumn } = boundedRange(draft, range, 'range');
  const rows = shiftDimension === 'ROWS';
  const whole = rows
    ? startColumn === 0 && endColumn === tab.columnCount
    : startRow === 0 && endRow === tab.rowCount;
  if (!whole) throw notImplemented('deleteRange of a part of rows or columns');
  const [start, count] = rows
    ? [startRow, endRow - startRow]
    : [startColumn, endColumn - startColumn];
  const size = rows ? tab.rowCount : tab.columnCount;
  const frozen = tab.frozenRowCount;
  draft.insert(tab, shiftDimension, size, count);
  draft.delete(tab, shiftDimension, start, count);
  tab.frozenRowCount = frozen;
  return {};
}
