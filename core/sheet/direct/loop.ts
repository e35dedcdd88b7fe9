import { planLabel, planRollback } from '../batch/index.ts';
import type { CatalogSheet } from '../catalog/index.ts';
import {
  backOff,
  isPassing,
  readPatiently,
  SheetError,
  yieldTurn,
  type TabShape,
} from '../../google/index.ts';
import {
  areSkipped,
  isCopied,
  lastBatchNumber,
  withLearnt,
  type Aftermath,
  type SheetState,
  type KnownHidden,
  type LastBatch,
  type Plan,
  type Snapshot,
} from '../journal/index.ts';
import { givenUp, outcomeOf, type PlanOutcome } from '../recovery/index.ts';
import type { DirectHost } from './host.ts';

/** The work of one writer, batch after batch. */
export interface Work<State> {
  /** Whether nothing is left to write. False as well if only a read can show that. */
  isDone(state: State): boolean;
  /** Plans the next batch; a null plan ends the work. */
  next(state: State, found: Found): { readonly state: State; readonly plan: Plan | null };
  /** The state after a batch of this work that landed. */
  settle(state: State, batch: LandedBatch): State;
  /** The state with the texts that no row can get back, of the last batch or kept by it. */
  record(state: State, last: LastBatch): State;
}

export interface Found {
  readonly snapshot: Snapshot;
  /** Known only where Google skips hidden rows (see KnownHidden). */
  readonly shape: TabShape | null;
  /** Hidden rows that Google may skip when it copies. */
  readonly skipped: ReadonlySet<number>;
  /** False as long as no batch of this work can be in the sheet. */
  readonly mayHaveWritten: boolean;
}

export interface LandedBatch {
  readonly plan: Plan;
  readonly outcome: PlanOutcome;
  /** The batch's own answer. After a lost answer: a later read. */
  readonly sheetState: Aftermath | Snapshot;
}

export interface Written<State> {
  readonly state: State;
  /** Why work is left; null: the work is done. */
  readonly failure: Error | null;
}

/** Requests of one run. 20,000 scattered rows take about 220; a sheet that needs more changes too fast. */
const MOST_ROUNDS = 1_000;

/** After so many refusals in a row that no other writer's batch explains, Google refuses the batch itself. */
const MOST_REFUSALS = 3;

interface Run<State> {
  readonly sheet: Pick<CatalogSheet, 'read' | 'write' | 'shape'>;
  readonly host: DirectHost;
  readonly work: Work<State>;
}

/** How far a run has come. */
interface Position<State> {
  readonly state: State;
  /** The last read, or the last batch's answer. */
  readonly sheetState: SheetState;
  /** Null after a batch, until the next read. */
  readonly snapshot: Snapshot | null;
  /** Batches without an answer. They may still land. */
  readonly lost: readonly Plan[];
  readonly mayHaveWritten: boolean;
  /**
   * The last batch was a rollback that did not restore every cell, or the label would come next. Only a read
   * shows what is left, also in copies that people made.
   */
  readonly hasMissed: boolean;
  /** The last answer showed that Google does not copy hidden rows, and no label says it yet. */
  readonly hasLearnt: boolean;
  /** Google refuses the rollback: its texts are recorded instead. */
  readonly hasGivenUp: boolean;
  /** Writes in a row that failed. */
  readonly tries: number;
  /** Refusals in a row that no other writer's batch explains. */
  readonly refusals: number;
}

const BEGINNING = {
  lost: [],
  tries: 0,
  refusals: 0,
  mayHaveWritten: false,
  hasMissed: false,
  hasLearnt: false,
  hasGivenUp: false,
};

/**
 * Writes until the work is done. Each batch's own answer settles the batch. A rollback comes before
 * anything else, also of another writer's batch. The sheet is read again after a write that failed,
 * after a rollback that missed, and while work is left.
 *
 * @param first the first read
 */
