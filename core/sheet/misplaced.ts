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
  const columns = sameColumns(headerBefore, snapshot);
  const undo: PlannedCell[] = [];

  for (const [row, cells] of Map.groupBy(failed.cells, ([row]) => row)) {
    const before = rowBefore(carbon, row);
    const at = findRow(meant, snapshot, columns, { row, before });
    if (at === null) continue;
    for (const [, column, , , written] of cells) {
      const now = findCell(snapshot.rows[at] ?? [], columns, column, written);
      if (now === null) continue;
      const shown = snapshot.rows[at]?.[now] ?? '';
      undo.push(putBack(snapshot, at, now, shown, before[column] ?? ''));
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

/** Columns of the batch's moment, and where they stand now. */
type SameColumns = ReadonlyMap<number, number>;

/** Columns may have moved once more since: told by their header; those without are not told. */
function sameColumns(before: readonly CellValue[], { header, rows }: Snapshot): SameColumns {
  const titles = (rows[header?.row ?? 0] ?? []).map(cellText);
  return new Map(
    before.flatMap((cell, column) => {
      const now = cellText(cell) === '' ? -1 : titles.indexOf(cellText(cell));
      return now < 0 ? [] : [[column, now] as const];
    }),
  );
}

/** Where a cell of the row stands that still shows what was written there; null if none does. */
function findCell(
  cells: readonly CellValue[],
  columns: SameColumns,
  column: number,
  written: string,
): number | null {
  const known = columns.get(column);
  const told = new Set(columns.values());
  const found = cells.findIndex(
    (cell, now) =>
      digest(cell) === written && (known === undefined ? !told.has(now) : now === known),
  );
  // A row ends with its last cell that is not empty.
  if (found < 0 && written === '') return known ?? null;
  return found < 0 ? null : found;
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
}

/**
 * Where a row that the batch wrote to stands now, null if nowhere: told by the id that stood in it,
 * or else by its whole content as the batch left it, looked for first where it should be.
 */
function findRow(
  meant: Intent,
  snapshot: Snapshot,
  columns: SameColumns,
  covered: Covered,
): number | null {
  const known = rowWithId(meant, snapshot, columns, covered);
  if (known !== null) return known;
  const isIt = contentAfter(meant, columns, covered);
  const { row } = covered;
  const shifted = row >= meant.insertAt ? row + meant.rows.length : row;
  if (isIt(snapshot.rows[shifted] ?? [])) return shifted;
  const found = snapshot.rows.findIndex(isIt);
  return found < 0 ? null : found;
}

/** Null also if the batch wrote the id, or if people have copied the row. */
function rowWithId(
  { cells }: Intent,
  { header, rows }: Snapshot,
  columns: SameColumns,
  { row, before }: Covered,
): number | null {
  const now = header?.columns.id;
  const [column] = [...columns].find(([, at]) => at === now) ?? [];
  if (now === undefined || column === undefined) return null;
  const id = cellText(before[column]);
  const isWritten = cells.some(([at, written]) => at === row && written === column);
  if (id === '' || isWritten) return null;
  const [found, other] = rows.flatMap((line, at) => (cellText(line[now]) === id ? [at] : []));
  return found === undefined || other !== undefined ? null : found;
}

/** Tells a row as the batch left it: what it wrote by its digest, the rest as it was. */
function contentAfter(
  { cells }: Intent,
  columns: SameColumns,
  { row, before }: Covered,
): (found: readonly CellValue[]) => boolean {
  const after = before.map((cell) => (isFormula(cell) ? FORMULA : digest(cell)));
  for (const [at, column, , , written] of cells) {
    if (at !== row) continue;
    while (after.length < column) after.push('');
    after[column] = written;
  }
  const told = [...columns].map(([column, now]) => [now, after[column] ?? ''] as const);
  const untold = after.filter((_, column) => !columns.has(column));
  return (found) => {
    const digests = found.map((cell) => (isFormula(cell) ? FORMULA : digest(cell)));
    const toldNow = new Set(columns.values());
    const rest = digests.filter((_, now) => !toldNow.has(now));
    return (
      told.every(([now, wanted]) => isSame(digests[now] ?? '', wanted)) && isSameSet(rest, untold)
    );
  };
}

/** The references of a formula have moved along with it: one is not told from another. */
const FORMULA = '=';

function isSame(one: string, other: string): boolean {
  return one === other || one === FORMULA || other === FORMULA;
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  const sorted = (digests: readonly string[]) => digests.filter((text) => text !== '').sort();
  const [a, b] = [sorted(one), sorted(other)];
  return a.length === b.length && a.every((text, at) => text === b[at]);
}
