import {
  COLUMNS,
  EDITABLE_FIELDS,
  FIELDS,
  foldCase,
  type Field,
  type Header,
  type MaterialId,
} from '../material/index.ts';
import { cellText, isFormula } from './cell.ts';
import { rowDigest } from './digest.ts';
import type { Mending, Plan, PlannedCell, PlannedRow } from './planned.ts';
import { keyColumnsOf, rowKey } from './rows.ts';
import { lastBatchNumber, type Snapshot } from './snapshot.ts';

/** A field of a material that has a row, to be written to it. */
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
  /** At which revision each field was changed; given back with the outcome. */
  readonly revisions: Readonly<Record<string, number>>;
}

export interface Changes {
  readonly cells: readonly CellChange[];
  readonly rows: readonly RowChange[];
  /** What earlier batches wrote where they should not have (see mend). */
  readonly mending: Mending;
  /** Where new rows go (see materialRows). */
  readonly nextRow: number;
  /**
   * A batch before this one may still arrive, and nothing but a later number keeps it from that: so
   * one is planned even if there is nothing to write.
   */
  readonly isClosing?: boolean;
  /** Further columns that an empty tab gets; a sheet with a header gets none but the portal's own. */
  readonly metadataHeaders: readonly string[];
}

/** Google advises at most 2 MB a request; a planned cell's own JSON is a fair measure of its request. */
const MOST_BYTES = 1_500_000;

/**
 * Plans one batch of what is to be written. What does not fit is left for the next cycle. So is
 * everything else while something must be put back or columns are missing: until a read has shown
 * the sheet put right, the place of everything else is uncertain.
 *
 * @param id the batch's own id, a new UUIDv7
 * @returns null if there is nothing to write
 */
export function planBatch(id: string, snapshot: Snapshot, changes: Changes): Plan | null {
  const header = snapshot.header;
  const blank: Plan = {
    id,
    number: nextNumber(id, snapshot),
    makesCarbon: !snapshot.location.hasCarbon,
    headerRow: header?.row ?? 0,
    header: [...(snapshot.rows[header?.row ?? 0] ?? [])],
    keyColumns: keyColumnsOf(header?.columns ?? {}),
    columns: missingColumns(snapshot, changes.metadataHeaders),
    cells: [],
    later: [],
    rows: [],
    insertAt: changes.nextRow,
  };
  const { undo, later } = changes.mending;
  if (undo.length > 0) {
    const cells = undo.map((cell) => ({
      ...cell,
      content: rowDigest(snapshot.rows[cell.row] ?? []),
    }));
    return { ...blank, columns: [], cells, later: later.map((stage) => [...stage]) };
  }
  if (blank.columns.length > 0) return blank;
  let bytes = 0;
  const fits = (part: unknown) => (bytes += JSON.stringify(part).length + 100) <= MOST_BYTES;
  const cells = plannedCells(snapshot, changes.cells).slice(0, mostCells(snapshot)).filter(fits);
  const rows = changes.rows.map((change) => plannedRowOf(snapshot, change)).filter(fits);
  const isEmpty = cells.length + rows.length === 0 && changes.isClosing !== true;
  return isEmpty ? null : { ...blank, cells, rows };
}

/** What may have to be put back of one batch. It travels twice, and Google takes 10 MB a request. */
const MOST_UNDONE = 3_000_000;
const SHORT_TEXT = 200;

/** How many cells one batch may write: rows may move, and each hit one of the longest texts there are. */
export function mostCells({ rows }: Snapshot): number {
  const lengths = rows.flatMap((cells) =>
    cells.flatMap((cell) =>
      typeof cell === 'string' && cell.length > SHORT_TEXT ? [cell.length] : [],
    ),
  );
  lengths.sort((a, b) => b - a);
  let undone = 0;
  const end = lengths.findIndex((length) => (undone += length) > MOST_UNDONE);
  return end < 0 ? lengths.length + Math.floor((MOST_UNDONE - undone) / SHORT_TEXT) : end;
}

/** The portal's own columns that the header lacks; for an empty tab, every column. */
function missingColumns({ header, rows }: Snapshot, metadata: readonly string[]): Plan['columns'] {
  const headers =
    header === null
      ? [...headersOf(EDITABLE_FIELDS), ...metadata, ...headersOf(PORTAL_FIELDS)]
      : headersOf(FIELDS.filter((field) => header.columns[field] === undefined));
  // Beyond every row's last cell: people write in columns that have no header, too.
  const end = header === null ? 0 : Math.max(...rows.map((cells) => cells.length));
  return headers.map((text, offset) => ({ column: end + offset, header: text }));
}

const PORTAL_FIELDS = FIELDS.filter((field) => !EDITABLE_FIELDS.some((other) => other === field));

function headersOf(fields: readonly Field[]): string[] {
  return fields.map((field) => COLUMNS[field].header);
}

function plannedCells(snapshot: Snapshot, changes: readonly CellChange[]): PlannedCell[] {
  const { header, rows } = snapshot;
  if (header === null) return [];
  return changes.flatMap(({ row, field, value, materialId, revision }) => {
    const column = columnOf(header, field);
    const cells = rows[row] ?? [];
    if (column === undefined || isFormula(cells[column])) return [];
    const planned: PlannedCell = {
      row,
      column,
      header: cellText(rows[header.row]?.[column]),
      key: rowKey(cells, header.columns),
      expected: cells[column] ?? '',
      value,
      restores: false,
      change: { materialId, field, revision },
    };
    return [planned];
  });
}

function plannedRowOf({ header }: Snapshot, change: RowChange): PlannedRow {
  const cells: PlannedRow['cells'] = [];
  const add = (column: number, field: string, value: string) =>
    cells.push({ column, field, value, revision: change.revisions[field] ?? 0 });
  for (const field of FIELDS) {
    const column = header?.columns[field];
    const value = change.fields[field];
    if (column !== undefined && value !== undefined) add(column, field, value);
  }
  for (const { name, column } of header?.metadata ?? []) {
    const entry = Object.entries(change.metadata).find(([key]) => foldCase(key) === foldCase(name));
    if (entry !== undefined) add(column, `metadata.${name}`, entry[1]);
  }
  return { materialId: change.materialId, cells };
}

/**
 * Google keeps the named range of a tab that somebody removed, unlisted, its id and name still taken
 * (burnash/gspread#1530). So a hidden tab that is made anew must not count from 1 again: it begins
 * at the millisecond of the batch's own UUIDv7. Two writers that both make the tab exclude each
 * other by its id.
 */
function nextNumber(id: string, snapshot: Snapshot): number {
  const last = lastBatchNumber(snapshot);
  if (last > 0 || snapshot.location.hasCarbon) return last + 1;
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}

function columnOf(header: Header, field: string): number | undefined {
  const known = FIELDS.find((name) => name === field);
  if (known !== undefined) return header.columns[known];
  return header.metadata.find(({ name }) => field === `metadata.${name}`)?.column;
}
