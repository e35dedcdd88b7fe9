import { idOf, type RowKeyColumns } from '../../material/index.ts';
import { cellAt, cellText, type Cells, type CellValue } from '../../google/sheets/index.ts';
import {
  lineOf,
  type SheetState,
  type Intent,
  type LastBatch,
  type PlannedCell,
  type Unplaced,
} from '../journal/index.ts';

const TITLE_LIMIT = 500;

/** The material that the cells of a row identify. */
export function ownerOf(cells: Cells, { id, title }: RowKeyColumns) {
  return {
    materialId: idOf(cells, id),
    title: cellText(cellAt(cells, title)).slice(0, TITLE_LIMIT),
  };
}

export function placeOf({ row, column }: PlannedCell): string {
  return `${row}:${column}`;
}

/** A cell of a rollback. */
export function restoringCell(
  place: Pick<PlannedCell, 'row' | 'column' | 'header'>,
  expected: CellValue,
  value: CellValue,
  restores: PlannedCell['restores'],
): PlannedCell {
  return { ...place, key: '', expected, value, restores, change: null };
}

/** Cells that clear some cells of a new row. @param copies whether the row's copies are cleared too */
export function clearingCells(
  row: number,
  cells: Cells,
  titles: readonly string[],
  {
    isCleared,
    copies,
  }: { isCleared: (cell: CellValue, column: number) => boolean; copies: boolean },
): PlannedCell[] {
  const restores = { isText: false, copies, materialId: null, title: '' };
  return Array.from({ length: Math.max(titles.length, cells.length) }, (_, column) => {
    const place = { row, column, header: cellAt(titles, column) };
    return restoringCell(place, cellAt(cells, column), '', restores);
  }).filter(({ expected, column }) => isCleared(expected, column));
}

/**
 * The columns of a new row that are empty although the batch wrote a text there: a row that is inserted
 * inside merged cells becomes a part of them.
 *
 * @param texts digests, in the order of `rowColumns`
 * @param row the row now; undefined: it was not found
 */
export function emptiedColumns(
  { rowColumns }: Intent,
  texts: readonly string[],
  row: Cells | undefined,
  columnNow: (column: number) => number,
): number[] {
  return rowColumns.filter(
    (column, at) => row !== undefined && texts[at] !== '' && cellAt(row, columnNow(column)) === '',
  );
}

/** The rollback with the line of each row that it writes. Of two texts for one cell the first counts. */
export function rollbackOf(
  cells: readonly PlannedCell[],
  rowAt: (row: number) => Cells | undefined,
): Pick<LastBatch, 'rollback' | 'lines'> {
  const rollback = [...Map.groupBy(cells, placeOf).values()].flatMap((same) => same.slice(0, 1));
  const rows = [...new Set(rollback.map(({ row }) => row))];
  return { rollback, lines: rows.map((row) => [row, lineOf(rowAt(row) ?? [])]) };
}

/**
 * The state after Google has refused the rollback, as where a person protects the row: its texts are recorded
 * instead. The header must be restored, for without it nothing can be read.
 *
 * @returns null if the rollback is of the header
 */
export function givenUp<T extends SheetState>(sheetState: T): T | null {
  const { last, titles } = sheetState;
  if (last === null) return sheetState;
  if (last.rollback.some(({ row }) => row === titles.row)) return null;
  const unplaced = [...last.unplaced, ...last.rollback.map((cell) => unplacedOf(last.id, cell))];
  return { ...sheetState, last: { ...last, rollback: [], lines: [], unplaced } };
}

/** The record of a cell that no rollback restores. */
export function unplacedOf(batchId: string, cell: PlannedCell): Unplaced {
  const { row, column, header, value, restores } = cell;
  const { materialId = null, title = '' } = restores ?? {};
  return { batchId, row, column, materialId, title, header, text: cellText(value) };
}
