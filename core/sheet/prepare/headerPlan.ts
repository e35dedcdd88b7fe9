import { COLUMNS, FIELDS, type Header } from '../../material/index.ts';
import { cellText } from '../cell.ts';
import type { PlanOutcome, Verdict } from '../confirm.ts';
import { misplacedCells } from '../misplaced.ts';
import { planBatch, type Changes, type Plan } from '../plan.ts';
import { rowKey } from '../rows.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Mapping } from './mapping.ts';

export const NOTHING: Changes = {
  cells: [],
  rows: [],
  mending: { undo: [], later: [] },
  nextRow: 0,
  metadataHeaders: [],
};

/**
 * The next batch that brings the header to what is wanted: the renames first, in a later one the
 * columns that are missing, so that each can be undone by itself.
 *
 * @param mapping null: the tab is empty
 * @returns null if nothing is left to do
 */
export function headerPlan(id: string, snapshot: Snapshot, mapping: Mapping | null): Plan | null {
  if (mapping === null || snapshot.header === null) return planBatch(id, snapshot, NOTHING);
  const columns = missingColumns(snapshot, snapshot.header.columns);
  const { row } = snapshot.header;
  const cells = snapshot.rows[row] ?? [];
  if (mapping.renames.length === 0 && columns.length === 0) return null;
  const blank = planBatch(id, { ...snapshot, header: { row, columns: {}, metadata: [] } }, NOTHING);
  if (blank === null) return null;
  if (mapping.renames.length === 0) return { ...blank, columns };
  const key = rowKey(cells, snapshot.header);
  return {
    ...blank,
    columns: [],
    cells: mapping.renames.map(({ column, to }) => ({
      row,
      column,
      header: cellText(cells[column]),
      key,
      expected: cells[column] ?? '',
      value: to,
      restores: false,
      change: null,
    })),
  };
}

/**
 * The columns that the header lacks, beyond every cell of the sheet: a header must not come to stand
 * over what somebody wrote in a column without one.
 */
export function missingColumns({ rows }: Snapshot, columns: Header['columns']): Plan['columns'] {
  const end = Math.max(0, ...rows.map((cells) => cells.length));
  return FIELDS.filter((field) => columns[field] === undefined).map((field, offset) => ({
    column: end + offset,
    header: COLUMNS[field].header,
  }));
}

/**
 * What a batch on the header row did, told from the carbon copy as confirmPlan tells it; that one
 * wants a header that is complete.
 */
export function confirmHeader(plan: Plan, snapshot: Snapshot): PlanOutcome {
  const label = snapshot.carbon?.label ?? null;
  const restoring = plan.cells.filter(({ restores }) => restores);
  const untouched = { cells: [], rows: [], misplaced: [] };
  if (label === null || ![label.id, ...label.history].includes(plan.id)) {
    return { ...untouched, landed: false, unfinished: [restoring, ...plan.later] };
  }
  if (label.id !== plan.id) {
    return { ...untouched, landed: true, unfinished: [restoring, ...plan.later] };
  }
  const before = snapshot.carbon?.rows ?? [];
  const headerBefore = before[plan.headerRow] ?? [];
  const width = Math.max(headerBefore.length, plan.header.length);
  const isSame = Array.from({ length: width }).every(
    (_, column) => cellText(headerBefore[column]) === cellText(plan.header[column]),
  );
  const failed = {
    cells: plan.cells.filter(
      ({ row, column, expected }) => (before[row]?.[column] ?? '') !== expected,
    ),
    rows: [],
    columns: plan.columns.filter(({ column }) => !isSame || cellText(headerBefore[column]) !== ''),
  };
  const verdict = (kind: 'confirmed' | 'moved'): Verdict => ({ kind });
  return {
    landed: true,
    cells: plan.cells.map((cell) => ({
      cell,
      verdict: verdict(failed.cells.includes(cell) ? 'moved' : 'confirmed'),
    })),
    rows: [],
    misplaced: misplacedCells(plan, failed, snapshot),
    unfinished: [failed.cells.filter(({ restores }) => restores), ...plan.later],
  };
}
