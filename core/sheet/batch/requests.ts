import {
  gridRange,
  clearCells,
  columnLetters,
  copyCells,
  insertLines,
  rectanglesOf,
  runsOf,
  tabRange,
  textValue,
  writeCells,
  type CellData,
  type Run,
  type SheetRequest,
} from '../../google/sheets/index.ts';
import {
  areCopiedSingly,
  areSkipped,
  columnsNeeded,
  copiedRows,
  intentChecksum,
  intentOf,
  intentPieces,
  JOURNAL_SHEET_ID,
  JOURNAL_TAB,
  labelColumn,
  MOST_RUNS,
  namedRangeId,
  nextLabel,
  rowAfter,
  secondCopy,
  targetRows,
  type SheetState,
  type Intent,
  type KnownHidden,
  type Label,
  type Plan,
  type PlannedCell,
} from '../journal/index.ts';
import { MOST_REQUESTS } from './size.ts';

/** A plan as it is sent. */
export interface Batch {
  /** In the order in which Google applies them. */
  readonly requests: readonly SheetRequest[];
  /** Ranges that the answer shows. */
  readonly show: readonly string[];
  readonly intent: Intent;
  readonly label: Label;
}

/** Rows to spare, so that the journal does not grow with every batch. */
const SPARE_ROWS = 1000;

/** Requests of a batch beside the copies and the cells. */
const OTHER_REQUESTS = 20;

/**
 * Makes the requests of one `spreadsheets.batchUpdate`. Google applies all of them in this order, or
 * none:
 *
 * 1. The tab gets the title that it has. If another tab took that title since the read, Google refuses.
 * 2. The fence: the last batch's named range is replaced by this one's. If another writer was here since
 *    the read, or if this very batch has landed already, Google refuses.
 * 3. The journal is cleared; the header and every target row are copied into it.
 * 4. Cells are written.
 * 5. The journal gets its second copy, the label and the intent.
 * 6. New rows are inserted, last: they move the rows below.
 *
 * @param sheetState the read, or the batch's answer, that the plan was made on
 */
export function batchOf(plan: Plan, sheetState: SheetState): Batch {
  const { sheetId, tab, journalTab, fence } = sheetState.location;
  const intent = intentOf(plan, sheetState.grid.rows);
  const text = JSON.stringify(intent);
  const pieces = intentPieces(text);
  const previous = sheetState.journal?.label ?? null;
  const hidden = previous?.hidden ?? {};
  const runs = copyRuns(intent, hidden);
  const journal = journalRoom(plan, sheetState, runs, pieces.length);
  const { number, id } = plan;
  const checksum = intentChecksum(text);
  const own = { number, id, sheetId, tab, grid: journal.grid, checksum, hidden };
  const label = nextLabel(own, previous);
  const { down, right } = secondCopy(journal.grid);
  const width = sheetState.grid.columns;
  const journalArea = (start: number, end: number, left: number, columns: number) =>
    gridRange(JOURNAL_SHEET_ID, start, end, left, left + columns);
  const toJournal = runs.map(({ start, end }) =>
    copyCells(gridRange(sheetId, start, end, 0, width), journalArea(start, end, 0, width)),
  );
  const again = runs.map(({ start, end }) =>
    copyCells(
      journalArea(start, end, 0, width),
      journalArea(start + down, end + down, right, width),
    ),
  );
  const isCopy = ({ restores }: PlannedCell) => restores?.image !== undefined;

  return {
    intent,
    label,
    show: shownRanges(plan, intent, sheetState, { tab: journalTab ?? JOURNAL_TAB, right }),
    requests: [
      { updateSheetProperties: { properties: { sheetId, title: tab }, fields: 'title' } },
      ...journal.requests,
      ...fence.map((number) => ({ deleteNamedRange: { namedRangeId: namedRangeId(number) } })),
      {
        addNamedRange: {
          namedRange: {
            namedRangeId: namedRangeId(plan.number),
            name: `_materi_batch_${plan.number}`,
            range: journalArea(0, 1, 0, 1),
          },
        },
      },
      // The second copy is cleared later: formulas are restored from the last batch's.
      clearCells(journalArea(0, journal.grid.rows, 0, right)),
      clearCells(journalArea(0, journal.grid.rows, 2 * right, journal.grid.columns - 2 * right)),
      ...toJournal,
      ...wider(plan, sheetState),
      ...rectanglesOf(plan.cells.filter((cell) => !isCopy(cell))).map(({ row, column, cells }) =>
        writeCells(
          sheetId,
          row,
          column,
          cells.map((line) => line.map(enteredValue)),
        ),
      ),
      ...formulaRuns(plan.cells.filter(isCopy)).map((run) => formulaCopy(run, sheetId, right)),
      clearCells(journalArea(0, journal.grid.rows, right, right)),
      ...again,
      writeCells(
        JOURNAL_SHEET_ID,
        0,
        labelColumn(journal.grid),
        [JSON.stringify(label), ...pieces].map((piece) => [textValue(piece)]),
      ),
      ...rowRequests(plan, sheetId),
    ],
  };
}

