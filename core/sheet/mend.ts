import { cellText } from './cell.ts';
import type { PlanOutcome } from './confirm.ts';
import type { Mending, PlannedCell } from './plan.ts';
import { rowKey } from './rows.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * What the next batch puts back. While a mistaken batch must itself be undone, what it was to put
 * back waits: its rows cannot be told before they are whole again.
 */
export function mend(outcomes: readonly PlanOutcome[], snapshot: Snapshot): Mending {
  const misplaced = distinct(outcomes.flatMap((outcome) => outcome.misplaced));
  const unfinished = outcomes.flatMap((outcome) => outcome.unfinished);
  return misplaced.length > 0
    ? { undo: misplaced, later: unfinished }
    : { undo: distinct(stillStanding(unfinished, snapshot)), later: [] };
}

/** Two plans, of which one landed, may both be to put back the same cell. */
function distinct(cells: readonly PlannedCell[]): PlannedCell[] {
  return [...new Map(cells.map((cell) => [`${cell.row}:${cell.column}`, cell])).values()];
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
