import {
  closest,
  COLUMNS,
  fieldOfHeader,
  FIELDS,
  foldCase,
  HeaderError,
  listed,
  ROWS_SEARCHED,
  trimBlanks,
  type Field,
  type Header,
} from '../../material/index.ts';
import { cellText, type CellValue } from '../cell.ts';
import { PrepareError, type Decisions } from './decisions.ts';
import { ASKED_FIELDS, LEAST_LIKENESS, likeness, nameLikeness } from './likeness.ts';

/** A column that may hold a field. */
export interface Candidate {
  readonly column: number;
  readonly header: string;
  /** 0 to 1. */
  readonly confidence: number;
}

/** What only a person can decide. */
export type Question =
  /** No header has the field's name; these columns may be meant. Without any, it is the title. */
  | { readonly kind: 'missing'; readonly field: Field; readonly candidates: readonly Candidate[] }
  /** Two headers mean one field. */
  | { readonly kind: 'twice'; readonly field: Field; readonly candidates: readonly Candidate[] };

/** A header row as it stands, what it will be, and what is open about it. */
export interface Mapping {
  /** As it stands; columns may be missing, and of two for one field it has the first. */
  readonly standing: Header;
  /** As it will be after the renames, without the columns that are added. */
  readonly wanted: Header;
  readonly renames: ReadonlyArray<{ column: number; from: string; to: string }>;
  /** Fields whose columns are to be added. */
  readonly missing: readonly Field[];
  readonly questions: readonly Question[];
}

/** A header is short; a longer text is a material's. */
const LONGEST_HEADER = 60;
/** As many known headers are a header row without asking what looks alike. */
const LEAST_KNOWN = 4;
/** Two headers that are known, or about three that look alike. */
const LEAST_SCORE = 2;
const ROWS_COMPARED = 100;
const MOST_CANDIDATES = 3;

/**
 * Finds the header row and what each of its columns means. Only the aliases decide; what looks alike
 * becomes a question.
 *
 * @param rows the sheet's rows of cells from the top
 * @param seen the header's texts as they were before, which find its row wherever it went: columns
 *   that were added to a wrong row must not make that one the header
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
  return { standing: headerOf(row, texts), wanted, renames, missing, questions };
}

/** The row that has most of the texts that a header had; null if none has half of them. */
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

/** How many fields a row's cells name, those that only look alike as less than one. */
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
    // It was renamed before: to prepare a sheet twice is as good as once.
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

/** The further columns that may hold a field: those for which no other missing field is likelier. */
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

/** The name the portal gives a field's column. */
export function headerName(field: Field): string {
  return COLUMNS[field].header;
}
