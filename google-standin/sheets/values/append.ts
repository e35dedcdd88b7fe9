import { malformed } from '../../http/googleError.ts';
import { columnLetters, quoteTitle } from '../model/a1.ts';
import type { Draft } from '../draft/draft.ts';
import { formatRange, resolveRange } from '../model/range.ts';
import type { ValuesAppend } from './messages.ts';
import { refusable } from './refusal.ts';
import { tableIn } from './table.ts';
import { growTo, inputOption, rowsOf, writeRange, type ValuesWritten } from './write.ts';

export interface ValuesAppended {
  /** The range of the table that the rows were added to; undefined: the range has no table. */
  readonly tableRange?: string;
  readonly updates: ValuesWritten;
}

/**
 * `values.append`: writes below the last table of the range, from its first column. OVERWRITE
 * writes over what is there and lets the grid grow; INSERT_ROWS inserts rows for the values first.
 */
export function applyAppend(draft: Draft, append: ValuesAppend): ValuesAppended {
  const { data } = append;
  const insertDataOption = append.insertDataOption.toUpperCase();
  const input = inputOption(append.valueInputOption);
  if (insertDataOption !== 'OVERWRITE' && insertDataOption !== 'INSERT_ROWS') {
    const field = 'insert_data_option';
    const description = `Invalid value at '${field}' (type.googleapis.com/google.apps.sheets.v4.InsertDataOption), "${insertDataOption}"`;
    throw malformed([{ field, description }]);
  }
  const range = resolveRange(draft.snapshot(), data.range, 'read');
  const table = tableIn(range.tab, range);
  const tab = draft.tab(range.tab.sheetId);
  const row = table ? table.endRow : range.startRow;
  const column = table ? table.startColumn : range.startColumn;
  const rows = rowsOf(data);
  refusable(() => {
    if (insertDataOption === 'INSERT_ROWS' && rows.length > 0) {
      draft.insert(tab, 'ROWS', Math.min(row, tab.rowCount), rows.length);
    }
    growTo(draft, tab.sheetId, row + 1, column + 1);
  });
  const start = `${quoteTitle(tab.title)}!${columnLetters(column)}${row + 1}`;
  const values = { range: start, majorDimension: 'ROWS' as const, values: rows };
  const updates = writeRange(draft, values, input);
  return { ...(table ? { tableRange: formatRange(tab, table) } : {}), updates };
}
