import { cellText, isFormula, type CellValue } from '../cell.ts';
import type { Plan, PlannedCell } from '../plan.ts';
import { rowKey } from '../rows.ts';
import type { Snapshot } from '../snapshot.ts';

/**
 * Puts back what a batch wrote into rows that it did not mean, where another writer's batch has
 * taken the carbon copy since: then the read that the plan was made on is the best that is known of
 * what stood there. A row is one of these if it shows all that was planned for another row, and in
 * its other cells is a row of that read, or blank.
 *
 * @param read what the plan was made on
 * @param now the first read after the batch had landed
 */
export function strayCells(plan: Plan, read: Snapshot, now: Snapshot): PlannedCell[] {
  const columns = sameColumns(read, now);
  const cells = plan.cells.filter(({ restores }) => !restores);
  const byKey = new Map(now.rows.map((row) => [keyIn(row, now), row]));
  return [...Map.groupBy(cells, ({ row }) => row).values()].flatMap((planned) => {
    // Mostly the row that was meant shows it: then there is nothing to look for.
    const meant = byKey.get(planned[0]?.key ?? '') ?? [];
    if (shows(meant, planned, columns)) return [];
    const written = now.rows.flatMap((_, at) => {
      const found = rowBefore(at, planned, columns, read, now);
      return found === undefined ? [] : [{ at, before: found }];
    });
    const key = planned[0]?.key;
    const isMeant = ({ before }: { before: readonly CellValue[] }) => keyIn(before, read) === key;
    const [stray, other] = written;
    // Where the row meant shows it, or several rows could be the one, nothing is touched.
    if (stray === undefined || other !== undefined || written.some(isMeant)) return [];
    return planned.flatMap((cell) => putBack(cell, stray.at, stray.before, columns, now));
  });
}

function keyIn(row: readonly CellValue[], { header }: Snapshot): string {
  return header === null ? '' : rowKey(row, header);
}

/** Whether a row shows all that was planned for one. */
function shows(
  row: readonly CellValue[],
  planned: readonly PlannedCell[],
  columns: readonly ColumnPair[],
): boolean {
  return planned.every(({ column, value }) => {
    const pair = columns.find(({ read }) => read === column);
    return pair !== undefined && cellText(row[pair.now]) === cellText(value);
  });
}

interface ColumnPair {
  readonly read: number;
  readonly now: number;
}

/** The columns whose headers stand once in both reads. */
function sameColumns(read: Snapshot, now: Snapshot): ColumnPair[] {
  const texts = ({ header, rows }: Snapshot) =>
    (header === null ? [] : (rows[header.row] ?? [])).map(cellText);
  const headers = texts(now);
  return texts(read).flatMap((text, column) => {
    const at = headers.indexOf(text);
    return text === '' || at < 0 || headers.lastIndexOf(text) !== at
      ? []
      : [{ read: column, now: at }];
  });
}

/** What stood in a row that shows all that was planned for one; undefined where it never was written. */
function rowBefore(
  at: number,
  planned: readonly PlannedCell[],
  columns: readonly ColumnPair[],
  read: Snapshot,
  now: Snapshot,
): readonly CellValue[] | undefined {
  const row = now.rows[at] ?? [];
  const isPlanned = (column: number) => planned.some((cell) => cell.column === column);
  const value = (column: number) => cellText(planned.find((cell) => cell.column === column)?.value);
  const own = columns.filter((pair) => isPlanned(pair.read));
  const others = columns.filter((pair) => !isPlanned(pair.read));
  if (at === now.header?.row || !shows(row, planned, columns)) return undefined;
  const isChanged = (before: readonly CellValue[]) =>
    own.some((pair) => cellText(before[pair.read]) !== value(pair.read));
  const isSame = (before: readonly CellValue[]) =>
    others.every(
      (pair) => isFormula(row[pair.now]) || cellText(before[pair.read]) === cellText(row[pair.now]),
    );
  if (isSame([])) return [];
  return read.rows.find((before) => isSame(before) && isChanged(before));
}

function putBack(
  cell: PlannedCell,
  row: number,
  before: readonly CellValue[],
  columns: readonly ColumnPair[],
  now: Snapshot,
): PlannedCell[] {
  const column = columns.find((pair) => pair.read === cell.column)?.now;
  const value = before[cell.column] ?? '';
  if (column === undefined || value === cell.value) return [];
  const key = keyIn(now.rows[row] ?? [], now);
  return [{ ...cell, row, column, key, expected: cell.value, value, restores: true, change: null }];
}
