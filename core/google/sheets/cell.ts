import { createHash } from 'node:crypto';

/** A cell as the render option FORMULA gives it: a date is its serial number, a formula its text. */
export type CellValue = string | number | boolean;

/** Cells of one row, from the first column; cells at the end may be missing. */
export type Cells = readonly CellValue[];

/** A row's cell; an empty or missing cell is `''`. */
export function cellAt<Cell extends CellValue>(
  cells: readonly Cell[] | undefined,
  column: number | undefined,
): Cell | '' {
  return (column === undefined ? undefined : cells?.[column]) ?? '';
}

/** A cell's text; an empty or missing cell is `''`. */
export function cellText(value: CellValue | undefined): string {
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return value === undefined ? '' : String(value);
}

/**
 * Whether a cell holds a formula. A read does not distinguish the formula `=A1` from the text `=A1`: the
 * portal writes to neither.
 */
export function isFormula(value: CellValue | undefined): boolean {
  return typeof value === 'string' && value.startsWith('=');
}

/** Identifies a cell's text in 48 bits; `''` for an empty cell. */
export function digest(value: CellValue | undefined): string {
  const text = cellText(value);
  return text === '' ? '' : createHash('sha256').update(text).digest('base64url').slice(0, 8);
}

/** `A` is 0, `Z` 25, `AA` 26. */
function columnIndex(letters: string): number {
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** `A` for 0, `AA` for 26. */
export function columnLetters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnLetters(Math.floor(column / 26) - 1) + last;
}

/** The number of rows and columns of a whole tab, from the range that Google's reply names. */
export function gridSize(range: string): { rows: number; columns: number } {
  const match = /!A1(?::([A-Z]+)(\d+))?$/.exec(range);
  if (match === null) throw new Error(`"${range}" is not the range of a whole tab.`);
  return { rows: Number(match[2] ?? 1), columns: columnIndex(match[1] ?? 'A') + 1 };
}

/** A tab's title as a range. It is quoted, so that Google takes no title for a cell's name. */
export function tabRange(tab: string): string {
  return `'${tab.replaceAll("'", "''")}'`;
}
