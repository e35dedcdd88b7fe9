import { cellAt, digest, type Cells } from '../../google/sheets/index.ts';
import { rowAfter, zoneRows, type Intent, type LastBatch, type Verdict } from '../journal/index.ts';
import { missedRows } from './damagedRows.ts';
import { imagesByAnswer, writesOf } from './images.ts';
import { judge } from './judge.ts';
import { clearingCells, emptiedColumns, restoringCell, rollbackOf, unplacedOf } from './restore.ts';

/** The state that a batch's own answer shows. */
export interface Shown {
  /** Before-images, by the row of the catalog at the moment of the write. */
  readonly images: ReadonlyMap<number, Cells>;
  /** `row:column` of cells in `images` that hold a text which begins with "=". */
  readonly texts: ReadonlySet<string>;
  /** Rows right after the batch, by their row then. */
  readonly rows: ReadonlyMap<number, Cells>;
}

/**
 * Reconciles a batch with its own answer. The answer is the state right after the batch: each write
 * is exactly where it was planned.
 *
 * @returns the batch, and the row of the header right after it
 */
export function reconcileAnswer(
  id: string,
  intent: Intent,
  shown: Shown,
): { last: LastBatch; headerRow: number } {
  const { texts } = shown;
  const rowNow = (row: number) => shown.rows.get(rowAfter(intent, row)) ?? [];
  const believed = imagesByAnswer(intent, shown.images, rowNow);
  const judged = judge(
    intent,
    shown.images,
    believed,
    new Map([...shown.images, ...untouchedRows(intent, rowNow)]),
  );
  const { titles } = judged.then;
  const imageOf = (row: number) => believed.get(row) ?? row;
  const missed = missedRows(intent, judged, shown.images, imageOf).flatMap(
    ({ row, likely, cells }) =>
      cells.flatMap(({ column, wrote, value, restores }) => {
        if (digest(value) === wrote) return [];
        const place = { row: likely, column, header: cellAt(titles, column) };
        // Nothing has moved: a formula is written as it was, and its references stay.
        const isText = texts.has(`${imageOf(row)}:${column}`);
        const expected = cellAt(rowNow(row), column);
        return [restoringCell(place, expected, value, { ...restores, image: undefined, isText })];
      }),
  );
  // A header that is not in the answer is below the new rows: a person inserted rows above it.
  const rows = judged.rows.map(({ kind }): Verdict => ({
    kind: kind === 'applied' ? 'applied' : 'misplaced',
  }));
  // Every cell of a new row is the batch's own. Under a merge a text may be there unseen.
  const cleared = intent.rows.flatMap(([, texts], at) => {
    if (rows[at]?.kind === 'applied') return [];
    const row = intent.insertAt + at;
    const written = new Set(intent.rowColumns.filter((_, index) => texts[index] !== ''));
    return clearingCells(row, shown.rows.get(row) ?? [], titles, {
      isCleared: (cell, column) => cell !== '' || written.has(column),
      copies: true,
    });
  });
  // A rollback that missed is completed after the next read, which finds its rows by likeness.
  const restored = intent.rollbacks > 0 ? [] : [...missed, ...cleared];
  const kept = intent.cells.map(
    ([row, column, , , value]) => digest(rowNow(row)[column]) === value,
  );
  const notKept = intent.restoring.filter((cell, at) => kept[at] === false && cell.value !== '');
  const last = {
    id,
    cells: judged.cells,
    rows,
    kept,
    emptied: intent.rows.map(([, written], at) =>
      emptiedColumns(intent, written, shown.rows.get(intent.insertAt + at), (column) => column),
    ),
    ...rollbackOf(restored, (row) => shown.rows.get(row)),
    unplaced: [...intent.unplaced, ...notKept.map((cell) => unplacedOf(id, cell))],
    rollbacks: intent.rollbacks,
  };
  return { last, headerRow: rowAfter(intent, judged.then.row ?? intent.headerRow) };
}

/** The rows round the header as they are right after the batch, without those that it wrote to. */
function untouchedRows(
  intent: Intent,
  rowNow: (row: number) => Cells,
): Array<readonly [number, Cells]> {
  const written = writesOf(intent);
  return zoneRows(intent)
    .filter((row) => !written.has(row))
    .map((row) => [row, rowNow(row)]);
}
