import {
  COLUMNS,
  EDITABLE_FIELDS,
  FIELDS,
  foldCase,
  keyColumnsOf,
  remainsOfHeader,
  rowKey,
  type Field,
  type Header,
  type MaterialId,
} from '../../material/index.ts';
import { cellAt, cellText, isFormula, type Cells } from '../../google/sheets/index.ts';
import {
  lastBatchNumber,
  lineOf,
  type SheetState,
  type Plan,
  type PlannedCell,
  type PlannedRow,
  type Snapshot,
  type Unplaced,
} from '../journal/index.ts';
import { mostCells, MOST_CHARACTERS } from './size.ts';
import { fittingCells } from './requests.ts';

/** A field of a material that has a row. */
export interface CellChange {
  readonly row: number;
  readonly materialId: MaterialId;
  /** A field, or `metadata.<header>` for a further column. */
  readonly field: string;
  readonly value: string;
  readonly revision: number;
}

/** A material that has no row yet. */
export interface RowChange {
  readonly materialId: MaterialId;
  readonly fields: Readonly<Partial<Record<Field, string>>>;
  readonly metadata: Readonly<Record<string, string>>;
  /** Each field's revision; the outcome gives it back. */
  readonly revisions: Readonly<Record<string, number>>;
}

/** Changes that are to be written. */
export interface Changes {
  readonly cells: readonly CellChange[];
  readonly rows: readonly RowChange[];
  /** Where new rows go (see materialRows). */
  readonly nextRow: number;
  /** Further columns that an empty tab gets. A tab with a header gets only the portal's own columns. */
  readonly metadataHeaders: readonly string[];
  /** Further columns that any tab gets if it lacks them. */
  readonly addedHeaders?: readonly string[];
  /**
   * An earlier batch may still land. Only a batch with a later number prevents that: so one is planned
   * even if there is nothing to write.
   */
  readonly isClosing?: boolean;
  /** Rows that are only copied to the journal: the answer shows whether Google copies hidden rows. */
  readonly copyOnly?: readonly number[];
}

/**
 * Plans one batch. Changes that do not fit wait for the next one. If columns are missing, this batch adds
 * only them: the places of the other cells are known only after the next read.
 *
 * @param id the batch's id, a new UUIDv7
 * @returns null if there is nothing to write
 */
export function planBatch(id: string, snapshot: Snapshot, changes: Changes): Plan | null {
  const { header, rows } = snapshot;
  const { isClosing = false, copyOnly = [], nextRow } = changes;
  const columns = missingColumns(snapshot, changes);
  if (columns.length > 0) return planTitles(id, snapshot, newTitles(rows, columns));

  const fits = fitsWithin(MOST_CHARACTERS);
  const cells = plannedCells(snapshot, changes.cells).slice(0, mostCells(rows));
  const fitting = fittingCells(cells, snapshot).filter(fits);
  const planned: Plan = {
    ...planLabel(id, snapshot),
    keyColumns: keyColumnsOf(header?.columns ?? {}),
    insertAt: nextRow,
    copyOnly: [...copyOnly],
    cells: fitting,
    // A later read finds a row that gets an id by all else that it had.
    lines: fitting
      .filter(({ change }) => change?.field === 'id')
      .map(({ row }) => [row, lineOf(rows[row] ?? [])]),
    rows: changes.rows.map((change) => plannedRow(header, change)).filter(fits),
  };
  const isEmpty = planned.cells.length + planned.rows.length + copyOnly.length === 0;
  return isEmpty && !isClosing ? null : planned;
}

/** A column's title. */
export interface Title {
  readonly column: number;
  readonly value: string;
}

/** New columns, beyond every row's last cell: people also write in columns that have no title. */
export function newTitles(rows: readonly Cells[], titles: readonly string[]): Title[] {
  const end = rows.reduce((width, cells) => Math.max(width, cells.length), 0);
  return titles.map((value, offset) => ({ column: end + offset, value }));
}

/** Plans a batch that writes titles of the header alone. */
export function planTitles(id: string, snapshot: Snapshot, written: readonly Title[]): Plan {
  const { titles, header, rows } = snapshot;
  const cells = written.map(({ column, value }) => ({
    row: titles.row,
    column,
    header: cellAt(titles.texts, column),
    key: '',
    expected: cellAt(rows[titles.row], column),
    value,
    change: null,
  }));
  return { ...planLabel(id, snapshot), keyColumns: keyColumnsOf(header?.columns ?? {}), cells };
}

/**
 * Plans the batch that restores what the last batch overwrote.
 *
 * @param id the batch's id, a new UUIDv7
 * @returns null if there is nothing to restore
 */
export function planRollback(id: string, sheetState: SheetState): Plan | null {
  const { last, titles } = sheetState;
  if (last === null || last.rollback.length === 0) return null;
  return {
    ...planLabel(id, sheetState),
    keyColumns: keyColumnsOf(remainsOfHeader([titles.texts]).columns),
    cells: [...last.rollback],
    lines: last.lines.map(([row, line]) => [row, [...line]]),
    rollbacks: last.rollbacks + 1,
  };
}

