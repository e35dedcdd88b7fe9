import { rowBefore, type Carbon } from './carbon.ts';
import { cellText, type CellValue } from './cell.ts';
import { digest } from './digest.ts';
import type { Intent } from './intent.ts';
import type { Plan, PlannedCell } from './planned.ts';
import { rowKey } from './rows.ts';
import type { Snapshot } from './snapshot.ts';
import { whereabouts } from './whereabouts.ts';

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
  const undo: PlannedCell[] = [];

  if (failed.cells.length > 0) {
    const where = whereabouts(meant, headerBefore, snapshot);
    for (const [row, cells] of Map.groupBy(failed.cells, ([row]) => row)) {
      const before = rowBefore(carbon, row);
      const at = where.row(row, before);
      if (at === null) continue;
      for (const [, column, , , written] of cells) {
        const now = where.cell(at, column, written);
        if (now === null) continue;
        const shown = snapshot.rows[at]?.[now] ?? '';
        const isText = carbon.texts?.[row]?.[column] === true;
        const cell = putBack(snapshot, at, now, shown, before[column] ?? '');
        undo.push(isText ? { ...cell, isText } : cell);
      }
    }
  }

  undo.push(...strewn(failed.rows, snapshot));

  for (const { column, header } of failed.columns) {
    if (cellText(snapshot.rows[meant.headerRow]?.[column]) !== header) continue;
    undo.push(putBack(snapshot, meant.headerRow, column, header, headerBefore[column] ?? ''));
  }
  return undo.filter(({ expected, value }) => expected !== value);
}

/**
 * The cells of new rows that were written in the wrong columns. Such a row was inserted with the
 * batch, so it is all ours but for what people have typed since; its id, which is new, tells it
 * wherever it stands now.
 */
function strewn(failed: Intent['rows'], snapshot: Snapshot): PlannedCell[] {
  const written = new Map<CellValue, readonly string[]>(failed);
  if (written.size === 0) return [];
  return snapshot.rows.flatMap((cells, row) => {
    const id = cells.find((cell) => written.has(cell));
    const ours = id === undefined ? [] : (written.get(id) ?? []);
    return cells.flatMap((cell, column) =>
      cell !== '' && ours.includes(digest(cell)) ? [putBack(snapshot, row, column, cell, '')] : [],
    );
  });
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
