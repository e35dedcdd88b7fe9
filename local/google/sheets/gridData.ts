import * as z from 'zod/v4-mini';
import { invalid, notImplemented } from '../http/googleError.ts';
import { gridRange } from './batch/messages.ts';
import { toGridRange } from './batch/gridRange.ts';
import { calculationOf } from './formula/calculation.ts';
import { CellError, type Scalar } from './formula/values.ts';
import { cellAt, type DataValidationRule, type Spreadsheet, type Tab } from './model.ts';
import { formatRange, resolveGridRange, resolveRange, type ResolvedRange } from './range.ts';
import { formatValue } from './render.ts';

/** What picks ranges in `getByDataFilter`. */
export const dataFilter = z.strictObject({
  a1Range: z.optional(z.string()),
  gridRange: z.optional(gridRange),
  developerMetadataLookup: z.optional(z.unknown()),
});

/** The filter's range in A1 notation. */
export function filteredRange(
  spreadsheet: Spreadsheet,
  filter: z.infer<typeof dataFilter>,
): string {
  if (filter.a1Range !== undefined) return filter.a1Range;
  if (!filter.gridRange) throw notImplemented('data filters by developer metadata');
  const found = resolveGridRange(spreadsheet, toGridRange(filter.gridRange));
  if (!found) throw invalid('The data filter has no cells in the spreadsheet.');
  return formatRange(found.tab, found);
}

/**
 * A Spreadsheet as far as ranges name it: their sheets only, each with the grid data of its ranges
 * when they are asked for. null stands for all.
 */
export function withRanges(
  resource: { readonly sheets: readonly object[] },
  spreadsheet: Spreadsheet,
  ranges: readonly string[] | null,
  includeGridData: boolean,
): object {
  const asked: readonly ResolvedRange[] =
    ranges?.map((range) => resolveRange(spreadsheet, range, 'read')) ??
    spreadsheet.tabs.map((tab) => wholeGrid(tab));
  const sheets = resource.sheets.flatMap((sheet, index) => {
    const own = asked.filter(({ tab }) => tab === spreadsheet.tabs[index]);
    if (own.length === 0) return [];
    if (!includeGridData) return [sheet];
    return [{ ...sheet, data: own.map((range) => gridDataOf(spreadsheet, range)) }];
  });
  return { ...resource, sheets };
}

function wholeGrid(tab: Tab): ResolvedRange {
  return {
    tab,
    startRow: 0,
    endRow: tab.rowCount,
    startColumn: 0,
    endColumn: tab.columnCount,
  };
}

/** Google's GridData: rows end with the last that has anything, sizes are those of a new sheet. */
function gridDataOf(spreadsheet: Spreadsheet, range: ResolvedRange): object {
  const { tab, startRow, endRow, startColumn, endColumn } = range;
  const ruled = ruledArea(tab);
  const used = Math.max(startRow, Math.min(endRow, Math.max(tab.rows.length, ruled.rows)));
  const rowData = Array.from({ length: used - startRow }, (_, down) => {
    const row = startRow + down;
    const last = Math.max(tab.rows[row]?.length ?? 0, row < ruled.rows ? ruled.columns : 0);
    const width = Math.min(endColumn, last) - startColumn;
    if (width <= 0) return {};
    return {
      values: Array.from({ length: width }, (__, right) =>
        cellData(spreadsheet, tab, row, startColumn + right),
      ),
    };
  });
  return {
    ...(startRow > 0 ? { startRow } : {}),
    ...(startColumn > 0 ? { startColumn } : {}),
    ...(rowData.length > 0 ? { rowData } : {}),
    rowMetadata: Array.from({ length: endRow - startRow }, () => ({ pixelSize: 21 })),
    columnMetadata: Array.from({ length: endColumn - startColumn }, () => ({ pixelSize: 100 })),
  };
}

function cellData(spreadsheet: Spreadsheet, tab: Tab, row: number, column: number): object {
  const cell = cellAt(tab, row, column);
  const dataValidation = ruleAt(tab, row, column);
  const rule = dataValidation ? { dataValidation } : {};
  if (!cell) return rule;
  const { userEnteredValue, userEnteredFormat } = cell;
  const value = calculationOf(spreadsheet).valueAt(tab, row, column);
  return {
    ...(userEnteredValue
      ? {
          userEnteredValue,
          effectiveValue: effective(value),
          formattedValue: formatValue(value, cell),
        }
      : {}),
    ...(userEnteredFormat ? { userEnteredFormat, effectiveFormat: userEnteredFormat } : {}),
    ...rule,
  };
}

function effective(value: Scalar): object {
  if (value instanceof CellError) {
    const type = errorTypes[value.code] ?? 'ERROR';
    return { errorValue: { type, message: value.code } };
  }
  if (typeof value === 'number') return { numberValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  return { stringValue: value ?? '' };
}

const errorTypes: Readonly<Record<string, string>> = {
  '#NULL!': 'NULL_VALUE',
  '#DIV/0!': 'DIVIDE_BY_ZERO',
  '#VALUE!': 'VALUE',
  '#REF!': 'REF',
  '#NAME?': 'NAME',
  '#NUM!': 'NUM',
  '#N/A': 'N_A',
  'Loading...': 'LOADING',
};

/** The part of the grid that validation rules reach. */
function ruledArea(tab: Tab): { rows: number; columns: number } {
  const ranges = (tab.validations ?? []).map(({ range }) => range);
  return {
    rows: Math.max(0, ...ranges.map(({ endRowIndex = tab.rowCount }) => endRowIndex)),
    columns: Math.max(0, ...ranges.map(({ endColumnIndex = tab.columnCount }) => endColumnIndex)),
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
