import { matchHeader, type Header } from '../material/index.ts';
import { cellText, type CellValue } from './cell.ts';
import type { Plan, PlannedCell, PlannedRow } from './plan.ts';
import { KEY_FIELDS, rowKey } from './rows.ts';
import type { Snapshot } from './snapshot.ts';
import { misplacedCells, strewn } from './misplaced.ts';

/**
 * What a write really did, told from the carbon copy:
 *
 * - `confirmed`: header, key and old value were as planned.
 * - `edited`: a person had changed the cell between the read and the write; `found` is what they
 *   had written. It is put back, and is a conflict.
 * - `moved`: the row or the column had moved. It is put back, and tried again.
 * - `unclear`: another batch has landed since, and the copy is of that one.
 */
export type Verdict =
  | { readonly kind: 'confirmed' | 'moved' | 'unclear' }
  | { readonly kind: 'edited'; readonly found: CellValue };

export interface PlanOutcome {
  /** False: the batch is not in the sheet. It may still arrive, but then the next one cannot. */
  readonly landed: boolean;
  readonly cells: ReadonlyArray<{ readonly cell: PlannedCell; readonly verdict: Verdict }>;
  readonly rows: ReadonlyArray<{ readonly row: PlannedRow; readonly verdict: Verdict }>;
  /** Cells that put back what the batch wrote over by mistake. */
  readonly misplaced: readonly PlannedCell[];
  /** What the plan was to put back and has not, in the order in which it must be. */
  readonly unfinished: ReadonlyArray<readonly PlannedCell[]>;
}

/** Compares a plan with what a later read found of it. */
export function confirmPlan(plan: Plan, snapshot: Snapshot): PlanOutcome {
  const label = snapshot.carbon?.label ?? null;
  const unfinished = [plan.cells.filter(({ restores }) => restores), ...plan.later];
  if (label === null || ![label.id, ...label.history].includes(plan.id)) {
    return { landed: false, cells: [], rows: [], misplaced: [], unfinished };
  }
  if (label.id !== plan.id) {
    const verdict = { kind: 'unclear' } as const;
    const strayed = plan.rows.filter((row) => !isInItsColumn(row, snapshot));
    return {
      landed: true,
      cells: plan.cells.map((cell) => ({ cell, verdict })),
      rows: plan.rows.map((row) => ({ row, verdict })),
      misplaced: strayed.flatMap((row) => strewn(row, snapshot)),
      unfinished,
    };
  }

  const before = snapshot.carbon?.rows ?? [];
  const headerBefore = before[plan.headerRow] ?? [];
  const sameHeader = (column: number) =>
    cellText(headerBefore[column]) === cellText(plan.header[column]);
  const header = plan.header.length === 0 ? null : matchHeader([plan.header], 'plan');

  const isHeaderThere = plan.header.every((_, column) => sameHeader(column));

  const cells = plan.cells.map((cell) => ({
    cell,
    verdict: judge(cell, before[cell.row] ?? [], header, sameHeader),
  }));
  const rows = plan.rows.map((row) => ({
    row,
    verdict: row.cells.every(({ column }) => sameHeader(column))
      ? ({ kind: 'confirmed' } as const)
      : ({ kind: 'moved' } as const),
  }));
  const failed = {
    cells: cells.filter(({ verdict }) => verdict.kind !== 'confirmed').map(({ cell }) => cell),
    rows: rows.filter(({ verdict }) => verdict.kind !== 'confirmed').map(({ row }) => row),
    columns: plan.columns.filter(
      ({ column }) => !isHeaderThere || cellText(headerBefore[column]) !== '',
    ),
  };
  return {
    landed: true,
    cells,
    rows,
    misplaced: misplacedCells(plan, failed, snapshot),
    unfinished: [
      cells.flatMap(({ cell, verdict }) =>
        cell.restores && verdict.kind === 'moved' ? [cell] : [],
      ),
      ...plan.later,
    ],
  };
}

function judge(
  cell: PlannedCell,
  rowBefore: readonly CellValue[],
  header: Header | null,
  sameHeader: (column: number) => boolean,
): Verdict {
  if (header === null) return { kind: 'moved' };
  const keyColumns = KEY_FIELDS.flatMap((field) => header.columns[field] ?? []);
  if (![cell.column, ...keyColumns].every(sameHeader)) return { kind: 'moved' };
  const found = rowBefore[cell.column] ?? '';
  if (rowKey(rowBefore, header) !== cell.key) {
    // A row is told by its id: if that very cell was edited, the key differs too.
    return { kind: 'moved' };
  }
  return found === cell.expected ? { kind: 'confirmed' } : { kind: 'edited', found };
}

/** Whether the id of a new row stands where ids do: what is elsewhere was written by position. */
function isInItsColumn({ materialId }: PlannedRow, { header, rows }: Snapshot): boolean {
  const column = header?.columns.id;
  return column !== undefined && rows.some((cells) => cells[column] === materialId);
}
