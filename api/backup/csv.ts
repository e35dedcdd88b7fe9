import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod/v4';
import { AI_FIELDS, COLUMNS, EDITABLE_FIELDS, own } from '../../core/index.ts';
import type { SavedMaterial } from './material.ts';

/**
 * The catalog as CSV by RFC 4180: every field in quotes, each record ended by CRLF, UTF-8. The columns are
 * those of an empty sheet that the portal fills, in that order. The rows are in the order in which the
 * materials were made.
 *
 * A spreadsheet program reads a field that begins with `= + - @` as a formula, also in quotes. So the field
 * gets an apostrophe in front (OWASP, "CSV Injection"). To Google Sheets and LibreOffice it means "this is
 * text". Excel in Indonesia splits at semicolons, and some programs ignore quotes. For them a cell can also
 * begin after a semicolon, a tab or a line break inside a text. So an apostrophe goes there too. If a text
 * has an apostrophe in such a place already, it gets a second one. So plainText, which removes one in each
 * place, gives back the exact text. The JSON file has the texts without apostrophes.
 */
export function toCsv(materials: readonly SavedMaterial[]): string {
  const names = metadataNames(materials);
  const lines = materials.map((material) => [
    ...EDITABLE_FIELDS.map((field) => material[field]),
    ...names.map((name) => own(material.metadata, name) ?? ''),
    material.id,
    ...AI_FIELDS.map((field) => material[field]),
    material.updatedAt,
    material.archivedAt,
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

const PORTAL_FIELDS = ['id', ...AI_FIELDS, 'updatedAt', 'archivedAt'] as const;

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

/** Removes the apostrophes of safeText. */
export function plainText(safe: string): string {
  return safe.replace(GUARD, '$1');
}