/** The cells that fit into one batch beside the copies of their rows. */
export function fittingCells(cells: readonly PlannedCell[], sheetState: SheetState): PlannedCell[] {
  const most = MOST_REQUESTS - OTHER_REQUESTS - 2 * MOST_RUNS;
  if (areSkipped(sheetState.journal?.label?.hidden)) return wholeRows(cells, most);
  return rectanglesOf(cells)
    .slice(0, most)
    .flatMap((rectangle) => rectangle.cells.flat());
}

/** The cells of as many rows as fit where each row is copied alone, twice. */
function wholeRows(cells: readonly PlannedCell[], most: number): PlannedCell[] {
  let requests = 0;
  return [...Map.groupBy(cells, ({ row }) => row).values()].flatMap((ofRow) =>
    (requests += 2 + ofRow.length) <= most ? ofRow : [],
  );
}

/**
 * The rows to copy, as runs. Each row that the batch writes to is a run of its own, unless there are too
 * many: if Google skips hidden rows, a hidden row inside a run moves the images below it.
 */
function copyRuns(intent: Intent, known: KnownHidden): Run[] {
  const rows = copiedRows(intent);
  const targets = targetRows(intent);
  if (!areSkipped(known) && !areCopiedSingly(intent)) return runsOf(rows, MOST_RUNS);
  return [
    ...runsOf([...rows].filter((row) => !targets.has(row))),
    ...[...targets].map((row) => ({ start: row, end: row + 1 })),
  ];
}

/** The ranges that locate what the batch wrote: before-images, and the same rows right after it. */
function shownRanges(
  plan: Plan,
  intent: Intent,
  { location }: SheetState,
  journal: { tab: string; right: number },
): string[] {
  const copied = [...copiedRows(intent)];
  const rowsNow = [
    ...copied.map((row) => rowAfter(intent, row)),
    ...plan.rows.map((_, at) => plan.insertAt + at),
  ];
  const last = columnLetters(journal.right - 1);
  return [
    ...runsOf(copied, MOST_RUNS).map(
      ({ start, end }) => `${tabRange(journal.tab)}!A${start + 1}:${last}${end}`,
    ),
    // Whole rows: a range with columns would be refused if a person has removed columns.
    ...runsOf(rowsNow, MOST_RUNS).map(
      ({ start, end }) => `${tabRange(location.tab)}!${start + 1}:${end}`,
    ),
  ];
}

