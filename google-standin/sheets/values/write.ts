import { columnLetters } from '../model/a1.ts';
import { invalid, malformed, GoogleError } from '../../http/googleError.ts';
import type { Draft } from '../draft/draft.ts';
import { rawValue, typedCell } from '../model/entered.ts';
import { maxCellCharacters, type Cell } from '../model/spreadsheet.ts';
import { formatRange, resolveRange, type Rectangle } from '../model/range.ts';
import type { ValueRange, ValuesBatch, ValuesUpdate } from './messages.ts';
import { protoText } from './protoText.ts';
import { refusable } from './refusal.ts';

type InputOption = 'RAW' | 'USER_ENTERED';

/**
 * The cells that a write changed. A null leaves its cell unchanged (gspread's
 * test_update_cells_noncontiguous).
 */
export interface ValuesWritten {
  readonly sheetId: number;
  readonly updatedRange: string;
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly cells: number;
}

/**
 * Writes the ranges of a `values:batchUpdate`, all or (by the draft) none. null leaves a cell as it
 * is, "" clears it.
 *
 * @throws GoogleError 400 naming the range: `Invalid data[0]: …`
 */
export function applyValues(draft: Draft, batch: ValuesBatch): ValuesWritten[] {
  const input = inputOption(batch.valueInputOption);
  return batch.data.map((data, index) => {
    try {
      return writeRange(draft, data, input);
    } catch (error) {
      if (!(error instanceof GoogleError)) throw error;
      throw invalid(`Invalid data[${index}]: ${error.message}`);
    }
  });
}

/** Writes the range of a `values.update`, with the rules of `applyValues`. */
export function applyUpdate(draft: Draft, update: ValuesUpdate): ValuesWritten {
  return writeRange(draft, update.data, inputOption(update.valueInputOption));
}

/** @throws GoogleError 400 when it is missing or none of Google's */
export function inputOption(input: string | undefined): InputOption {
  const option = input?.toUpperCase();
  if (option === 'RAW' || option === 'USER_ENTERED') return option;
  if (input === undefined || option === 'INPUT_VALUE_OPTION_UNSPECIFIED') {
    throw invalid("'valueInputOption' is required but not specified");
  }
  const field = 'value_input_option';
  const description = `Invalid value at '${field}' (type.googleapis.com/google.apps.sheets.v4.ValueInputOption), "${input}"`;
  throw malformed([{ field, description }]);
}

export function writeRange(draft: Draft, data: ValueRange, input: InputOption): ValuesWritten {
  const range = resolveRange(draft.snapshot(), data.range, 'write');
  const tab = draft.tab(range.tab.sheetId);
  const rows = rowsOf(data);
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
  const area = isStart(data.range, range)
    ? { ...range, ...reach(range, rows.length, width) }
    : range;
  if (rows.length > area.endRow - area.startRow) {
    throw invalid(
      `Requested writing within range [${formatRange(tab, range)}], but tried writing to row [${area.endRow + 1}]`,
    );
  }
  if (width > area.endColumn - area.startColumn) {
    throw invalid(
      `Requested writing within range [${formatRange(tab, range)}], but tried writing to column [${columnLetters(area.endColumn)}]`,
    );
  }
  refusable(() => {
    growTo(draft, tab.sheetId, range.startRow + rows.length, range.startColumn + width);
    rows.forEach((row, down) => {
      row.forEach((value, right) => {
        if (value === null) return;
        if (!isScalar(value)) throw invalid(notScalar(value, down, right, data));
        const at = { row: range.startRow + down, column: range.startColumn + right };
        const existing = draft.cell(tab, at.row, at.column);
        draft.setCell(tab, at.row, at.column, cellFor(value, existing, input));
      });
    });
  });
  const written = {
    ...range,
    endRow: range.startRow + Math.max(rows.length, 1),
    endColumn: range.startColumn + Math.max(width, 1),
  };
  const changed = rows.flatMap((row, down) =>
    row.flatMap((value, right) =>
      value === null ? [] : [{ row: range.startRow + down, column: range.startColumn + right }],
    ),
  );
  return {
    sheetId: tab.sheetId,
    updatedRange: formatRange(tab, written),
    rows: [...new Set(changed.map(({ row }) => row))],
    columns: [...new Set(changed.map(({ column }) => column))],
    cells: changed.length,
  };
}

const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

function notScalar(value: unknown, down: number, right: number, data: ValueRange): string {
  const [first, second] = data.majorDimension === 'COLUMNS' ? [right, down] : [down, right];
  return `Invalid values[${first}][${second}]: ${protoText(value)}`;
}

/** A single cell (`A1`) is a starting point: what is written from there has no end. */
function isStart(asked: string, range: Rectangle): boolean {
  const single = range.endRow - range.startRow === 1 && range.endColumn - range.startColumn === 1;
  return single && !/:[^!':]*$/.test(asked);
}

function reach({ startRow, startColumn }: Rectangle, height: number, width: number) {
  return { endRow: startRow + height, endColumn: startColumn + width };
}

/**
 * Makes a tab's grid large enough. Google adds what is missing when a write begins in the grid:
 * n8n's Google Sheets node lives from it (n8n-io/n8n#7684 adds one row for any number of rows).
 *
 * @throws InvalidChange above the limit of cells, or in a protected range
 */
export function growTo(draft: Draft, sheetId: number, endRow: number, endColumn: number): void {
  const tab = draft.tab(sheetId);
  if (endRow > tab.rowCount) draft.insert(tab, 'ROWS', tab.rowCount, endRow - tab.rowCount);
  if (endColumn > tab.columnCount) {
    draft.insert(tab, 'COLUMNS', tab.columnCount, endColumn - tab.columnCount);
  }
}

function cellFor(
  value: string | number | boolean,
  existing: Cell | null,
  input: string,
): Cell | null {
  if (typeof value === 'string' && value.length > maxCellCharacters) {
    throw invalid(
      `Your input contains more than the maximum of ${maxCellCharacters} characters in a single cell.`,
    );
  }
  const format = existing?.userEnteredFormat;
  if (input === 'USER_ENTERED') return typedCell(value, format);
  const userEnteredValue = rawValue(value);
  if (!userEnteredValue) return format ? { userEnteredFormat: format } : null;
  return { userEnteredValue, ...(format ? { userEnteredFormat: format } : {}) };
}

/** The values by rows, whichever way they were given. */
export function rowsOf({ majorDimension, values }: ValueRange): ValueRange['values'] {
  return majorDimension === 'COLUMNS' ? transpose(values) : values;
}

function transpose(columns: ValueRange['values']): ValueRange['values'] {
  const height = columns.reduce((longest, column) => Math.max(longest, column.length), 0);
  return Array.from({ length: height }, (_, row) => columns.map((column) => column[row] ?? null));
}
