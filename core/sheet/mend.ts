import { cellText } from './cell.ts';
import { NOTHING_TO_MEND, type Mending, type PlannedCell } from './planned.ts';
import { rowKey } from './rows.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * What the next batch puts back. While a mistaken batch must itself be undone, what it was to put
 * back waits: its rows cannot be told before they are whole again.
 *
 * @param misplaced what puts the last batch's mistakes right
 * @param unfinished what it was to put back and has not, in the order in which it must be
 */
export function mending(
  misplaced: readonly PlannedCell[],
  unfinished: ReadonlyArray<readonly PlannedCell[]>,
  snapshot: Snapshot,
): Mending {
  if (misplaced.length > 0) return { undo: misplaced, later: unfinished };
  for (const [index, stage] of unfinished.entries()) {
    const undo = stillStanding(stage, snapshot);
    if (undo.length > 0) return { undo, later: unfinished.slice(index + 1) };
  }
  return NOTHING_TO_MEND;
}

/**
 * Of cells that were to be put back, those that still show what should not be there: the column
 * found by its header; the row where it was, or else by its key. Blank rows are alike, so a row's
 * cells go together, and no two rows to one place.
 */
function stillStanding(cells: readonly PlannedCell[], snapshot: Snapshot): PlannedCell[] {
  const { header, rows } = snapshot;
  if (header === null) return [];
  const headers = (rows[header.row] ?? []).map(cellText);
  const taken = new Set<number>();
  return [...Map.groupBy(cells, ({ row }) => row)].flatMap(([row, ofRow]) => {
    const standing = ofRow.flatMap((cell) => {
      const column =
        headers[cell.column] === cell.header ? cell.column : headers.indexOf(cell.header);
      return column < 0 ? [] : [{ ...cell, column }];
    });
    const isIn = (at: number) => {
      const found = rows[at] ?? [];
      return (cell: PlannedCell) =>
        (found[cell.column] ?? '') === cell.expected && rowKey(found, header.columns) === cell.key;
    };
    const candidates = [row, ...rows.keys()].filter((at) => !taken.has(at));
    const at = candidates.find((candidate) => standing.some(isIn(candidate)));
    if (at === undefined) return [];
    taken.add(at);
    return standing.filter(isIn(at)).map((cell) => ({ ...cell, row: at }));
  });
}
