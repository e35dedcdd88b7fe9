import * as z from 'zod/v4-mini';
import { columnLetters } from '../a1.ts';
import { invalid, malformed, GoogleError } from '../../http/googleError.ts';
import type { Draft } from '../draft.ts';
import { rawValue, typedCell } from '../entered.ts';
import { maxCellCharacters, type Cell } from '../model.ts';
import { formatRange, resolveRange } from '../range.ts';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const valuesBatch = z.strictObject({
  valueInputOption: z.optional(z.string()),
  data: z._default(
    z.array(
      z.strictObject({
        range: z._default(z.string(), ''),
        majorDimension: z._default(z.nullable(z.enum(['ROWS', 'COLUMNS'])), 'ROWS'),
        values: z._default(
          z.array(z.array(scalar), 'type.googleapis.com/google.protobuf.ListValue'),
          [],
        ),
      }),
    ),
    [],
  ),
  includeValuesInResponse: z.optional(z.boolean()),
  responseValueRenderOption: z.optional(z.string()),
  responseDateTimeRenderOption: z.optional(z.string()),
});

export type ValuesBatch = z.infer<typeof valuesBatch>;
type Data = ValuesBatch['data'][number];

export interface ValuesWritten {
  readonly updatedRange: string;
  readonly updatedRows: number;
  readonly updatedColumns: number;
  readonly updatedCells: number;
}

/**
 * Writes the ranges of a `values:batchUpdate`, all or (by the draft) none. null leaves a cell as it
 * is, "" clears it; both count as updated.
 *
 * @throws GoogleError 400 naming the range: `Invalid data[0]: …`
 */
export function applyValues(draft: Draft, batch: ValuesBatch): ValuesWritten[] {
  const input = batch.valueInputOption;
  if (input !== 'RAW' && input !== 'USER_ENTERED') {
    if (input === undefined || input === 'INPUT_VALUE_OPTION_UNSPECIFIED') {
      throw invalid("'valueInputOption' is required but not specified");
    }
    const field = 'value_input_option';
    const description = `Invalid value at '${field}' (type.googleapis.com/google.apps.sheets.v4.ValueInputOption), "${input}"`;
    throw malformed([{ field, description }]);
  }
  return batch.data.map((data, index) => {
    try {
      return writeRange(draft, data, input);
    } catch (error) {
      if (!(error instanceof GoogleError)) throw error;
      throw invalid(`Invalid data[${index}]: ${error.message}`);
    }
  });
}

function writeRange(draft: Draft, data: Data, input: 'RAW' | 'USER_ENTERED'): ValuesWritten {
  const range = resolveRange(draft.snapshot(), data.range, 'write');
  const tab = draft.tab(range.tab.sheetId);
  const rows = data.majorDimension === 'COLUMNS' ? transpose(data.values) : data.values;
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
  const area = { ...range, ...reach(tab, data.range, range, rows.length, width) };
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
  rows.forEach((row, down) => {
    row.forEach((value, right) => {
      if (value === null) return;
      const at = { row: range.startRow + down, column: range.startColumn + right };
      const existing = draft.cell(tab, at.row, at.column);
      draft.setCell(tab, at.row, at.column, cellFor(value, existing, input));
    });
  });
  const written = {
    ...range,
    endRow: range.startRow + Math.max(rows.length, 1),
    endColumn: range.startColumn + Math.max(width, 1),
  };
  return {
    updatedRange: formatRange(tab, written),
    updatedRows: rows.length,
    updatedColumns: width,
    updatedCells: rows.reduce((sum, row) => sum + row.length, 0),
  };
}

/** A single cell (`A1`) is a starting point: what is written from there may fill the grid. */
function reach(
  tab: { rowCount: number; columnCount: number },
  asked: string,
  range: { startRow: number; endRow: number; startColumn: number; endColumn: number },
  height: number,
  width: number,
) {
  const single = range.endRow - range.startRow === 1 && range.endColumn - range.startColumn === 1;
  if (!single || /:[^!']*$/.test(asked)) return {};
  const endRow = range.startRow + height;
  const endColumn = range.startColumn + width;
  if (endRow > tab.rowCount || endColumn > tab.columnCount) {
    return { endRow: tab.rowCount, endColumn: tab.columnCount };
  }
  return {
    endRow: Math.max(endRow, range.endRow),
    endColumn: Math.max(endColumn, range.endColumn),
  };
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

function transpose(columns: Data['values']): (string | number | boolean | null)[][] {
  const height = columns.reduce((longest, column) => Math.max(longest, column.length), 0);
  return Array.from({ length: height }, (_, row) => columns.map((column) => column[row] ?? null));
}
