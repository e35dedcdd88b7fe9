import type { IsolationLevel, Kysely } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import {
  givenUp,
  planBatch,
  planLabel,
  planRollback,
  SheetError,
  withLearnt,
  type SheetState,
  type CatalogSheet,
  type KnownHidden,
  type MaterialId,
  type NewMaterial,
  type Plan,
  type Snapshot,
} from '../../core/index.ts';
import { recordUnplaced } from '../catalog/index.ts';
import type { CatalogProblem, Database } from '../db/schema.ts';
import { pendingChanges } from './changes.ts';
import { withinLimits } from './columns.ts';
import type { Known } from './known.ts';
import { mergeSheet, storeSettled, type Fault, type MergedSheet, type Working } from './merging.ts';
import { newMaterialId } from './newId.ts';
import type { Parking } from './parking.ts';
import { insertPlan, openPlans, settlePlan } from './plans.ts';
import { hasWork, loadKnown, loadMaterials, type Tx } from './repository.ts';
import { isSameSheet, type RowsRead } from './rows.ts';
import { materialsOf, settleAnswer, settleOpen, withoutCleared } from './settle.ts';
import {
  needsShape,
  reachable,
  stillUnwritable,
  unwritableProblems,
  withNotKept,
  withoutUnwritable,
  type Unwritables,
} from './unwritable.ts';

export interface CycleDeps {
  readonly connection: Kysely<Database>;
  readonly sheet: CatalogSheet;
  readonly parking: Parking;
  /** The materials that an empty sheet gets. */
  readonly sample: () => Promise<readonly NewMaterial[]>;
}

/** The leader keeps this from one cycle to the next, as long as it leads. */
export interface Memory {
  /** Null: the next cycle reads every row anew. */
  readonly rows: RowsRead | null;
  readonly known: ReadonlyMap<MaterialId, Known>;
  readonly unwritables: Unwritables;
  /** Whether Google copies hidden rows, as the newest answer has shown. */
  readonly hidden: KnownHidden;
}

export interface CycleResult {
  /** A batch was sent, or one may still land: the next read should be soon. */
  readonly isBusy: boolean;
  /** Why Google refused the batch; null: it did not, or there was none. */
  readonly refused: string | null;
  /** Google's reason if it refuses all pending changes; null if none is pending or some may be tried. */
  readonly stuck: string | null;
  readonly problems: readonly CatalogProblem[];
  /** Rows that could not be stored, for the log. */
  readonly faults: readonly Fault[];
  readonly memory: Memory;
}

/** If the API changes a material meanwhile, PostgreSQL makes the transaction fail. The next cycle starts again. */
const ISOLATION: IsolationLevel = 'repeatable read';

/**
 * One cycle: one read, and at most one write with the rollbacks that it needs.
 *
 * 1. Read the sheet.
 * 2. In a transaction, settle earlier plans and merge what people changed.
 * 3. Commit the plan of what is written next, and send it. After a crash at any point, the
 *    next cycle finds in the sheet's journal whether the plan has landed.
 * 4. In a transaction, settle the plan by the batch's own answer. If the batch overwrote something by
 *    mistake, the rollback is the next request.
 *
 * @param last the result of the cycle before on this connection
 * @throws HeaderError, SheetError, EmptiedSheetError, VanishedError: the sheet cannot be synced now
 */
export async function syncCycle(deps: CycleDeps, last: CycleResult | null): Promise<CycleResult> {
  const memory = last?.memory ?? null;
  const read = withLearnt(await deps.sheet.read(), memory?.hidden ?? {});
  const { snapshot, problems } = withinLimits(read);
  const begun = await transact(deps, async (tx) => {
    if (last !== null && isAsBefore(last, snapshot) && !(await hasWork(tx))) return null;
    const known = memory?.known ?? (await loadKnown(tx));
    return begin(tx, snapshot, deps, memory, known);
  });
  if (begun === null) return { ...idle(last), memory: last?.memory ?? NO_MEMORY };

  if (begun.kind === 'rollback') {
    const sent = await send(deps, begun.plan, snapshot, begun.known);
    // After a rollback the rows are unknown, so the next cycle reads every row again.
    return {
      ...idle(last),
      isBusy: true,
      refused: sent.refused,
      faults: [...begun.faults, ...sent.faults],
      memory: {
        rows: null,
        known: sent.known,
        hidden: sent.hidden,
        unwritables: memory?.unwritables ?? new Map(),
      },
    };
  }

  const { merged, isOpen } = begun;
  const planned = await planChanges(deps, snapshot, begun, memory?.unwritables ?? new Map());
  const { plan, stuck } = planned;
  const sent =
    plan === null
      ? { ...NOTHING_SENT, known: merged.known, hidden: memory?.hidden ?? {} }
      : await send(deps, plan, snapshot, merged.known);
  const unwritables = withNotKept(planned.unwritables, sent.notKept, snapshot, Date.now());
  return {
    isBusy: plan !== null || isOpen,
    refused: sent.refused,
    stuck,
    problems: [...problems, ...merged.problems, ...unwritableProblems(unwritables)],
    faults: [...merged.faults, ...sent.faults],
    memory: { rows: merged.rows, known: sent.known, unwritables, hidden: sent.hidden },
  };
}