/** Makes the journal, or makes it large enough. */
function journalRoom(
  plan: Plan,
  { journal, location, grid: catalog }: SheetState,
  runs: readonly Run[],
  pieces: number,
): { grid: { rows: number; columns: number }; requests: SheetRequest[] } {
  const depth = Math.max(1 + pieces, ...runs.map(({ end }) => end + 1));
  const width = Math.max(catalog.columns, ...plan.cells.map(({ column }) => column + 1));
  const had = journal?.grid ?? { rows: 0, columns: 0 };
  const rows = had.rows >= depth ? had.rows : depth + SPARE_ROWS;
  const columns = Math.max(had.columns, columnsNeeded(width));
  const grid = { rows, columns };
  if (location.journalTab === null) {
    const properties = {
      sheetId: JOURNAL_SHEET_ID,
      title: JOURNAL_TAB,
      hidden: true,
      gridProperties: { rowCount: rows, columnCount: columns },
    };
    return { grid, requests: [{ addSheet: { properties } }] };
  }
  // The last batch's second copy moves to where this batch has its own: formulas are restored from it.
  const [from, to] = [secondCopy(had).right, secondCopy(grid).right];
  const more = (dimension: 'ROWS' | 'COLUMNS', start: number, end: number) =>
    end > start ? [insertLines(JOURNAL_SHEET_ID, dimension, start, end)] : [];
  return {
    grid,
    requests: [
      ...more('ROWS', had.rows, rows),
      ...more('COLUMNS', from, to),
      ...more('COLUMNS', had.columns + to - from, columns),
    ],
  };
}

/** Adds columns to the tab for a header that goes beyond its last one. */
function wider(plan: Plan, { grid, location }: SheetState): SheetRequest[] {
  const end = Math.max(0, ...plan.cells.map(({ column }) => column + 1));
  return end > grid.columns ? [insertLines(location.sheetId, 'COLUMNS', grid.columns, end)] : [];
}

function rowRequests({ rows, insertAt }: Plan, sheetId: number): SheetRequest[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.flatMap(({ cells }) => cells.map(({ column }) => column))) + 1;
  const lines = rows.map(({ cells }) => {
    const byColumn = new Map(cells.map(({ column, value }) => [column, value]));
    return Array.from({ length: width }, (_, column) => textValue(byColumn.get(column) ?? ''));
  });
  return [
    insertLines(sheetId, 'ROWS', insertAt, insertAt + rows.length),
    writeCells(sheetId, insertAt, 0, lines),
  ];
}

/** Cells below each other, with images below each other. */
interface FormulaRun {
  readonly row: number;
  readonly column: number;
  readonly image: { readonly row: number; readonly column: number };
  readonly length: number;
}

/** Joins cells that one copy restores: a mistake may be in a whole column of formulas. */
function formulaRuns(cells: readonly PlannedCell[]): FormulaRun[] {
  const runs: FormulaRun[] = [];
  for (const { row, column, restores } of cells.toSorted(
    (a, b) => a.column - b.column || a.row - b.row,
  )) {
    const image = restores?.image ?? { row, column };
    const last = runs.at(-1);
    const isNext =
      last?.column === column &&
      last.row + last.length === row &&
      last.image.column === image.column &&
      last.image.row + last.length === image.row;
    if (isNext) runs[runs.length - 1] = { ...last, length: last.length + 1 };
    else runs.push({ row, column, image, length: 1 });
  }
  return runs;
}

/** Restores cells by a copy of their before-images: the last batch's second copy, at its place now. */
function formulaCopy({ row, column, image, length }: FormulaRun, sheetId: number, right: number) {
  const from = { row: image.row + 1, column: image.column + right };
  return copyCells(
    gridRange(JOURNAL_SHEET_ID, from.row, from.row + length, from.column, from.column + 1),
    gridRange(sheetId, row, row + length, column, column + 1),
  );
}

/** Only a rollback writes a formula: the one that was there. */
function enteredValue({ value, restores }: PlannedCell): CellData {
  const isFormula = restores !== undefined && !restores.isText;
  return isFormula && typeof value === 'string' && value.startsWith('=')
    ? { userEnteredValue: { formulaValue: value } }
    : textValue(value);
}
