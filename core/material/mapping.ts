import { closest, listed } from './closest.ts';
import { FIELDS, type Field } from './columns.ts';
import { fieldOfHeader, HeaderError, ROWS_SEARCHED, type Header } from './header.ts';
import { ASKED_FIELDS, LEAST_LIKENESS, likeness, nameLikeness } from './likeness.ts';
import { foldCase, trimBlanks } from './text.ts';
import { cellText, type CellValue } from '../google/sheets/index.ts';
import { PrepareError, type Decisions } from './decisions.ts';

/** A column that may hold a field. */
export interface Candidate {
  readonly column: number;
  readonly header: string;
  /** 0 to 1. */
  readonly confidence: number;
}

/** A decision that only a person can make. */
export type Question =
  /** No header names the field; these columns may be meant. Without any, the field is the title. */
  | { readonly kind: 'missing'; readonly field: Field; readonly candidates: readonly Candidate[] }
  /** Two headers mean one field. */
  | { readonly kind: 'twice'; readonly field: Field; readonly candidates: readonly Candidate[] };

/** A header row: as it is now, as it will be, and the open questions. */
export interface Mapping {
  /** The header now. Columns may be missing. If two headers mean one field, the first counts. */
  readonly current: Header;
  /** The header after the renames, without the columns that are added. */
  readonly wanted: Header;
  readonly renames: ReadonlyArray<{ column: number; from: string; to: string }>;
  /** Fields that get a new column. */
  readonly missing: readonly Field[];
  readonly questions: readonly Question[];
}

/** A header is short. A longer text belongs to a material. */
const LONGEST_HEADER = 60;
/** A row with so many known headers is the header, whatever else looks like one. */
const LEAST_KNOWN = 4;
/** Two known headers, or about three that look like known ones. */
const LEAST_SCORE = 2;
const ROWS_COMPARED = 100;
const MOST_CANDIDATES = 3;

/**
 * Finds the header row and the meaning of each column. Only aliases decide. A header that looks like
 * a column's name becomes a question.
 *
 * @param rows the sheet's rows of cells from the top
 * @param seen the header's texts at an earlier read. They find the header's row after people moved
 *   it, also if a batch added columns to a wrong row meanwhile
 * @throws HeaderError if no row looks like a header
 * @throws PrepareError if a decision does not fit the sheet
 */
export function proposeMapping(
  rows: ReadonlyArray<readonly CellValue[]>,
  tab: string,
  decisions: Decisions,
  seen: readonly string[] = [],
): Mapping {
  const row = rowSeen(rows, seen) ?? decisions.headerRow ?? findHeaderRow(rows, tab);
  const texts = (rows[row] ?? []).map((cell) => trimBlanks(cellText(cell)));
  const renames = pendingRenames(texts, tab, row, decisions);
  const renamed = texts.map((text, at) => renames.find((r) => r.column === at)?.to ?? text);
  const wanted = headerOf(row, renamed);
  const missing = FIELDS.filter((field) => wanted.columns[field] === undefined);

  const questions = [
    ...doubles(renamed),
    ...missing.flatMap((field): Question[] => {
      if (decisions.adds.includes(field)) return [];
      const candidates = candidatesFor(field, rows, wanted);
      return candidates.length > 0 || field === 'title'
        ? [{ kind: 'missing', field, candidates }]
        : [];
    }),
  ];
  return { current: headerOf(row, texts), wanted, renames, missing, questions };
}

/** The row with most of the header's earlier texts; null if no row has half of them. */
function rowSeen(
  rows: ReadonlyArray<readonly CellValue[]>,
  seen: readonly string[],
): number | null {
  const shared = rows.map((cells) => {
    const texts = new Set(cells.map(cellText));
    return seen.filter((text) => texts.has(text)).length;
  });
  const most = shared.reduce((a, b) => Math.max(a, b), 0);
  return most > 0 && 2 * most >= seen.length ? shared.indexOf(most) : null;
}

