import {
  cellText,
  lastBatch,
  lastBatchNumber,
  NOTHING_TO_MEND,
  outcomeOf,
  own,
  type MaterialId,
  type Mending,
  type Plan,
  type Snapshot,
  type Verdict,
} from '../../core/index.ts';
import { MERGED_FIELDS, metadataKey, without, type Merged, type MergedField } from './merge.ts';
import { settlePlan, unsettledPlans, type Tx } from './repository.ts';

export interface Settled {
  /** What must be put back in the sheet. */
  readonly mending: Mending;
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
  const last = lastBatch(snapshot);
  const mending = last?.mending ?? NOTHING_TO_MEND;
  let isOpen = false;

  for (const plan of await unsettledPlans(tx)) {
    const outcome = outcomeOf(plan, snapshot, last);
    if (!outcome.landed) {
      if (mayLand(plan, snapshot)) isOpen = true;
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
    await settlePlan(tx, plan.id, mending.undo.length === 0 ? 'confirmed' : 'corrected');
  }
  return { mending, isOpen };
}

/**
 * Whether a batch that is not in the sheet may still arrive: not if its number, and with it the named
 * range it would add, is taken, nor if the hidden tab that it would make is there.
 */
function mayLand({ number, makesCarbon }: Plan, snapshot: Snapshot): boolean {
  const isTaken = makesCarbon && snapshot.carbon !== null;
  return number > lastBatchNumber(snapshot) && !isTaken;
}

/** The further column of a material that a field's name means. */
function headerOf(field: string, metadata: Merged['metadata']): string | undefined {
  const prefix = metadataKey('');
  const header = field.startsWith(prefix) ? field.slice(prefix.length) : '';
  return Object.hasOwn(metadata, header) ? header : undefined;
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
  const conflicts = { ...known.conflicts };
  const fields: Record<MergedField, string> = { ...known.fields };
  const metadata = { ...known.metadata };
  const arrived = new Set<string>();

  for (const { field, value, revision } of written) {
    // What the portal changed once more since is still to be written.
    const isNewer = (known.pending[field] ?? 0) > revision;
    if (!isNewer) arrived.add(field);
    const merged = MERGED_FIELDS.find((name) => name === field);
    const header = headerOf(field, known.metadata);
    if (merged === undefined && header === undefined) continue;
    if (verdict.kind === 'edited') {
      const found = cellText(verdict.found);
      const newer = merged !== undefined ? fields[merged] : (own(metadata, header ?? '') ?? '');
      conflicts[field] = { sheet: found, portal: isNewer ? newer : value, at };
      if (merged !== undefined) fields[merged] = found;
      if (header !== undefined) metadata[header] = found;
      base[field] = found;
      arrived.add(field);
    } else base[field] = value;
  }
  const pending = without(known.pending, (field) => arrived.has(field));
  materials.set(id, { ...known, fields, metadata, base, pending, conflicts });
}
