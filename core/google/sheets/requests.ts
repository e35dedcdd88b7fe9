import type { CellValue } from './cell.ts';
import type { CellData, GridRange, SheetRequest } from './transport.ts';

export function copyCells(source: GridRange, destination: GridRange): SheetRequest {
  return {
    copyPaste: { source, destination, pasteType: 'PASTE_FORMULA', pasteOrientation: 'NORMAL' },
  };
}

export function clearCells(range: GridRange): SheetRequest {
  return { updateCells: { range, fields: 'userEnteredValue' } };
}

/** Inserts rows or columns. At a grid's end Google allows it only if they inherit from those before. */
export function insertLines(
  sheetId: number,
  dimension: 'ROWS' | 'COLUMNS',
  startIndex: number,
  endIndex: number,
): SheetRequest {
  const range = { sheetId, dimension, startIndex, endIndex };
  return { insertDimension: { range, inheritFromBefore: true } };
}

export function writeCells(
  sheetId: number,
  row: number,
  column: number,
  lines: ReadonlyArray<readonly CellData[]>,
): SheetRequest {
  const width = Math.max(...lines.map((line) => line.length));
  return {
    updateCells: {
      range: gridRange(sheetId, row, row + lines.length, column, column + width),
      rows: lines.map((values) => ({ values: [...values] })),
      fields: 'userEnteredValue',
    },
  };
}

/** A text is a text, whatever it begins with. */
export function textValue(value: CellValue): CellData {
  if (value === '') return {};
  if (typeof value === 'number') return { userEnteredValue: { numberValue: value } };
  if (typeof value === 'boolean') return { userEnteredValue: { boolValue: value } };
  return { userEnteredValue: { stringValue: value } };
}

export function gridRange(
  sheetId: number,
  top: number,
  bottom: number,
  left: number,
  right: number,
) {
  return {
    sheetId,
    startRowIndex: top,
    endRowIndex: bottom,
    startColumnIndex: left,
    endColumnIndex: right,
  };
}
