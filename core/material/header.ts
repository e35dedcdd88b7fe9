import { COLUMNS, FIELDS, type Field } from './columns.ts';
import { foldCase, trimBlanks } from './text.ts';

/** Where each field's column stands, 0-based; `metadata` are the further columns, by their header. */
export interface Header {
  /** 0-based row of the header. */
  readonly row: number;
  readonly columns: Readonly<Partial<Record<Field, number>>>;
  readonly metadata: ReadonlyArray<{ readonly name: string; readonly column: number }>;
}

/** A sheet whose columns cannot be found: nothing may be read or written by position instead. */
export class HeaderError extends Error {
  override readonly name = 'HeaderError';
}

const FIELD_BY_NAME = new Map(
  FIELDS.flatMap((field) =>
    [COLUMNS[field].header, ...COLUMNS[field].aliases].map(
      (name) => [foldCase(name), field] as const,
    ),
  ),
);

/** The field whose column a header names, by the portal's own name or an alias. */
export function fieldOfHeader(text: string): Field | undefined {
  return FIELD_BY_NAME.get(foldCase(text));
}

/** How far down a header is looked for: people put titles and notes above it. */
export const ROWS_SEARCHED = 20;

/** Fewer matches than this are a coincidence (a title row that says "Materi"), not a header. */
const LEAST_MATCHES = 3;

/**
 * Finds the header row and every column in it by its text, never by its position.
 *
 * @param rows the sheet's rows of cells from the top, as `spreadsheets.values.get` gives them
 * @param tab the tab's name, for the error
 * @throws HeaderError if a column is missing or stands twice; it names the column and the row
 */
export function matchHeader(rows: ReadonlyArray<readonly unknown[]>, tab: string): Header {
  const best = likeliestRow(rows);
  const texts = (rows[best.row] ?? []).map((cell) => trimBlanks(String(cell)));
  if (best.matches < LEAST_MATCHES) {
    throw new HeaderError(
      `No header row in the first ${ROWS_SEARCHED} rows of "${tab}". ` +
        `Put a row with ${requiredHeaders().join(', ')} above the materials.`,
    );
  }

  const columns: Partial<Record<Field, number>> = {};
  const metadata: Array<{ name: string; column: number }> = [];
  texts.forEach((text, column) => {
    if (text === '') return;
    const field = FIELD_BY_NAME.get(foldCase(text));
    // Of further columns with one name the first counts: to read one and write the other loses both.
    const isFirst = !metadata.some(({ name }) => name === text);
    if (field === undefined && isFirst) metadata.push({ name: text, column });
    else if (field === undefined) return;
    else if (columns[field] === undefined) columns[field] = column;
    else {
      throw new HeaderError(
        `Column ${COLUMNS[field].header} stands twice in "${tab}" (header row ${best.row + 1}: ` +
          `"${texts[columns[field]] ?? ''}" and "${text}"). Rename one of them.`,
      );
    }
  });

  const missing = FIELDS.filter((f) => !COLUMNS[f].added && columns[f] === undefined);
  if (missing.length > 0) {
    const names = missing.map((field) => COLUMNS[field].header).join(', ');
    throw new HeaderError(
      `Column ${names} is missing from "${tab}" (header row ${best.row + 1} has: ` +
        `${texts.filter((text) => text !== '').join(', ')}). Add it, or rename the column that holds it.`,
    );
  }
  return { row: best.row, columns, metadata };
}

/** What of a header can still be told where something was written over it. */
export function remainsOfHeader(rows: ReadonlyArray<readonly unknown[]>): Header {
  const { row } = likeliestRow(rows);
  const columns: Partial<Record<Field, number>> = {};
  (rows[row] ?? []).forEach((cell, column) => {
    const field = fieldOfHeader(String(cell));
    if (field !== undefined) columns[field] ??= column;
  });
  return { row, columns, metadata: [] };
}

function likeliestRow(rows: ReadonlyArray<readonly unknown[]>): { row: number; matches: number } {
  const candidates = rows.slice(0, ROWS_SEARCHED).map((cells, row) => ({
    row,
    matches: new Set(cells.map((cell) => FIELD_BY_NAME.get(foldCase(String(cell))))).size,
  }));
  return candidates.reduce((a, b) => (b.matches > a.matches ? b : a), { row: 0, matches: 0 });
}

function requiredHeaders(): string[] {
  return FIELDS.filter((field) => !COLUMNS[field].added).map((field) => COLUMNS[field].header);
}
