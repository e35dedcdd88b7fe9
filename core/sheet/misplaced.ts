import { rowBefore, type Carbon } from './carbon.ts';
import { cellText, isFormula, type CellValue } from './cell.ts';
import { digest, type Intent } from './intent.ts';
import type { Plan, PlannedCell } from './planned.ts';
import { rowKey } from './rows.ts';
import type { Snapshot } from './snapshot.ts';

/** Of what a batch meant to cover, what it did not. */
interface Failed {
  readonly cells: Intent['cells'];
  readonly rows: Intent['rows'];
  /** Header cells that held something when they were written over. */
  readonly columns: Plan['columns'];
}

/**
 * The cells that put back what a batch overwrote by mistake, wherever they stand now: the row may
 * have moved once more since. What people changed again in the meantime is theirs, and is left.
 */
export function misplacedCells(
  meant: Intent,
  snapshot: Snapshot,
  carbon: Carbon,
  failed: Failed,
): PlannedCell[] {
  const headerBefore = rowBefore(carbon, meant.headerRow);
  const now = columnsNow(headerBefore, snapshot.rows[snapshot.header?.row ?? 0] ?? []);
  const undo: PlannedCell[] = [];

  for (const [row, cells] of Map.groupBy(failed.cells, ([row]) => row)) {
    const before = rowBefore(carbon, row);
    const at = findRow(meant, snapshot, now, { row, before, headerBefore });
    if (at === null) continue;
    for (const [, column, , , written] of cells) {
      const shown = snapshot.rows[at]?.[now(column)] ?? '';
      if (digest(shown) !== written) continue;
      undo.push(putBack(snapshot, at, now(column), shown, before[column] ?? ''));
    }
  }

  for (const row of failed.rows) undo.push(...strewn(row, snapshot));

  for (const { column, header } of failed.columns) {
    if (cellText(snapshot.rows[meant.headerRow]?.[column]) !== header) continue;
    undo.push(putBack(snapshot, meant.headerRow, column, header, headerBefore[column] ?? ''));
  }
  return undo.filter(({ expected, value }) => expected !== value);
}

/**
 * The cells of a new row that was written in the wrong columns. The row was inserted with the batch,
 * so it is all ours but for what people have typed since; its id, which is new, tells it wherever it
 * stands now.
 */
function strewn([id, written]: Intent['rows'][number], snapshot: Snapshot): PlannedCell[] {
  const ours = new Set(written);
  const row = snapshot.rows.findIndex((cells) => cells.includes(id));
  const cells = snapshot.rows[row] ?? [];
  return cells.flatMap((cell, column) =>
    cell !== '' && ours.has(digest(cell)) ? [putBack(snapshot, row, column, cell, '')] : [],
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

function putBack(
  { header, rows }: Snapshot,
  row: number,
  column: number,
  expected: CellValue,
  value: CellValue,
): PlannedCell {
  const key = header === null ? '' : rowKey(rows[row] ?? [], header.columns);
  const title = header === null ? '' : cellText(rows[header.row]?.[column]);
  return { row, column, header: title, key, expected, value, restores: true, change: null };
}

interface Covered {
  readonly row: number;
  readonly before: readonly CellValue[];
  readonly headerBefore: readonly CellValue[];
}

/**
 * Where a row that the batch wrote to stands now, null if nowhere: told by the id that stood in it,
 * or else by its whole content as the batch left it, looked for first where it should be.
 */
function findRow(
  meant: Intent,
  snapshot: Snapshot,
  now: (column: number) => number,
  covered: Covered,
): number | null {
  const known = rowWithId(meant, snapshot, covered);
  if (known !== null) return known;
  const isIt = contentAfter(meant, now, covered);
  const { row } = covered;
  const shifted = row >= meant.insertAt ? row + meant.rows.length : row;
  if (isIt(snapshot.rows[shifted] ?? [])) return shifted;
  const found = snapshot.rows.findIndex(isIt);
  return found < 0 ? null : found;
}

/** Null also if the batch wrote the id, or if people have copied the row. */
function rowWithId(
  { header, keyColumns, cells }: Intent,
  snapshot: Snapshot,
  { row, before, headerBefore }: Covered,
): number | null {
  const title = keyColumns['id'] === undefined ? '' : cellText(header[keyColumns['id']]);
  const columnIn = (titles: readonly CellValue[]) =>
    title === '' ? -1 : titles.findIndex((cell) => cellText(cell) === title);
  const column = columnIn(headerBefore);
  const id = cellText(before[column]);
  const isWritten = cells.some(([at, written]) => at === row && written === column);
  const idColumn = columnIn(snapshot.rows[snapshot.header?.row ?? 0] ?? []);
  if (id === '' || isWritten || idColumn < 0) return null;
  const [found, other] = snapshot.rows.flatMap((line, at) =>
    cellText(line[idColumn]) === id ? [at] : [],
  );
  return found === undefined || other !== undefined ? null : found;
}

/** Tells a row as the batch left it: what it wrote by its digest, the rest as it was. */
function contentAfter(
  { cells }: Intent,
  now: (column: number) => number,
  { row, before }: Covered,
): (found: readonly CellValue[]) => boolean {
  const wanted = new Map<number, string>();
  for (const [column, cell] of before.entries()) wanted.set(now(column), digest(cellText(cell)));
  for (const [at, column, , , written] of cells) if (at === row) wanted.set(now(column), written);
  const width = Math.max(-1, ...wanted.keys()) + 1;
  return (found) =>
    Array.from({ length: Math.max(found.length, width) }).every((_, column) => {
      const cell = found[column];
      return (
        isFormula(cell) || [digest(cell), digest(cellText(cell))].includes(wanted.get(column) ?? '')
      );
    });
}
