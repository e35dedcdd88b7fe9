import { calculationOf, type Calculation } from '../formula/calculation.ts';
import { CellError, type Scalar } from '../formula/values.ts';
import { cellAt, type Cell, type Spreadsheet, type Tab } from '../model/spreadsheet.ts';
import { formatNumber, isDateFormat } from './numberFormat.ts';
import type { ResolvedRange } from '../model/range.ts';

export type ValueRender = 'FORMATTED_VALUE' | 'UNFORMATTED_VALUE' | 'FORMULA';
export type DateRender = 'SERIAL_NUMBER' | 'FORMATTED_STRING';
export type RenderedValue = string | number | boolean;

/**
 * A cell as `values.get` shows it; undefined when there is nothing in it. UNFORMATTED and FORMULA
 * give a date's serial number (43831), FORMATTED its text, whatever `dates` says (gspread's record).
 */
export function renderCell(
  calculation: Calculation,
  tab: Tab,
  row: number,
  column: number,
  values: ValueRender,
  dates: DateRender,
): RenderedValue | undefined {
  const cell = cellAt(tab, row, column);
  const entered = cell?.userEnteredValue;
  const isSpilled = !entered && calculation.spilledAt(tab, row, column) !== undefined;
  if (!entered && !isSpilled) return undefined;
  if (isSpilled && values === 'FORMULA' && !calculation.showsSpilledAsFormula) return undefined;
  if (values === 'FORMULA' && entered && 'formulaValue' in entered) return entered.formulaValue;
  const value = calculation.valueAt(tab, row, column);
  const asText =
    values === 'FORMATTED_VALUE' ||
    (dates === 'FORMATTED_STRING' && isDateFormat(cell?.userEnteredFormat?.numberFormat));
  return asText
    ? formatValue(value, cell)
    : value instanceof CellError
      ? value.code
      : (value ?? '');
}

/** The text a person sees in the cell. */
export function formatValue(value: Scalar, cell: Cell | null): string {
  if (value instanceof CellError) return value.code;
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'string') return value;
  return formatNumber(value, cell?.userEnteredFormat?.numberFormat);
}

/**
 * The values of a range, by rows, trimmed as Google trims them: trailing empty cells and rows are
 * left out, inner ones are "" and [].
 */
export function renderRange(
  spreadsheet: Spreadsheet,
  range: ResolvedRange,
  values: ValueRender,
  dates: DateRender,
  majorDimension: 'ROWS' | 'COLUMNS' = 'ROWS',
): RenderedValue[][] {
  const calculation = calculationOf(spreadsheet);
  const lastRow = Math.min(range.endRow, calculation.usedRows(range.tab));
  const rows: (RenderedValue | undefined)[][] = [];
  for (let row = range.startRow; row < lastRow; row++) {
    const width = Math.min(range.endColumn, calculation.usedColumns(range.tab, row));
    const cells: (RenderedValue | undefined)[] = [];
    for (let column = range.startColumn; column < width; column++) {
      cells.push(renderCell(calculation, range.tab, row, column, values, dates));
    }
    rows.push(cells);
  }
  return trim(majorDimension === 'ROWS' ? rows : transpose(rows));
}

function transpose<T>(rows: (T | undefined)[][]): (T | undefined)[][] {
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column]));
}

function trim(rows: (RenderedValue | undefined)[][]): RenderedValue[][] {
  const trimmed = rows.map((row) => {
    const last = row.findLastIndex((value) => value !== undefined);
    return row.slice(0, last + 1).map((value) => value ?? '');
  });
  return trimmed.slice(0, trimmed.findLastIndex((row) => row.length > 0) + 1);
}
