import { cellText, isFormula, type CellValue } from './cell.ts';
import type { Plan, PlannedCell, PlannedRow } from './plan.ts';
import { rowKey } from './rows.ts';
import type { Snapshot } from './snapshot.ts';

interface Failed {
  readonly cells: readonly PlannedCell[];
  readonly rows: readonly PlannedRow[];
  /** Header cells that held something when they were written over. */
  readonly columns: Plan['columns'];
}

/**
 * The cells that put back what a batch overwrote by mistake. Where each stands now is found by the
 * row's whole content, as it was right after the batch: the row may have moved once more since. What
 * people changed again in the meantime is theirs, and is left.
 */
export function misplacedCells(plan: Plan, failed: Failed, snapshot: Snapshot): PlannedCell[] {
  const before = snapshot.carbon?.rows ?? [];
  const headerBefore = before[plan.headerRow] ?? [];
  const now = columnsNow(headerBefore, snapshot.rows[snapshot.header?.row ?? 0] ?? []);
  const undo: PlannedCell[] = [];

  for (const cell of failed.cells) {
    const rowBefore = before[cell.row] ?? [];
    const sameRow = plan.cells.filter(({ row }) => row === cell.row);
    const rowAfter = moved(overwrite(rowBefore, sameRow), now);
    const row = findRow(snapshot, rowAfter, rowsShifted(plan, cell.row));
    if (row === null) continue;
    const value = rowBefore[cell.column] ?? '';
    undo.push(putBack(snapshot, row, now(cell.column), cell.value, value));
  }

  for (const planned of failed.rows) undo.push(...strewn(planned, snapshot));

  for (const { column, header } of failed.columns) {
    if (cellText(snapshot.rows[plan.headerRow]?.[column]) !== header) continue;
    undo.push(putBack(snapshot, plan.headerRow, column, header, headerBefore[column] ?? ''));
  }
  return undo.filter(({ expected, value }) => expected !== value);
}

/**
 * The cells of a new row that was written in the wrong columns. The row was inserted with the batch,
 * so it is all ours but for what people have typed since; its id, which is new, tells it wherever it
 * stands now.
 */
export function strewn(planned: PlannedRow, snapshot: Snapshot): PlannedCell[] {
  const ours = new Set(planned.cells.map(({ value }) => value).filter((value) => value !== ''));
  const row = snapshot.rows.findIndex((cells) => cells.includes(planned.materialId));
  const cells = snapshot.rows[row] ?? [];
  return cells.flatMap((cell, column) =>
    typeof cell === 'string' && ours.has(cell) ? [putBack(snapshot, row, column, cell, '')] : [],
  );
}

/**
 * Where a column of the batch's moment stands now, for columns may have moved once more since: told
 * by its header; one without goes along with the column before it.
 */
function columnsNow(
  before: readonly CellValue[],
  header: readonly CellValue[],
): (column: number) => number {
  const titles = header.map(cellText);
  const shifts: number[] = [];
  for (const [column, cell] of before.entries()) {
    const found = cellText(cell) === '' ? -1 : titles.indexOf(cellText(cell));
    shifts.push(found < 0 ? (shifts.at(-1) ?? 0) : found - column);
  }
  return (column) => Math.max(0, column + (shifts[column] ?? shifts.at(-1) ?? 0));
}

function moved(cells: readonly CellValue[], now: (column: number) => number): CellValue[] {
  return overwrite(
    [],
    cells
      .map((value, column) => ({ column: now(column), value }))
      .sort((one, other) => one.column - other.column),
  );
}

function putBack(
  { header, rows }: Snapshot,
  row: number,
  column: number,
  expected: CellValue,
  value: CellValue,
): PlannedCell {
  const key = header === null ? '' : rowKey(rows[row] ?? [], header);
  const title = header === null ? '' : cellText(rows[header.row]?.[column]);
  return { row, column, header: title, key, expected, value, restores: true, change: null };
}

/** Where a row that a batch wrote to stands after the batch's own new rows were put in. */
function rowsShifted({ insertAt, rows }: Plan, row: number): number {
  return row >= insertAt ? row + rows.length : row;
}

function overwrite(
  cells: readonly CellValue[],
  written: ReadonlyArray<{ column: number; value: CellValue }>,
): CellValue[] {
  const row = [...cells];
  for (const { column, value } of written) {
    while (row.length < column) row.push('');
    row[column] = value;
  }
  return row;
}

/** The row that has this content, looked for first where it should be; null if there is none. */
function findRow({ rows }: Snapshot, content: readonly CellValue[], at: number): number | null {
  const wanted = content.map(cellText);
  const isIt = (cells: readonly CellValue[] | undefined) =>
    cells !== undefined &&
    Array.from({ length: Math.max(cells.length, wanted.length) }).every(
      (_, column) => isFormula(cells[column]) || cellText(cells[column]) === (wanted[column] ?? ''),
    );
  if (isIt(rows[at])) return at;
  const found = rows.findIndex(isIt);
  return found < 0 ? null : found;
}
