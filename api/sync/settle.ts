import {
  cellText,
  confirmPlan,
  lastBatchNumber,
  type MaterialId,
  type PlannedCell,
  type Snapshot,
  type Verdict,
} from '../../core/index.ts';
import { MERGED_FIELDS, type Merged, type MergedField } from './merge.ts';
import { settlePlan, unsettledPlans, type Tx } from './repository.ts';

export interface Settled {
  /** What must be put back in the sheet. */
  readonly undo: readonly PlannedCell[];
  /** Whether a plan is left that may still land. */
  readonly isOpen: boolean;
}

/**
 * Tells from the sheet what became of each plan that was sent, and notes it on its materials.
 *
 * @param materials the read model; materials are replaced in it
 */
export async function settlePlans(
  tx: Tx,
  snapshot: Snapshot,
  materials: Map<MaterialId, Merged>,
  at: string,
): Promise<Settled> {
  const undo = new Map<string, PlannedCell>();
  let isOpen = false;

  for (const plan of await unsettledPlans(tx)) {
    const outcome = confirmPlan(plan, snapshot);
    for (const cell of outcome.undo) undo.set(place(cell), cell);
    if (!outcome.landed) {
      // A number that another batch has taken is a named range that cannot be added again.
      if (plan.number > lastBatchNumber(snapshot)) isOpen = true;
      else await settlePlan(tx, plan.id, 'superseded');
      continue;
    }
    for (const { cell, verdict } of outcome.cells) {
      if (cell.change === null) continue;
      const { materialId, field, revision } = cell.change;
      note(materials, materialId, [{ field, value: cellText(cell.value), revision }], verdict, at);
    }
    for (const { row, verdict } of outcome.rows) {
      note(materials, row.materialId, row.cells, verdict, at);
    }
    await settlePlan(tx, plan.id, outcome.undo.length === 0 ? 'confirmed' : 'corrected');
  }
  return { undo: [...undo.values()], isOpen };
}

/** A cell's place: two plans may both be to put back the same cell. */
function place({ row, column }: { row: number; column: number }): string {
  return `${row}:${column}`;
}

function note(
  materials: Map<MaterialId, Merged>,
  id: MaterialId,
  written: ReadonlyArray<{ field: string; value: string; revision: number }>,
  verdict: Verdict,
  at: string,
): void {
  const known = materials.get(id);
  if (known === undefined || verdict.kind === 'moved' || verdict.kind === 'unclear') return;
  const base: Record<string, string> = { ...known.base };
  const pending: Record<string, number> = { ...known.pending };
  const conflicts = { ...known.conflicts };
  const fields: Record<MergedField, string> = { ...known.fields };

  for (const { field, value, revision } of written) {
    const isLatest = (pending[field] ?? 0) <= revision;
    const merged = MERGED_FIELDS.find((name) => name === field);
    if (verdict.kind === 'edited' && merged !== undefined) {
      const found = cellText(verdict.found);
      conflicts[field] = { sheet: found, portal: fields[merged], at };
      fields[merged] = found;
      base[field] = found;
      delete pending[field];
    } else if (verdict.kind === 'confirmed') {
      if (merged !== undefined) base[field] = value;
      if (isLatest) delete pending[field];
    }
  }
  materials.set(id, { ...known, fields, base, pending, conflicts });
}
