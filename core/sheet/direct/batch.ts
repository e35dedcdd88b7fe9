import { mostCells, planBatch } from '../plan.ts';
import type { Mending, Plan, PlannedCell } from '../planned.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Step } from './step.ts';

/** What fits beside a plan of planBatch's own, which keeps under the 2 MB that Google advises. */
const MOST_BYTES = 1_500_000;

/**
 * One batch of what is to be done; what does not fit is left for the next.
 *
 * @param id the batch's own id, a new UUID
 * @param step null while something must be put back first
 * @returns null if nothing fits
 */
export function planOf(
  id: string,
  snapshot: Snapshot,
  step: Step | null,
  mending: Mending,
): Plan | null {
  const nothing = { cells: [], rows: [], nextRow: 1, metadataHeaders: [] };
  const changes = step === null ? { ...nothing, mending } : step.changes;
  const plan = planBatch(id, snapshot, changes);
  if (plan === null || step === null || plan.columns.length > 0) return plan;
  let bytes = JSON.stringify([plan.cells, plan.rows]).length;
  const fits = (cell: PlannedCell) => (bytes += JSON.stringify(cell).length) <= MOST_BYTES;
  const further = step.further.slice(0, mostCells(snapshot) - plan.cells.length).filter(fits);
  return { ...plan, cells: [...plan.cells, ...further] };
}