function findHeaderRow(rows: ReadonlyArray<readonly CellValue[]>, tab: string): number {
  const searched = rows.slice(0, ROWS_SEARCHED);
  const known = searched.map((cells) => namedFields(cells).size);
  const most = Math.max(0, ...known);
  if (most >= LEAST_KNOWN) return known.indexOf(most);
  const scores = searched.map(score);
  const best = Math.max(0, ...scores);
  if (best >= LEAST_SCORE) return scores.indexOf(best);
  throw new HeaderError(
    'column_missing',
    `No row of the first ${ROWS_SEARCHED} of "${tab}" looks like a header. ` +
      'Say which one is, or write one with SUBJECT_NAME, MATERIAL_TITLE and so on above the materials.',
  );
}

function namedFields(cells: readonly CellValue[]): Set<Field> {
  return new Set(cells.flatMap((cell) => fieldOfHeader(cellText(cell)) ?? []));
}

/** How many fields the row names. A cell that looks like a field's name counts less than one. */
function score(cells: readonly CellValue[]): number {
  const best = new Map<Field, number>([...namedFields(cells)].map((field) => [field, 1]));
  for (const cell of cells) {
    const text = cellText(cell);
    if (text.length > LONGEST_HEADER || fieldOfHeader(text) !== undefined) continue;
    for (const field of ASKED_FIELDS) {
      const alike = nameLikeness(text, field);
      if (alike >= LEAST_LIKENESS && alike > (best.get(field) ?? 0)) best.set(field, alike);
    }
  }
  return [...best.values()].reduce((sum, value) => sum + value, 0);
}

function pendingRenames(
  texts: readonly string[],
  tab: string,
  row: number,
  { renames }: Decisions,
): { column: number; from: string; to: string }[] {
  return renames.flatMap(({ from, to }) => {
    const columns = texts.flatMap((text, at) => (foldCase(text) === foldCase(from) ? [at] : []));
    const [column] = columns;
    if (column !== undefined && columns.length === 1) {
      return texts[column] === to ? [] : [{ column, from: texts[column] ?? from, to }];
    }
    // An earlier run renamed the header: a second run changes nothing.
    if (column === undefined && texts.includes(to)) return [];
    throw new PrepareError(
      `${column === undefined ? 'No column' : 'More than one column'} of "${tab}" is headed "${from}" ` +
        `(header row ${row + 1} has: ${listed(texts.filter((text) => text !== ''))}).${suggestion(from, texts)}`,
    );
  });
}

/** ` Did you mean "Nama Bahan"?`, or nothing. */
function suggestion(name: string, texts: readonly string[]): string {
  const alike = closest(name, texts);
  return alike === undefined ? '' : ` Did you mean "${alike}"?`;
}

function headerOf(row: number, texts: readonly string[]): Header {
  const columns: Partial<Record<Field, number>> = {};
  const names: Partial<Record<Field, string>> = {};
  const metadata: { name: string; column: number }[] = [];
  texts.forEach((text, column) => {
    const field = fieldOfHeader(text);
    if (field === undefined) {
      if (text !== '') metadata.push({ name: text, column });
      return;
    }
    columns[field] ??= column;
    names[field] ??= text;
  });
  return { row, columns, names, metadata };
}

function doubles(texts: readonly string[]): Question[] {
  return FIELDS.flatMap((field): Question[] => {
    const candidates = texts.flatMap((header, column) =>
      fieldOfHeader(header) === field ? [{ column, header, confidence: 1 }] : [],
    );
    return candidates.length > 1 ? [{ kind: 'twice', field, candidates }] : [];
  });
}

/** The further columns that may hold a field, unless another missing field is likelier. */
function candidatesFor(
  field: Field,
  rows: ReadonlyArray<readonly CellValue[]>,
  { row, columns, metadata }: Header,
): Candidate[] {
  const asked = ASKED_FIELDS.find((name) => name === field);
  if (asked === undefined) return [];
  const others = ASKED_FIELDS.filter((name) => columns[name] === undefined && name !== field);
  return metadata
    .flatMap(({ name, column }): Candidate[] => {
      const values = rows
        .slice(row + 1, row + 1 + ROWS_COMPARED)
        .map((cells) => trimBlanks(cellText(cells[column])))
        .filter((text) => text !== '');
      const confidence = likeness(name, asked, values);
      const isLikelier = others.some((other) => likeness(name, other, values) > confidence);
      return confidence < LEAST_LIKENESS || isLikelier
        ? []
        : [{ column, header: name, confidence }];
    })
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, MOST_CANDIDATES);
}
