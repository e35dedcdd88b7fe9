import * as z from 'zod/v4-mini';
import type { Mask } from '../../http/fieldMask.ts';
import { invalid, notImplemented } from '../../http/googleError.ts';
import { below } from './answerMask.ts';
import { gridRangeSchema } from '../batch/messages.ts';
import { toGridRange } from '../batch/gridRange.ts';
import { calculationOf, type Calculation } from '../formula/calculation.ts';
import { CellError, type Scalar } from '../formula/values.ts';
import { linesOf, type Lines } from '../model/lines.ts';
import {
  cellAt,
  type DataValidationRule,
  type Spreadsheet,
  type Tab,
} from '../model/spreadsheet.ts';
import {
  formatRange,
  resolveGridRange,
  resolveRange,
  wholeGrid,
  type ResolvedRange,
} from '../model/range.ts';
import { formatValue } from '../display/render.ts';

/** Chooses ranges in `getByDataFilter`. */
export const dataFilterSchema = z.strictObject({
  a1Range: z.optional(z.string()),
  gridRange: z.optional(gridRangeSchema),
  developerMetadataLookup: z.optional(z.unknown()),
});

/** The filter's range in A1 notation. */
export function filteredRange(
  spreadsheet: Spreadsheet,
  filter: z.infer<typeof dataFilterSchema>,
): string {
  if (filter.a1Range !== undefined) return filter.a1Range;
  if (!filter.gridRange) throw notImplemented('data filters by developer metadata');
  const found = resolveGridRange(spreadsheet, toGridRange(filter.gridRange));
  if (!found) throw invalid('The data filter has no cells in the spreadsheet.');
  return formatRange(found.tab, found);
}

/**
 * A Spreadsheet as far as ranges name it: their sheets only, each with the grid data of its ranges
 * when they are asked for. null: all.
 *
 * @param gridData the fields of the grid data that are asked for; null: none
 */
export function withRanges(
  resource: { readonly sheets: readonly object[] },
  spreadsheet: Spreadsheet,
  ranges: readonly string[] | null,
  gridData: Mask | null,
  beyondGrid: 'refused' | 'clipped' = 'refused',
): object {
  const purpose = beyondGrid === 'clipped' ? 'clip' : 'read';
  const asked: readonly ResolvedRange[] =
    ranges?.map((range) => resolveRange(spreadsheet, range, purpose)) ??
    spreadsheet.tabs.map((tab) => wholeGrid(tab));
  const sheets = resource.sheets.flatMap((sheet, index) => {
    const own = asked.filter(({ tab }) => tab === spreadsheet.tabs[index]);
    if (own.length === 0) return [];
    if (!gridData) return [sheet];
    return [{ ...sheet, data: own.map((range) => gridDataOf(spreadsheet, range, gridData)) }];
  });
  return { ...resource, sheets };
}

/** Google's GridData: rows end with the last that has anything, sizes are those of a new sheet. */
function gridDataOf(spreadsheet: Spreadsheet, range: ResolvedRange, mask: Mask): object {
  const { tab, startRow, endRow, startColumn, endColumn } = range;
  const rows = below(mask, 'rowData');
  const rowData = rows ? rowsOf(spreadsheet, range, below(rows, 'values') ?? new Map()) : [];
  return {
    ...(startRow > 0 ? { startRow } : {}),
    ...(startColumn > 0 ? { startColumn } : {}),
    ...(rowData.length > 0 ? { rowData } : {}),
    ...(below(mask, 'rowMetadata')
      ? { rowMetadata: metadata(linesOf(tab, 'ROWS'), startRow, endRow, 21) }
      : {}),
    ...(below(mask, 'columnMetadata')
      ? { columnMetadata: metadata(linesOf(tab, 'COLUMNS'), startColumn, endColumn, 100) }
      : {}),
  };
}

/** The properties of lines; `size` is a new line's. */
function metadata(lines: Lines, start: number, end: number, size: number): object[] {
  return Array.from({ length: end - start }, (_, offset) => {
    const { hiddenByFilter, hiddenByUser, pixelSize = size } = lines[start + offset] ?? {};
    return {
      ...(hiddenByFilter ? { hiddenByFilter } : {}),
      ...(hiddenByUser ? { hiddenByUser } : {}),
      pixelSize,
    };
  });
}

function rowsOf(spreadsheet: Spreadsheet, range: ResolvedRange, mask: Mask): object[] {
  const { tab, startRow, endRow, startColumn, endColumn } = range;
  const ruled = ruledArea(tab);
  const calculation = calculationOf(spreadsheet);
  const lastRow = Math.max(calculation.usedRows(tab), ruled.rows);
  const used = Math.max(startRow, Math.min(endRow, lastRow));
  return Array.from({ length: used - startRow }, (_, down) => {
    const row = startRow + down;
    const last = Math.max(calculation.usedColumns(tab, row), row < ruled.rows ? ruled.columns : 0);
    const width = Math.min(endColumn, last) - startColumn;
    if (width <= 0) return {};
    return {
      values: Array.from({ length: width }, (__, right) =>
        cellData(calculation, tab, { row, column: startColumn + right }, mask),
      ),
    };
  });
}

interface Place {
  readonly row: number;
  readonly column: number;
}

/** A cell's fields, those that show a value only if the mask asks for them. */
function cellData(calculation: Calculation, tab: Tab, { row, column }: Place, mask: Mask): object {
  const cell = cellAt(tab, row, column);
  const dataValidation = tab.validations ? ruleAt(tab, row, column) : null;
  const rule = dataValidation ? { dataValidation } : {};
  const { userEnteredValue, userEnteredFormat } = cell ?? {};
  const isSpilled = !userEnteredValue && calculation.spilledAt(tab, row, column) !== undefined;
  if (!cell && !isSpilled) return rule;
  const value = () => calculation.valueAt(tab, row, column);
  return {
    ...(userEnteredValue ? { userEnteredValue } : {}),
    ...(userEnteredValue || isSpilled
      ? {
          ...(below(mask, 'effectiveValue') ? { effectiveValue: effective(value()) } : {}),
          ...(below(mask, 'formattedValue') ? { formattedValue: formatValue(value(), cell) } : {}),
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
