import { readable } from '../material/index.ts';

/** A cell as the render option FORMULA gives it: a date is its serial number, a formula its text. */
export type CellValue = string | number | boolean;

/**
 * A cell as PostgreSQL and JSON can keep it: NUL and lone surrogates are U+FFFD in it, wherever the
 * sheet is read. The sheet's own cell stays as it is; materialRows reports it.
 */
export function readableCell(value: CellValue): CellValue {
  return typeof value === 'string' ? readable(value) : value;
}

/** A cell's text; an empty or missing cell is `''`. */
export function cellText(value: CellValue | undefined): string {
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return value === undefined ? '' : String(value);
}

/**
 * Whether a cell holds a formula. The reply does not tell `=A1` as a formula from `=A1` as text, so
 * both are left alone: the portal never writes to such a cell.
 */
export function isFormula(value: CellValue | undefined): boolean {
  return typeof value === 'string' && value.startsWith('=');
}

/** `A` is 0, `Z` 25, `AA` 26. */
function columnIndex(letters: string): number {
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** The number of rows and columns of a whole tab, from the range that Google's reply names. */
export function gridSize(range: string): { rows: number; columns: number } {
  const match = /!A1(?::([A-Z]+)(\d+))?$/.exec(range);
  if (match === null) throw new Error(`"${range}" is not the range of a whole tab.`);
  return { rows: Number(match[2] ?? 1), columns: columnIndex(match[1] ?? 'A') + 1 };
}

/** A tab's name as a range: always quoted, so that no name is taken for a cell or a named range. */
export function tabRange(tab: string): string {
  return `'${tab.replaceAll("'", "''")}'`;
}
