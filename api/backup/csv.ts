import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod/v4';
import { AI_FIELDS, COLUMNS, EDITABLE_FIELDS, own } from '../../core/index.ts';
import type { SavedMaterial } from './material.ts';

/**
 * The catalog as CSV by RFC 4180: every field in quotes, records ended by CRLF, UTF-8. The columns are
 * those that the portal gives an empty sheet, in that order: what people edit, the further columns,
 * the portal's own. The rows are in the order in which the materials were made.
 *
 * A spreadsheet program takes a field that begins with `= + - @` for a formula, quotes or not. So an
 * apostrophe is put before it (OWASP, "CSV Injection"), which Google Sheets and LibreOffice take for
 * "this is text". Where a program splits at semicolons, as Excel does in Indonesia, or minds no
 * quotes, a cell can also begin within a text: after a semicolon, a tab or a line break. The same is
 * done there. A text that has an apostrophe in such a place gets another, so that taking one away from
 * each place gives every text back to the letter (plainText). For texts without the apostrophe, take
 * the JSON.
 */
export function toCsv(materials: readonly SavedMaterial[]): string {
  const names = metadataNames(materials);
  const lines = materials.map((material) => [
    ...EDITABLE_FIELDS.map((field) => material[field]),
    ...names.map((name) => own(material.metadata, name) ?? ''),
    material.id,
    ...AI_FIELDS.map((field) => material[field]),
    material.updatedAt,
  ]);
  const records = [csvColumns(materials), ...lines].map((cells) => cells.map(safeText));
  return stringify(records, { quoted: true, quoted_empty: true, record_delimiter: 'windows' });
}

/** The header of the CSV. */
export function csvColumns(materials: readonly SavedMaterial[]): string[] {
  return [
    ...EDITABLE_FIELDS.map((field) => COLUMNS[field].header),
    ...metadataNames(materials),
    ...PORTAL_FIELDS.map((field) => COLUMNS[field].header),
  ];
}

/**
 * The cells of toCsv's records, the header first, to the letter.
 *
 * @throws an error of csv-parse that names the line
 */
export function fromCsv(csv: string): string[][] {
  const records = parse(csv, { record_delimiter: '\r\n', relax_column_count: false });
  return z
    .array(z.array(z.string()))
    .parse(records)
    .map((cells) => cells.map(plainText));
}

const PORTAL_FIELDS = ['id', ...AI_FIELDS, 'updatedAt'] as const;

function metadataNames(materials: readonly SavedMaterial[]): string[] {
  return [...new Set(materials.flatMap(({ metadata }) => Object.keys(metadata)))].sort();
}

/** Programs look past blanks; the wide forms are those of East Asian keyboards. */
const BEGINS_FORMULA = /(^|[;\t\r\n])(?=[ \u00a0]*['=+\-@\uff1d\uff0b\uff0d\uff20])/g;
const GUARD = /(^|[;\t\r\n])'/g;

/** The text with an apostrophe wherever a program could see a formula begin. */
export function safeText(text: string): string {
  return text.replace(BEGINS_FORMULA, "$1'");
}

/** What safeText was given. */
export function plainText(safe: string): string {
  return safe.replace(GUARD, '$1');
}
