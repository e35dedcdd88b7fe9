import { closest, listed, shortened } from './closest.ts';
import { COLUMNS, FIELDS, type Field } from './columns.ts';
import { foldCase, trimBlanks } from './text.ts';

/** The column of each field, 0-based; `metadata` are the further columns, by their header. */
export interface Header {
  /** 0-based row of the header. */
  readonly row: number;
  readonly columns: Readonly<Partial<Record<Field, number>>>;
  /** The header of each field in this sheet, such as `Judul` for `title`. For error messages. */
  readonly names: Readonly<Partial<Record<Field, string>>>;
  readonly metadata: ReadonlyArray<{ readonly name: string; readonly column: number }>;
}

/** The header that a field has in the sheet; the portal's own name while it has none. */
export function headerNameOf(field: Field, header: Header | null): string {
  return header?.names[field] ?? COLUMNS[field].header;
}

/** The headers that workflows may write, as the sheet has them: all but UPDATED_AT. */
export function writableHeaders(header: Header | null): string[] {
  const known = FIELDS.filter(
    (field) => field !== 'updatedAt' && (header === null || field in header.columns),
  );
  const further = header?.metadata.map(({ name }) => name) ?? [];
  return [...known.map((field) => headerNameOf(field, header)), ...further];
}

/**
 * The error for a sheet without a column that the portal needs, or with two columns for one field. The
 * portal never reads or writes by position instead.
 */
export class HeaderError extends Error {
  override readonly name = 'HeaderError';
  /** A column is missing, or two columns mean the same. */
  readonly code: 'column_missing' | 'ambiguous';

  constructor(code: HeaderError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

const FIELD_BY_NAME = new Map(
  FIELDS.flatMap((field) =>
    [COLUMNS[field].header, ...COLUMNS[field].aliases].map(
      (name) => [foldCase(name), field] as const,
    ),
  ),
);

/** Finds the field that a header names, by the portal's own name or by an alias. */
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
 * @throws HeaderError if a column is missing or there twice; it names the column and the row
 */
export function matchHeader(rows: ReadonlyArray<readonly unknown[]>, tab: string): Header {
  const best = likeliestRow(rows);
  const texts = (rows[best.row] ?? []).map((cell) => trimBlanks(String(cell)));
  if (best.matches < LEAST_MATCHES) {
    throw new HeaderError(
      'column_missing',
      `No header row in the first ${ROWS_SEARCHED} rows of "${tab}". ` +
        `Put a row with ${requiredHeaders().join(', ')} above the materials.`,
    );
  }

  const columns: Partial<Record<Field, number>> = {};
  const names: Partial<Record<Field, string>> = {};
  // If further columns share one name, only the first is read and written.
  const furthers = new Map<string, number>();
  texts.forEach((text, column) => {
    if (text === '') return;
    const field = FIELD_BY_NAME.get(foldCase(text));
    if (field === undefined) {
      if (!furthers.has(text)) furthers.set(text, column);
    } else if (columns[field] === undefined) {
      columns[field] = column;
      names[field] = text;
    } else {
      throw new HeaderError(
        'ambiguous',
        `Column ${COLUMNS[field].header} stands twice in "${tab}" (header row ${best.row + 1}: ` +
          `"${shortened(names[field] ?? '')}" and "${shortened(text)}"). Rename one of them.`,
      );
    }
  });

  const missing = FIELDS.filter((f) => !COLUMNS[f].added && columns[f] === undefined);
  const metadata = [...furthers].map(([name, column]) => ({ name, column }));
  if (missing.length > 0) throw missingColumns(missing, texts, metadata, tab, best.row);
  return { row: best.row, columns, names, metadata };
}

function missingColumns(
  missing: readonly Field[],
  texts: readonly string[],
  metadata: Header['metadata'],
  tab: string,
  row: number,
): HeaderError {
  const wanted = missing.map((field) => COLUMNS[field].header);
  const further = metadata.map(({ name }) => name);
  const meant = wanted.flatMap((name) => {
    const alike = closest(name, further);
    return alike === undefined ? [] : [` Is "${alike}" meant to be ${name}? Then rename it.`];
  });
  return new HeaderError(
    'column_missing',
    `Column ${wanted.join(', ')} is missing from "${shortened(tab)}" (header row ${row + 1} has: ` +
      `${listed(texts.filter((text) => text !== ''))}).${meant.join('')} ` +
      'Add it, or rename the column that holds it.',
  );
}

/** Finds columns in a header in which a batch has overwritten some titles: those with their old title. */
export function remainsOfHeader(rows: ReadonlyArray<readonly unknown[]>): Header {
  const { row } = likeliestRow(rows);
  const columns: Partial<Record<Field, number>> = {};
  const names: Partial<Record<Field, string>> = {};
  (rows[row] ?? []).forEach((cell, column) => {
    const field = fieldOfHeader(String(cell));
    if (field === undefined || columns[field] !== undefined) return;
    columns[field] = column;
    names[field] = trimBlanks(String(cell));
  });
  return { row, columns, names, metadata: [] };
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
