import { GoogleError, notImplemented } from '../http/googleError.ts';
import { parseMask } from '../http/fieldMask.ts';
import { quoteTitle } from './a1.ts';
import type { DataValidationRule, Spreadsheet, Tab } from './model.ts';
import { resolveRange } from './range.ts';

/** Of a spreadsheet's grid data only the validation rules are served; the values have methods of their own. */
const SERVED = ['rowData', 'values', 'dataValidation'];
const ONLY_RULES = 'grid data other than dataValidation in spreadsheets.get; read the values';

/**
 * Whether a `spreadsheets.get` asks for grid data.
 *
 * @throws GoogleError 501 if it asks for any but `sheets.data.rowData.values.dataValidation`
 */
export function asksForRules(fields: string | null, includeGridData: boolean): boolean {
  // A mask overrules includeGridData (Google's reference).
  const asked = fields === null ? undefined : parseMask(fields)['sheets']?.['data'];
  if (asked === undefined) {
    if (fields === null && includeGridData) throw notImplemented(ONLY_RULES);
    return false;
  }
  let mask = asked;
  for (const name of SERVED) {
    const below: typeof mask | undefined = mask[name];
    if (below === undefined || Object.keys(mask).length > 1) throw notImplemented(ONLY_RULES);
    mask = below;
  }
  return true;
}

/** The tabs that `ranges` names, each a whole one; all where there is none. */
export function askedTabs(spreadsheet: Spreadsheet, ranges: readonly string[]): readonly Tab[] {
  if (ranges.length === 0) return spreadsheet.tabs;
  const asked = ranges.map((range) => {
    const { tab } = resolveRange(spreadsheet, range, 'read');
    if (![tab.title, quoteTitle(tab.title), `'${tab.title}'`].includes(range)) {
      throw notImplemented(`the range ${range} in spreadsheets.get; ask for a whole tab`);
    }
    return tab;
  });
  return spreadsheet.tabs.filter((tab) => asked.includes(tab));
}

/** A tab's validation rules as `GridData`: rows up to the last that has one. */
export function ruleGrid(tab: Tab): object {
  const rules = tab.validations ?? [];
  const depth = Math.max(0, ...rules.map(({ range }) => range.endRowIndex ?? tab.rowCount));
  const width = Math.max(0, ...rules.map(({ range }) => range.endColumnIndex ?? tab.columnCount));
  if (depth > tab.rowCount || width > tab.columnCount) {
    throw new GoogleError(500, 'A validation rule reaches out of its grid.');
  }
  return {
    rowData: Array.from({ length: depth }, (_, row) => ({
      values: Array.from({ length: width }, (__, column) => {
        const rule = ruleAt(tab, row, column);
        return rule === null ? {} : { dataValidation: rule };
      }),
    })),
  };
}

/** The rule that was set last on a cell; null: none, or taken away. */
export function ruleAt(tab: Tab, row: number, column: number): DataValidationRule | null {
  const last = (tab.validations ?? []).findLast(
    ({ range }) =>
      row >= (range.startRowIndex ?? 0) &&
      row < (range.endRowIndex ?? tab.rowCount) &&
      column >= (range.startColumnIndex ?? 0) &&
      column < (range.endColumnIndex ?? tab.columnCount),
  );
  return last?.rule ?? null;
}
