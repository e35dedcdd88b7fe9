import { notImplemented } from '../../http/googleError.ts';
import { InvalidChange, type Draft } from '../draft/draft.ts';
import { linesOf } from '../model/lines.ts';
import { boundedRange } from './gridRange.ts';
import type { SetDataValidation } from './messages.ts';

/**
 * Sets a range's validation rule, or without a rule takes it away. Values that are there already
 * are not changed, whatever the rule says (Google's reference).
 */
export function applySetDataValidation(draft: Draft, request: SetDataValidation): object {
  const { range, rule, filteredRowsIncluded } = request;
  if (!range) throw new InvalidChange('No range specified.');
  const { tab, startRow, endRow, startColumn, endColumn } = boundedRange(draft, range, 'range');
  const lines = linesOf(tab, 'ROWS').slice(startRow, endRow);
  if (!filteredRowsIncluded && lines.some((line) => line?.hiddenByFilter)) {
    throw notImplemented('setDataValidation without the rows that a filter hides');
  }
  const values = rule?.condition.values ?? [];
  if (rule?.condition.type === 'ONE_OF_LIST' && values.length === 0) {
    throw new InvalidChange('A condition of type ONE_OF_LIST must have at least one value.');
  }
  const area = {
    sheetId: tab.sheetId,
    startRowIndex: startRow,
    endRowIndex: endRow,
    startColumnIndex: startColumn,
    endColumnIndex: endColumn,
  };
  draft.requireEditable(tab, area);
  tab.validations = [...(tab.validations ?? []), { range: area, rule: rule ?? null }];
  return {};
}
