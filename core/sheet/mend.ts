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
 * Of cells that were to be put back, those that still show what should not be there: the row found
 * by its key, the column by its header.
 */
function stillStanding(cells: readonly PlannedCell[], { header, rows }: Snapshot): PlannedCell[] {
  if (header === null) return [];
  return cells.flatMap((cell) => {
    const column = (rows[header.row] ?? []).findIndex((text) => cellText(text) === cell.header);
    const row = rows.findIndex(
      (found) => (found[column] ?? '') === cell.expected && rowKey(found, header) === cell.key,
    );
    return column < 0 || row < 0 ? [] : [{ ...cell, row, column }];
  });
}