/** Plans a batch that writes only the journal, so that its label keeps what an answer has shown. */
export function planLabel(id: string, sheetState: SheetState): Plan {
  return {
    version: 2,
    id,
    number: nextNumber(id, sheetState),
    makesJournal: sheetState.location.journalTab === null,
    headerRow: sheetState.titles.row,
    header: [...sheetState.titles.texts],
    keyColumns: {},
    cells: [],
    rows: [],
    insertAt: sheetState.grid.rows,
    copyOnly: [],
    rollbacks: 0,
    lines: [],
    unplaced: newest(sheetState.last?.unplaced ?? []),
  };
}

/** The journal keeps so many characters of unplaced texts. A node's output or PostgreSQL has all. */
const MOST_KEPT = 300_000;

function newest(unplaced: readonly Unplaced[]): Unplaced[] {
  return unplaced.toReversed().filter(fitsWithin(MOST_KEPT)).toReversed();
}

/** Adds one part after another, and answers whether all parts so far fit. */
function fitsWithin(most: number): (part: unknown) => boolean {
  let characters = 0;
  return (part) => (characters += JSON.stringify(part).length + 100) <= most;
}

/** The portal's own and the added columns that the header lacks; for an empty tab, every column. */
function missingColumns(
  { header }: Snapshot,
  { metadataHeaders, addedHeaders = [] }: Pick<Changes, 'metadataHeaders' | 'addedHeaders'>,
): string[] {
  const isEditable = (field: Field) => EDITABLE_FIELDS.some((other) => other === field);
  const headersOf = (fields: readonly Field[]) => fields.map((field) => COLUMNS[field].header);
  return header === null
    ? [
        ...headersOf(EDITABLE_FIELDS),
        ...new Set([...metadataHeaders, ...addedHeaders]),
        ...headersOf(FIELDS.filter((field) => !isEditable(field))),
      ]
    : [
        ...headersOf(FIELDS.filter((field) => header.columns[field] === undefined)),
        ...addedHeaders.filter((name) => header.metadata.every((other) => other.name !== name)),
      ];
}

/** A cell of UPDATED_AT with another text is a person's: it stays. */
const OWN_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)?$/;

function plannedCells({ header, rows }: Snapshot, changes: readonly CellChange[]): PlannedCell[] {
  if (header === null) return [];
  const columns = columnsByField(header);
  return changes.flatMap(({ row, field, value, materialId, revision }) => {
    const column = columns.get(field);
    const cells = rows[row] ?? [];
    if (column === undefined || isFormula(cells[column])) return [];
    if (field === 'updatedAt' && !OWN_TIME.test(cellText(cells[column]))) return [];
    return [
      {
        row,
        column,
        header: cellText(rows[header.row]?.[column]),
        key: rowKey(cells, header.columns),
        expected: cellAt(cells, column),
        value,
        change: { materialId, field, revision },
      },
    ];
  });
}

function plannedRow(header: Header | null, change: RowChange): PlannedRow {
  const { materialId, fields, metadata, revisions } = change;
  const further = Object.entries(metadata).map(
    ([name, text]) => [`metadata.${name}`, text] as const,
  );
  const texts = new Map(
    [...Object.entries(fields), ...further].map(([f, text]) => [foldCase(f), text]),
  );
  const cells = [...(header === null ? [] : columnsByField(header))].flatMap(([field, column]) => {
    const value = texts.get(foldCase(field));
    return value === undefined ? [] : [{ column, field, value, revision: revisions[field] ?? 0 }];
  });
  return { materialId, cells };
}

/** The columns of the fields, and of `metadata.<header>` for each further column. */
function columnsByField({ columns, metadata }: Header): ReadonlyMap<string, number> {
  const own = FIELDS.flatMap((field) => {
    const column = columns[field];
    return column === undefined ? [] : [[field, column] as const];
  });
  return new Map<string, number>([
    ...own,
    ...metadata.map(({ name, column }) => [`metadata.${name}`, column] as const),
  ]);
}

/**
 * The number of the next batch. If a person has removed the journal or restored an earlier version, the last
 * batch's named range is missing. Google keeps the range of a removed tab: it lists it no more, but refuses
 * its id and its name (burnash/gspread#1530). So the next number may be taken, and counting continues from
 * the millisecond in the batch's UUIDv7. Of two writers that make the tab, Google refuses the second.
 */
function nextNumber(id: string, sheetState: SheetState): number {
  const next = lastBatchNumber(sheetState) + 1;
  const { fence } = sheetState.location;
  const isListed =
    fence.length > 0 && fence.includes(sheetState.journal?.label?.number ?? next - 1);
  return isListed ? next : Math.max(next, Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16));
}
