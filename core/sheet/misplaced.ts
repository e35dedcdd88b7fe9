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
  const undo: PlannedCell[] = [];

  for (const cell of failed.cells) {
    const rowBefore = before[cell.row] ?? [];
    const sameRow = plan.cells.filter(({ row }) => row === cell.row);
    const rowAfter = overwrite(rowBefore, sameRow);
    const row = findRow(snapshot, rowAfter, rowsShifted(plan, cell.row));
    if (row === null) continue;
    undo.push(putBack(snapshot, row, cell.column, cell.value, rowBefore[cell.column] ?? ''));
  }

  plan.rows.forEach((planned, offset) => {
    if (!failed.rows.includes(planned)) return;
    const row = findRow(snapshot, overwrite([], planned.cells), plan.insertAt + offset);
    if (row === null) return;
    for (const { column, value } of planned.cells) {
      undo.push(putBack(snapshot, row, column, value, ''));
    }
  });

  const headerBefore = before[plan.headerRow] ?? [];
  for (const { column, header } of failed.columns) {
    if (cellText(snapshot.rows[plan.headerRow]?.[column]) !== header) continue;
    undo.push(putBack(snapshot, plan.headerRow, column, header, headerBefore[column] ?? ''));
  }
  return undo.filter(({ expected, value }) => expected !== value);
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
