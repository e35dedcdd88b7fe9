/** The value of a cell or an expression; null is an empty cell. */
export type Scalar = string | number | boolean | null | CellError;

export class CellError {
  readonly code: string;
  constructor(code: string) {
    this.code = code;
  }
}

export const refError = new CellError('#REF!');
export const nameError = new CellError('#NAME?');
export const valueError = new CellError('#VALUE!');
export const divisionError = new CellError('#DIV/0!');
export const parseError = new CellError('#ERROR!');
export const notAvailable = new CellError('#N/A');

export function toNumber(value: Scalar): number | CellError {
  if (value instanceof CellError) return value;
  if (value === null) return 0;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  const number = value.trim() === '' ? Number.NaN : Number(value);
  return Number.isNaN(number) ? valueError : number;
}

/** The text of a value that is no error. */
export function textOf(value: Exclude<Scalar, CellError>): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return typeof value === 'number' ? generalNumber(value) : value;
}

/** A number as Google shows it with no format of its own: at most 10 decimals, no trailing zeros. */
export function generalNumber(value: number): string {
  if (Math.abs(value) >= 1e15 || (value !== 0 && Math.abs(value) < 1e-9)) {
    return value
      .toExponential(5)
      .replace(/\.?0{1,5}e/, 'E')
      .replace(/e/, 'E')
      .replace(/E([+-])([0-9])$/, 'E$10$2');
  }
  return String(Number(value.toFixed(10)));
}
