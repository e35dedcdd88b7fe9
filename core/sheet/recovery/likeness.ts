import { cellAt, digest, type Cells } from '../../google/sheets/index.ts';
import { idOf, type RowKeyColumns } from '../../material/index.ts';
import { FORMULA, lineOf, type Line } from '../journal/index.ts';
import { lineNow } from './columns.ts';

/** Many rows of a catalog share subject, type and level. So more cells must agree without the title. */
const LEAST_SHARE = { lower: 0.5, higher: 0.75 };

/** A row with fewer filled cells is only like rows that have little else. */
const FEW = 3;

/**
 * How alike two rows are:
 *
 * - 2 if they have one id;
 * - 0 if they have two ids, or if too few cells agree;
 * - otherwise the share of the first row's filled cells that the second row has too. If the first row has
 *   few of them: the share of both rows' filled cells.
 */
export function likeness(sought: Line, found: Line, { id, title }: RowKeyColumns): number {
  const [one, other] = [cellAt(sought, id), cellAt(found, id)];
  if (one !== '' && other !== '') return one === other ? 2 : 0;
  const filled = filledColumns(sought);
  if (filled.length === 0) return found.every((cell) => cell === '') ? 1 : 0;
  const isSparse = filled.length < FEW;
  const most = isSparse ? new Set([...filled, ...filledColumns(found)]).size : filled.length;
  const share = filled.filter((column) => found[column] === sought[column]).length / most;
  const shownTitle = cellAt(sought, title);
  const isTitled = !['', FORMULA].includes(shownTitle) && shownTitle === found[title ?? -1];
  return share >= LEAST_SHARE[isTitled || isSparse ? 'lower' : 'higher'] ? share : 0;
}

function filledColumns(line: Line): number[] {
  return line.flatMap((cell, column) => (cell === '' ? [] : [column]));
}

/** A row that a batch wrote to, as it must look now if nobody has changed it since. */
export interface Sought {
  /** Its row if nothing has moved since. */
  readonly row: number;
  readonly line: Line;
  /** Columns that the batch wrote to. */
  readonly written: readonly number[];
}

/** @param columnNow the place now of each column of `line` and `written` */
export function soughtRow(
  row: number,
  line: Line,
  written: readonly number[],
  columnNow: (column: number) => number,
): Sought {
  return { row, line: lineNow(line, columnNow), written: written.map(columnNow) };
}

/** Finds the rows whose cell in a column has a digest. Each column is looked through once. */
export function placesFinder(
  rows: readonly Cells[],
): (column: number, cell: string) => readonly number[] {
  const columns = new Map<number, Map<string, number[]>>();
  return (column, cell) => {
    const places =
      columns.get(column) ?? Map.groupBy(rows.keys(), (place) => digest(rows[place]?.[column]));
    columns.set(column, places);
    return places.get(cell) ?? [];
  };
}

/** Gives rows as lines. Each row is read once. */
export function linesFinder(rows: readonly Cells[]): (at: number) => Line {
  const lines = new Map<number, Line>();
  return (at) => {
    const line = lines.get(at) ?? lineOf(rows[at] ?? []);
    lines.set(at, line);
    return line;
  };
}

/**
 * An id that the batch wrote counts less than the row's content: a person may type over it, and after a
 * mistake another row has it.
 */
const WRITTEN_ID = 0.5;

/** Rows so close to the expected place are compared with it even if nothing else leads there. */
export const NEAR = 3;

/** A text such as COMPLETED is in thousands of rows: so many of them are compared. */
export const MOST_ALIKE = 50;

/**
 * Finds rows again by likeness: first by the id, then by content, then by how many cells show what the
 * batch wrote, then by nearness. No two rows get one place.
 *
 * If a row without an id shows everything that the batch wrote, it is the row that the batch hit, even if a
 * person has changed all its other cells since.
 *
 * @returns for each row its place now; null: it was not found
 */
export function findRows(
  sought: readonly Sought[],
  rows: readonly Cells[],
  keyColumns: RowKeyColumns,
): ReadonlyArray<number | null> {
  if (sought.length === 0) return [];
  const { id = -1, title } = keyColumns;
  const lineAt = linesFinder(rows);
  const columns = new Set([id, ...sought.flatMap(({ written }) => written)]);
  const showing = placesFinder(rows);
  const finds = sought.flatMap(({ row, line, written }, index) => {
    const near = Array.from({ length: 2 * NEAR + 1 }, (_, offset) => row - NEAR + offset);
    const writesId = written.includes(id);
    const leads = [...columns].flatMap((column) =>
      cellAt(line, column) === '' ? [] : showing(column, cellAt(line, column)).slice(0, MOST_ALIKE),
    );
    return [...new Set([...near.filter((at) => at >= 0), ...leads])].flatMap((at) => {
      const found = lineAt(at);
      const shown = written.filter((column) => cellAt(found, column) === cellAt(line, column));
      const wroteText = written.some((column) => cellAt(line, column) !== '');
      const hasAll = wroteText && shown.length === written.length;
      const keyNow = keyOf(rows[at] ?? [], keyColumns);
      const isHit = hasAll && cellAt(line, id) === '' && keyNow.id === undefined;
      const isSameId = cellAt(line, id) !== '' && cellAt(line, id) === cellAt(found, id);
      const alike = writesId
        ? likeness(line, found, { title }) + (isSameId ? WRITTEN_ID : 0)
        : likeness(line, found, keyNow);
      if (alike === 0 && !isHit) return [];
      return [{ index, at, alike, shown: shown.length, distance: Math.abs(at - row) }];
    });
  });
  finds.sort((a, b) => b.alike - a.alike || b.shown - a.shown || a.distance - b.distance);
  const places = new Map<number, number>();
  const taken = new Set<number>();
  for (const { index, at } of finds) {
    if (places.has(index) || taken.has(at)) continue;
    places.set(index, at);
    taken.add(at);
  }
  return sought.map((_, index) => places.get(index) ?? null);
}

/** The columns that identify a row. If its MATERIAL_ID is no id, it identifies nothing. */
export function keyOf(cells: Cells, keyColumns: RowKeyColumns): RowKeyColumns {
  return idOf(cells, keyColumns.id) === null ? { ...keyColumns, id: undefined } : keyColumns;
}
