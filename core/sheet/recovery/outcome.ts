import { cellAt } from '../../google/sheets/index.ts';
import { rowKey } from '../../material/index.ts';
import type {
  SheetState,
  Plan,
  PlannedCell,
  PlannedRow,
  Snapshot,
  Verdict,
} from '../journal/index.ts';
import { columnsNow } from './columns.ts';

/** The outcome of a writer's own plan. */
export interface PlanOutcome {
  /** False: the batch is not in the sheet. It may still land, but not after the next batch. */
  readonly landed: boolean;
  readonly cells: ReadonlyArray<{
    readonly cell: PlannedCell;
    readonly verdict: Verdict;
    /** False: Google did not keep the value, as in a cell that a merge covers. */
    readonly isKept: boolean;
  }>;
  readonly rows: ReadonlyArray<{
    readonly row: PlannedRow;
    readonly verdict: Verdict;
    /** Fields that the batch wrote and whose cell is empty: Google drops a text under a merge. */
    readonly notKept: readonly string[];
  }>;
}

/** @param sheetState the batch's own answer, or a later read */
export function outcomeOf(plan: Plan, sheetState: SheetState | Snapshot): PlanOutcome {
  const { journal, last } = sheetState;
  const label = journal?.label ?? null;
  if (label === null || ![label.id, ...label.history].includes(plan.id)) {
    return { landed: false, cells: [], rows: [] };
  }
  const own = last?.id === plan.id ? last : null;
  const unknown: Verdict = { kind: 'unknown' };
  const isAsRead =
    own !== null && 'header' in sheetState ? unchangedFinder(plan, sheetState) : () => false;
  return {
    landed: true,
    cells: plan.cells.map((cell, at) => ({
      cell,
      verdict: own?.cells[at] ?? unknown,
      isKept: own?.kept[at] !== false && !isAsRead(cell),
    })),
    rows: plan.rows.map((row, at) => ({
      row,
      verdict: own?.rows[at] ?? unknown,
      notKept: row.cells
        .filter(({ column }) => own?.emptied[at]?.includes(column) === true)
        .map(({ field }) => field),
    })),
  };
}

/**
 * Finds the cells that a later read shows as they were before the batch, as where a merge covers the cell:
 * the answer, which would have shown it, was lost.
 */
function unchangedFinder(plan: Plan, { rows, header, titles }: Snapshot) {
  const withKey = Map.groupBy(rows, (cells) => rowKey(cells, header?.columns ?? {}));
  const columnNow = columnsNow(plan.header, titles.texts);
  return ({ key, column, expected, value, change }: PlannedCell): boolean => {
    if (key === '' || value === expected) return false;
    // The batch may have given the row its id.
    const keys = new Set([key, change?.materialId ?? key]);
    const found = [...keys].flatMap((one) => withKey.get(one) ?? []);
    const texts = found.map((cells) => cellAt(cells, columnNow(column)));
    // A copy that a person made before the batch shows the old text, and says nothing of the row.
    return texts.length > 0 && texts.every((text) => text === expected);
  };
}