export async function writeAll<State>(
  run: Run<State>,
  start: State,
  first: Snapshot,
): Promise<Written<State>> {
  const { sheet, host, work } = run;
  const begun = recorded(work, start, first);
  let at: Position<State> = { ...BEGINNING, sheetState: first, snapshot: first, state: begun };
  try {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const given = at.hasGivenUp ? givenUp(at.sheetState) : null;
      const rollback = given === null ? planRollback(host.newId(), at.sheetState) : null;
      if (given !== null) {
        const state = recorded(work, at.state, given);
        at = await send(run, { ...at, sheetState: given, state }, planLabel(host.newId(), given));
      } else if (rollback !== null) at = await send(run, at, rollback);
      // The journal shows the mistakes that a rollback missed. Do not replace it with a label.
      else if (at.hasLearnt && !at.hasMissed)
        at = await send(run, at, planLabel(host.newId(), at.sheetState));
      else if (work.isDone(at.state) && !at.hasMissed) return { state: at.state, failure: null };
      else if (at.snapshot === null) at = await look(run, at);
      else {
        const { snapshot, mayHaveWritten } = at;
        const known = hiddenOf(snapshot);
        const shape = areSkipped(known) ? await readPatiently(host, () => sheet.shape()) : null;
        const skipped = new Set(
          [...(shape?.hiddenRows ?? [])].flatMap(([row, by]) => (isCopied(known, by) ? [] : [row])),
        );
        const found = { snapshot, shape, skipped, mayHaveWritten };
        const { state, plan } = work.next(at.state, found);
        at = { ...at, state };
        if (plan === null) return { state, failure: null };
        at = await send(run, at, plan);
      }
    }
    throw new SheetError(
      'busy',
      'The sheet changes faster than it can be put right. Try again later.',
    );
  } catch (error) {
    return { state: at.state, failure: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** @throws SheetError if another try cannot help, or tries or time are over */
async function send<State>(
  run: Run<State>,
  at: Position<State>,
  plan: Plan,
): Promise<Position<State>> {
  const { sheet, host, work } = run;
  let sheetState: Aftermath;
  try {
    sheetState = await sheet.write(plan, at.sheetState);
  } catch (error) {
    if (!(error instanceof SheetError) || !(await waitAfter(error, host, at.tries))) throw error;
    const lost = error.kind === 'unknown' ? [...at.lost, plan] : at.lost;
    const mayHaveWritten = at.mayHaveWritten || error.kind === 'unknown';
    const seen = await look(run, { ...at, lost, mayHaveWritten, tries: at.tries + 1 });
    if (error.kind !== 'refused') return seen;
    const refusals = isSameState(seen.sheetState, at.sheetState) ? at.refusals + 1 : 0;
    const isLast = refusals >= MOST_REFUSALS;
    if (isLast && (plan.rollbacks === 0 || at.hasGivenUp || givenUp(seen.sheetState) === null))
      throw error;
    return { ...seen, refusals: isLast ? 0 : refusals, hasGivenUp: isLast || at.hasGivenUp };
  }
  const outcome = outcomeOf(plan, sheetState);
  const state = work.settle(at.state, { plan, outcome, sheetState });
  const isComplete = outcome.cells.every(({ verdict }) => verdict.kind === 'applied');
  const hasLearnt = areSkipped(hiddenOf(sheetState)) && !areSkipped(hiddenOf(at.sheetState));
  return {
    ...BEGINNING,
    sheetState,
    snapshot: null,
    state: recorded(work, state, sheetState),
    mayHaveWritten: true,
    hasMissed: plan.rollbacks > 0 && (!isComplete || hasLearnt),
    hasLearnt,
  };
}

/** Reads the sheet, and settles the batches without an answer that have landed. */
async function look<State>(
  { sheet, host, work }: Run<State>,
  at: Position<State>,
): Promise<Position<State>> {
  const read = await readPatiently(host, () => sheet.read());
  const snapshot = withLearnt(read, hiddenOf(at.sheetState));
  const batchOf = (plan: Plan) => ({
    plan,
    sheetState: snapshot,
    outcome: outcomeOf(plan, snapshot),
  });
  const landed = at.lost.map(batchOf).filter(({ outcome }) => outcome.landed);
  const state = landed.reduce((before, batch) => work.settle(before, batch), at.state);
  // A batch whose number another batch has taken cannot land any more.
  const lost = at.lost.filter(({ number }) => number > lastBatchNumber(snapshot));
  return {
    ...at,
    sheetState: snapshot,
    snapshot,
    lost,
    hasMissed: false,
    hasLearnt: areSkipped(hiddenOf(snapshot)) && !areSkipped(hiddenOf(read)),
    state: recorded(work, state, snapshot),
    tries: landed.length > 0 ? 0 : at.tries,
  };
}

function recorded<State>(work: Work<State>, state: State, { last }: SheetState): State {
  return last === null ? state : work.record(state, last);
}

/**
 * Whether no batch has landed between two reads. The named ranges may be older than the rest of a read:
 * another writer's batch may land while they are read.
 */
function isSameState(one: SheetState, other: SheetState): boolean {
  const batchesOf = (sheetState: SheetState) =>
    [lastBatchNumber(sheetState), ...sheetState.location.fence].join();
  return batchesOf(one) === batchesOf(other);
}

/** @returns false, without waiting, if another try cannot help, or tries or time are over */
function waitAfter(error: SheetError, host: DirectHost, tries: number): Promise<boolean> {
  if (error.kind === 'refused') return yieldTurn(host, tries);
  return isPassing(error) ? backOff(host, tries) : Promise.resolve(false);
}

function hiddenOf({ journal }: SheetState): KnownHidden {
  return journal?.label?.hidden ?? {};
}
