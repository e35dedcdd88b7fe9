import {
  cellAt,
  digest,
  isFormula,
  type Cells,
  type CellValue,
} from '../../google/sheets/index.ts';
import {
  lineOf,
  rowAfter,
  type Intent,
  type Journal,
  type Line,
  type PlannedCell,
} from '../journal/index.ts';
import { columnsNow, keyColumnsAt, lineNow } from './columns.ts';
import { lineAfter, writesOf } from './images.ts';
import type { Judged } from './judge.ts';
import { findRows, keyOf, likeness, soughtRow } from './likeness.ts';
import { ownerOf } from './restore.ts';

/** A row that a batch wrote to by mistake. Columns are those of its moment. */
export interface DamagedRow {
  readonly row: number;
  /** Its row now if nothing has moved since. */
  readonly likely: number;
  /** The row right after the batch. */
  readonly line: Line;
  readonly written: readonly number[];
  readonly cells: ReadonlyArray<{
    readonly column: number;
    readonly wrote: string;
    readonly value: CellValue;
    readonly restores: NonNullable<PlannedCell['restores']>;
  }>;
}

/** Rows in which a batch overwrote another cell than it was meant for, or a person's edit. */
export function missedRows(
  intent: Intent,
  { cells: verdicts, then }: Judged,
  images: Journal['images'],
  imageOf: (row: number) => number,
): DamagedRow[] {
  const failed = intent.cells.flatMap(([row, column, , , wrote], index) => {
    const kind = verdicts[index]?.kind;
    return kind === 'misplaced' || kind === 'edited'
      ? [{ row, column, wrote, copies: kind === 'misplaced' }]
      : [];
  });
  const writes = writesOf(intent);
  const isCleared = clearedFinder(intent, then.titles);
  return [...Map.groupBy(failed, ({ row }) => row)].map(([row, cells]) => {
    const at = imageOf(row);
    const image = images.get(at) ?? [];
    const written = writes.get(row) ?? new Map<number, string>();
    // The rollback cleared a new row here, and not its own one. Both were to be cleared.
    const isNewRow =
      cells.every(({ wrote }) => wrote === '') &&
      isCleared(
        image,
        cells.map(({ column }) => column),
      );
    const overwritten = isNewRow ? [] : cells;
    return {
      row,
      likely: rowAfter(intent, row),
      line: lineAfter(image, written),
      written: [...written.keys()],
      cells: overwritten.map(({ column, wrote, copies }) => ({
        column,
        wrote,
        value: cellAt(image, column),
        restores: {
          isText: false,
          copies,
          ...(isFormula(image[column]) ? { image: { row: at, column } } : {}),
          ...ownerOf(image, keyColumnsAt(intent, then.titles)),
        },
      })),
    };
  });
}

/**
 * Decides whether a rollback was to clear these columns of a row, wherever the row has moved to: the row is like
 * one that it was sent to clear, and holds nothing else there.
 */
function clearedFinder(
  intent: Intent,
  titles: readonly string[],
): (image: Cells, columns: readonly number[]) => boolean {
  const columnThen = columnsNow(intent.header, titles);
  const keyColumns = keyColumnsAt(intent, titles);
  const lines = new Map(intent.lines);
  const rows = [...Map.groupBy(intent.restoring, ({ row }) => row)].map(([row, cells]) => ({
    line: lineNow(lines.get(row) ?? [], columnThen),
    // Of several columns without a title nobody can say which one is which: so the texts count alone.
    texts: new Set<CellValue>(['', ...cells.map(({ expected }) => expected)]),
    isCleared: cells.every(({ value }) => value === ''),
  }));
  const cleared = rows.filter(({ isCleared }) => isCleared);
  return (image, columns) =>
    cleared.some(
      ({ line, texts }) =>
        columns.every((column) => texts.has(cellAt(image, column))) &&
        likeness(line, lineOf(image), keyOf(image, keyColumns)) > 0,
    );
}

/**
 * Rows that a rollback was to restore, and either has restored or has not. The journal has another
 * before-image by now.
 */
export function rowsOfRollback(
  { restoring, lines }: Intent,
  judged: Judged,
  isRestored: boolean,
): DamagedRow[] {
  const lineOfRow = new Map(lines);
  const some = restoring.filter((_, at) => (judged.cells[at]?.kind === 'applied') === isRestored);
  return [...Map.groupBy(some, ({ row }) => row)].map(([row, cells]) => ({
    row,
    likely: row,
    line: lineOfRow.get(row) ?? [],
    written: cells.map(({ column }) => column),
    cells: cells.map(({ column, expected, value, restores }) => ({
      column,
      wrote: digest(expected),
      value,
      restores: {
        // Only a before-image shows whether a text that begins with "=" is a formula, and it is gone by now.
        isText: restores?.isText === true || restores?.image !== undefined,
        copies: restores?.copies === true,
        materialId: restores?.materialId ?? null,
        title: restores?.title ?? '',
      },
    })),
  }));
}

/**
 * The rows of a rollback as they are right after it, in the columns of that moment. A row that had moved may have
 * got what the rollback meant for another row. Where columns had moved, the rollback wrote into other cells
 * of the same row.
 */
export function afterRollback(
  damaged: readonly DamagedRow[],
  intent: Intent,
  { then }: Judged,
  images: Journal['images'],
): DamagedRow[] {
  const columnThen = columnsNow(intent.header, then.titles);
  const writes = writesOf(intent);
  const end = Math.max(0, ...[...images.keys()].map((row) => row + 1));
  const places = findRows(
    damaged.map(({ row, line, written }) => soughtRow(row, line, written, columnThen)),
    Array.from({ length: end }, (_, row) => images.get(row) ?? []),
    keyColumnsAt(intent, then.titles),
  );
  return damaged.map((one, at) => {
    const place = places[at] ?? one.row;
    const written = places[at] === null ? undefined : writes.get(place);
    return {
      ...one,
      likely: place,
      line:
        written === undefined
          ? lineNow(one.line, columnThen)
          : lineAfter(images.get(place) ?? [], written),
      written: one.written.map(columnThen),
      cells: one.cells.map((cell) => ({ ...cell, column: columnThen(cell.column) })),
    };
  });
}
