import type { Request, Tab, Value } from './sheet.ts';

/** The requests of a batch, in the form in which core/sheet sends them. */

export function area(tab: Tab, row: number, column: number, height = 1, width = 1) {
  return {
    sheetId: tab.sheetId,
    startRowIndex: row,
    endRowIndex: row + height,
    startColumnIndex: column,
    endColumnIndex: column + width,
  };
}

export function put(tab: Tab, row: number, column: number, values: readonly Value[]): Request {
  return {
    updateCells: {
      range: area(tab, row, column, 1, values.length),
      rows: [{ values: values.map((userEnteredValue) => ({ userEnteredValue })) }],
      fields: 'userEnteredValue',
    },
  };
}

export function putText(tab: Tab, row: number, column: number, text: string): Request {
  return put(tab, row, column, [{ stringValue: text }]);
}

/** Copies a row to the same columns of a row in another tab. */
export function copyRow(from: Tab, row: number, to: Tab, toRow = row): Request {
  return {
    copyPaste: {
      source: area(from, row, 0, 1, from.columns),
      destination: area(to, toRow, 0, 1, from.columns),
      pasteType: 'PASTE_FORMULA',
      pasteOrientation: 'NORMAL',
    },
  };
}

/** Copies the first rows of a tab to the same rows of another. */
export function copyRows(from: Tab, to: Tab, height: number): Request {
  return {
    copyPaste: {
      source: area(from, 0, 0, height, from.columns),
      destination: area(to, 0, 0, height, from.columns),
      pasteType: 'PASTE_FORMULA',
      pasteOrientation: 'NORMAL',
    },
  };
}

export function insertLines(
  tab: Tab,
  dimension: 'ROWS' | 'COLUMNS',
  startIndex: number,
  endIndex: number,
): Request {
  const range = { sheetId: tab.sheetId, dimension, startIndex, endIndex };
  return { insertDimension: { range, inheritFromBefore: true } };
}

export function addRange(tab: Tab, { id, name }: { id: string; name: string }): Request {
  return { addNamedRange: { namedRange: { namedRangeId: id, name, range: area(tab, 0, 0) } } };
}

export function deleteRange({ id }: { id: string }): Request {
  return { deleteNamedRange: { namedRangeId: id } };
}
