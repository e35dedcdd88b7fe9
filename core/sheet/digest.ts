import { createHash } from 'node:crypto';
import { cellText, type CellValue } from './cell.ts';

/** Tells one cell's text from another: 48 bits, and nothing for an empty one. */
export function digest(value: CellValue | undefined): string {
  const text = cellText(value);
  return text === '' ? '' : createHash('sha256').update(text).digest('base64url').slice(0, 8);
}

/** Tells one row from another by everything that it shows, to the letter. */
export function rowDigest(cells: readonly CellValue[]): string {
  const end = cells.findLastIndex((cell) => cell !== '') + 1;
  return digest(JSON.stringify(cells.slice(0, end).map(cellText)));
}