const NO_MEMORY: Memory = {
  rows: null,
  known: new Map(),
  unwritables: new Map(),
  hidden: {},
};

function idle(last: CycleResult | null): Omit<CycleResult, 'memory'> {
  const problems = last?.problems ?? [];
  return { isBusy: false, refused: null, stuck: last?.stuck ?? null, problems, faults: [] };
}

/**
 * Whether the sheet is as the last cycle left it, and nothing waits. A row without an id is not in
 * PostgreSQL, so this also checks the leader's memory.
 */
function isAsBefore({ isBusy, stuck, memory }: CycleResult, snapshot: Snapshot): boolean {
  const { rows, unwritables } = memory;
  if (rows === null || isBusy || stuck !== null || unwritables.size > 0) return false;
  const hasMistake = (snapshot.last?.rollback.length ?? 0) > 0;
  return !hasMistake && isSameSheet(rows, snapshot);
}

function transact<T>({ connection }: CycleDeps, work: (tx: Tx) => Promise<T>): Promise<T> {
  return connection.transaction().setIsolationLevel(ISOLATION).execute(work);
}

type Begun =
  | {
      readonly kind: 'rollback';
      readonly plan: Plan;
      readonly known: ReadonlyMap<MaterialId, Known>;
      readonly faults: readonly Fault[];
    }
  | { readonly kind: 'merged'; readonly merged: MergedSheet; readonly isOpen: boolean };

/** Settles earlier plans; then merges the sheet, or, if a batch made a mistake there, plans its rollback. */
async function begin(
  tx: Tx,
  snapshot: Snapshot,
  deps: CycleDeps,
  memory: Memory | null,
  known: ReadonlyMap<MaterialId, Known>,
): Promise<Begun> {
  const at = new Date().toISOString();
  const open = await openPlans(tx);
  const plans = open.flatMap(({ plan }) => (plan === null ? [] : [plan]));
  const stored = await loadMaterials(tx, materialsOf(plans));
  const loaded: Working = { stored, now: stored };
  const { working, isOpen } = await settleOpen(tx, open, snapshot, loaded, at);
  await recordUnplaced(tx, snapshot.last?.unplaced ?? []);

  // Restore first: a text that a batch wrote by mistake would otherwise count as a person's edit.
  const given = deps.parking.isRollbackRefused ? givenUp(snapshot) : null;
  await recordUnplaced(tx, given?.last?.unplaced ?? []);
  const plan =
    given === null
      ? planRollback(uuidv7(), recorded(snapshot))
      : planLabel(uuidv7(), recorded(given));
  if (plan !== null) {
    const settled = await storeSettled(tx, await withoutCleared(tx, working, snapshot), known);
    await insertPlan(tx, plan);
    return { kind: 'rollback', plan, known: settled.known, faults: settled.faults };
  }
  const merged = await mergeSheet(tx, snapshot, {
    before: memory?.rows ?? null,
    known,
    begun: working,
    at,
    sample: deps.sample,
  });
  return { kind: 'merged', merged, isOpen };
}

/** PostgreSQL has the texts that no row can get back: the journal need not keep them any longer. */
function recorded<T extends SheetState>(sheetState: T): T {
  return sheetState.last === null
    ? sheetState
    : { ...sheetState, last: { ...sheetState.last, unplaced: [] } };
}

