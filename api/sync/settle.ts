import {
  cellText,
  lastBatchNumber,
  MERGED_FIELDS,
  outcomeOf,
  own,
  type SheetState,
  type MaterialId,
  type MergedField,
  type Plan,
  type PlannedCell,
  type Verdict,
} from '../../core/index.ts';
import { withAll } from './maps.ts';
import { metadataKey, without, type Merged } from './merge.ts';
import type { Working } from './merging.ts';
import { settlePlan, type OpenPlan } from './plans.ts';
import { loadByIds, type Tx } from './repository.ts';

/** The materials that a plan writes. */
export function materialsOf(plans: readonly Plan[]): MaterialId[] {
  return plans.flatMap(({ cells, rows }) => [
    ...cells.flatMap(({ change }) => (change === null ? [] : [change.materialId])),
    ...rows.map(({ materialId }) => materialId),
  ]);
}

/**
 * Settles open plans, if the read shows what their batches did.
 *
 * @param working the materials that these plans write
 */
export async function settleOpen(
  tx: Tx,
  open: readonly OpenPlan[],
  sheetState: SheetState,
  working: Working,
  at: string,
): Promise<{ working: Working; isOpen: boolean }> {
  let settled = working;
  let isOpen = false;
  for (const { id, plan, isDead } of open) {
    const outcome = plan === null ? null : outcomeOf(plan, sheetState);
    if (plan !== null && outcome?.landed === true) {
      settled = { ...settled, now: noted(settled.now, plan, sheetState, at) };
      await settlePlan(tx, id, isRolledBack(sheetState) ? 'corrected' : 'confirmed');
    } else if (plan === null || isDead || !mayLand(plan, sheetState)) {
      await settlePlan(tx, id, 'superseded');
    } else isOpen = true;
  }
  return { working: settled, isOpen };
}

/** The materials after a batch's own answer. */
export interface Answered {
  readonly working: Working;
  /** Cells in which Google did not keep the value. */
  readonly notKept: readonly PlannedCell[];
}

/** Settles a plan by the answer to its batch. If the answer does not show it, a later read settles it. */
export async function settleAnswer(
  tx: Tx,
  plan: Plan,
  after: SheetState,
  at: string,
): Promise<Answered> {
  const loaded = await loadByIds(tx, materialsOf([plan]));
  const outcome = outcomeOf(plan, after);
  if (!outcome.landed) return { working: { stored: loaded, now: loaded }, notKept: [] };
  await settlePlan(tx, plan.id, isRolledBack(after) ? 'corrected' : 'confirmed');
  return {
    working: { stored: loaded, now: noted(loaded, plan, after, at) },
    notKept: outcome.cells.flatMap(({ cell, isKept }) => (isKept ? [] : [cell])),
  };
}

/**
 * If a rollback clears the new row of a material, the material gets another new row. It counts as never
 * seen in the sheet. If a person had deleted the journal, a read may have found the row before the
 * rollback.
 */
export async function withoutCleared(
  tx: Tx,
  { stored, now }: Working,
  { journal, last }: SheetState,
): Promise<Working> {
  const ids = (journal?.intent?.rows ?? []).flatMap(([id], at) =>
    last?.rows[at]?.kind === 'misplaced' ? [id] : [],
  );
  const loaded = await loadByIds(tx, ids);
  const cleared = ids.flatMap((id) => {
    const material = now.get(id) ?? loaded.get(id);
    const isSeen = material !== undefined && material.base !== null && material.deletedAt === null;
    return isSeen ? [[id, { ...material, base: null, missingSince: null }] as const] : [];
  });
  return { stored: withAll(loaded, stored), now: withAll(withAll(loaded, now), new Map(cleared)) };
}

function isRolledBack({ last }: SheetState): boolean {
  return (last?.rollback.length ?? 0) > 0;
}

/**
 * Whether a batch that is not in the sheet may still land. It cannot land if another batch has taken its
 * number, and so its named range. Nor can it land if it would make the hidden tab and the tab exists.
 */
function mayLand({ number, makesJournal }: Plan, sheetState: SheetState): boolean {
  return number > lastBatchNumber(sheetState) && !(makesJournal && sheetState.journal !== null);
}

/** The materials with what the plan's batch wrote into their rows. */
function noted(
  materials: Working['now'],
  plan: Plan,
  sheetState: SheetState,
  at: string,
): ReadonlyMap<MaterialId, Merged> {
  const after = new Map(materials);
  const note = (id: MaterialId, written: readonly Written[], verdict: Verdict) => {
    const known = after.get(id);
    if (known !== undefined) after.set(id, afterWrite(known, written, verdict, at));
  };
  const outcome = outcomeOf(plan, sheetState);
  for (const { cell, verdict, isKept } of outcome.cells) {
    if (cell.change === null || !isKept) continue;
    const { materialId, field, revision } = cell.change;
    note(materialId, [{ field, value: cellText(cell.value), revision, isKept }], verdict);
  }
  for (const { row, verdict, notKept } of outcome.rows) {
    const written = row.cells.map((cell) => ({ ...cell, isKept: !notKept.includes(cell.field) }));
    note(row.materialId, written, verdict);
  }
  return after;
}

interface Written {
  readonly field: string;
  readonly value: string;
  readonly revision: number;
  /** False: the cell of a new row is empty, and the value is still to be written. */
  readonly isKept: boolean;
}

function afterWrite(
  known: Merged,
  written: readonly Written[],
  verdict: Verdict,
  at: string,
): Merged {
  if (verdict.kind === 'misplaced' || verdict.kind === 'unknown') return known;
  const base: Record<string, string> = { ...known.base };
  const conflicts = { ...known.conflicts };
  const fields: Record<MergedField, string> = { ...known.fields };
  const metadata = { ...known.metadata };
  const arrived = new Set<string>();

  for (const { field, value, revision, isKept } of written) {
    if (!isKept) {
      base[field] = '';
      continue;
    }
    // If the portal has changed the field again since, the newer text still has to be written.
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
  return { ...known, fields, metadata, base, pending, conflicts };
}

/** The header in a field's name: `Penulis` for `metadata.Penulis`. */
function headerOf(field: string, metadata: Merged['metadata']): string | undefined {
  const prefix = metadataKey('');
  const header = field.startsWith(prefix) ? field.slice(prefix.length) : '';
  return Object.hasOwn(metadata, header) ? header : undefined;
}
