import { cellText } from './cell.ts';
import type { PlanOutcome } from './confirm.ts';
import type { Mending, PlannedCell } from './plan.ts';
import { rowKey } from './rows.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * What the next batch puts back. While a mistaken batch must itself be undone, what it was to put
 * back waits: its rows cannot be told before they are whole again.
 *
 * @param outcomes of all plans not settled before, oldest first
 */
export function mend(outcomes: readonly PlanOutcome[], snapshot: Snapshot): Mending {
  // A plan takes over what those before it had not finished; once one has landed, the others cannot.
  const last = outcomes.findLast(({ landed }) => landed) ?? outcomes.at(-1);
  if (last === undefined) return { undo: [], later: [] };
  if (last.misplaced.length > 0) return { undo: last.misplaced, later: last.unfinished };
  for (const [index, stage] of last.unfinished.entries()) {
    const undo = stillStanding(stage, snapshot);
    if (undo.length > 0) return { undo, later: last.unfinished.slice(index + 1) };
  }
  return { undo: [], later: [] };
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
        (found[cell.column] ?? '') === cell.expected && rowKey(found, header) === cell.key;
    };
    const candidates = [row, ...rows.keys()].filter((at) => !taken.has(at));
    const at = candidates.find((candidate) => standing.some(isIn(candidate)));
    if (at === undefined) return [];
    taken.add(at);
    return standing.filter(isIn(at)).map((cell) => ({ ...cell, row: at }));
  });
}