interface Planned {
  readonly plan: Plan | null;
  readonly stuck: string | null;
  readonly unwritables: Unwritables;
}

/** Plans what the sheet lacks and what can be written now, and commits the plan. */
async function planChanges(
  { connection, sheet, parking }: CycleDeps,
  snapshot: Snapshot,
  { merged, isOpen }: Extract<Begun, { kind: 'merged' }>,
  remembered: Unwritables,
): Promise<Planned> {
  const now = Date.now();
  const { identities, materials, rows } = merged;
  const sheetRows = { ...identities, nextRow: rows.nextRow };
  const all = pendingChanges(sheetRows, materials, newMaterialId, new Date(now).toISOString());
  const waiting = stillUnwritable(remembered, all, snapshot);
  const admitted = parking.admit(withoutUnwritable(all, waiting, now), now);
  const { changes, unwritables } = needsShape(admitted.changes, snapshot)
    ? reachable(admitted.changes, await sheet.shape(), snapshot, waiting, now)
    : { changes: admitted.changes, unwritables: waiting };
  const plan = planBatch(uuidv7(), recorded(snapshot), { ...changes, isClosing: isOpen });
  if (plan !== null) await insertPlan(connection, plan);
  return { plan, stuck: admitted.stuck, unwritables };
}

interface Sent {
  readonly refused: string | null;
  readonly faults: readonly Fault[];
  readonly notKept: Parameters<typeof withNotKept>[1];
  readonly known: ReadonlyMap<MaterialId, Known>;
  readonly hidden: KnownHidden;
}

const NOTHING_SENT = { refused: null, faults: [], notKept: [] } as const;

/** Sends a batch, settles it by its answer, and sends the rollbacks that the answer asks for. */
async function send(
  deps: CycleDeps,
  plan: Plan,
  sheetState: SheetState,
  known: ReadonlyMap<MaterialId, Known>,
): Promise<Sent> {
  let sent: Sent = { ...NOTHING_SENT, known, hidden: sheetState.journal?.label?.hidden ?? {} };
  let next: { plan: Plan; sheetState: SheetState } | null = { plan, sheetState };
  while (next !== null) {
    const answered: Answer = await write(deps, next.plan, next.sheetState);
    if ('refused' in answered) return { ...sent, refused: answered.refused };
    const written: Plan = next.plan;
    const { after } = answered;
    const { known: before } = sent;
    const settled: Settled = await transact(deps, (tx) => settle(tx, written, after, before));
    sent = {
      refused: null,
      known: settled.known,
      hidden: after.journal?.label?.hidden ?? {},
      faults: [...sent.faults, ...settled.faults],
      notKept: [...sent.notKept, ...settled.notKept],
    };
    next = settled.rollback === null ? null : { plan: settled.rollback, sheetState: after };
  }
  return sent;
}

interface Settled extends Omit<Sent, 'refused' | 'hidden'> {
  /**
   * The rollback to send next; null if no cell needs one. A rollback's answer never asks for another
   * rollback.
   */
  readonly rollback: Plan | null;
}

async function settle(
  tx: Tx,
  plan: Plan,
  after: SheetState,
  known: ReadonlyMap<MaterialId, Known>,
): Promise<Settled> {
  const { working, notKept } = await settleAnswer(tx, plan, after, new Date().toISOString());
  await recordUnplaced(tx, after.last?.unplaced ?? []);
  const stored = await storeSettled(tx, working, known);
  const rollback = planRollback(uuidv7(), recorded(after));
  if (rollback !== null) await insertPlan(tx, rollback);
  return { known: stored.known, faults: stored.faults, notKept, rollback };
}

type Answer = { readonly after: SheetState } | { readonly refused: string };

/**
 * Sends one batch. If Google refuses the batch, the next cycle plans a smaller one. Google has answered, so
 * the refused batch cannot land later.
 */
async function write(
  { connection, sheet, parking }: CycleDeps,
  plan: Plan,
  sheetState: SheetState,
): Promise<Answer> {
  try {
    const after = await sheet.write(plan, sheetState);
    parking.taken(plan);
    return { after };
  } catch (error) {
    if (!(error instanceof SheetError) || error.kind !== 'refused') throw error;
    await settlePlan(connection, plan.id, 'refused');
    if (!parking.refused(plan, error.message, Date.now())) throw error;
    return { refused: error.message };
  }
}
