import { lastBatch, outcomeOf } from '../confirm.ts';
import { NOTHING_TO_MEND, type Mending, type Plan } from '../planned.ts';
import type { CatalogSheet } from '../sheet.ts';
import { lastBatchNumber, type Snapshot } from '../snapshot.ts';
import { SheetError } from '../transport.ts';
import { planOf } from './batch.ts';
import type { ItemRefused } from './item.ts';
import { isPassing, readPatiently, waitTurn, type DirectHost } from './patience.ts';
import { resultsOf, type DirectResult } from './result.ts';
import { noteOutcome } from './settle.ts';
import { nextStep, type Step } from './step.ts';
import { tasksOf, type DirectRequest, type Refusals, type Task } from './task.ts';

/** How long a writer that came second waits at most before it reads again, for each time in a row. */
const SECOND_WAIT_MS = 150;

const MOST_UNEXPLAINED = 3;

/** Batches in a row that put back; more, and the sheet never comes to rest. */
const MOST_MENDING = 50;

/**
 * Creates, updates, or creates or updates materials in the sheet itself: read, write, and read again
 * to confirm, whatever the number of items. What a batch did to rows that had moved is undone by
 * further batches, and tried again.
 *
 * Without `lenient` an item that cannot be written stops all of them, before anything is written.
 *
 * @param options lenient: write the others, and give the refusal as that item's result
 * @returns a result for each item, in their order
 * @throws DirectRefusal for the first item that cannot be written
 * @throws ItemRefused if rows cannot be matched by `key`
 * @throws HeaderError, SheetError if the sheet cannot be read to begin with
 */
export async function writeMaterials(
  sheet: CatalogSheet,
  request: DirectRequest,
  host: DirectHost,
  { lenient = false }: { readonly lenient?: boolean } = {},
): Promise<DirectResult[]> {
  let snapshot = await readPatiently(host, () => sheet.read());
  const refusals: Refusals = new Map();
  const tasks = tasksOf(request, snapshot.header, () => host.newId(), refusals);
  const writing = new Writing(sheet, request, host, tasks, refusals, lenient);
  writing.stopOnRefusal();
  for (;;) {
    const isOver = await writing.round(snapshot);
    if (isOver) break;
    try {
      snapshot = await readPatiently(host, () => sheet.read());
    } catch (error) {
      writing.giveUp(error);
      break;
    }
  }
  return resultsOf(request.items.length, writing, snapshot);
}

/** An item that stopped all of them; nothing was written. */
export class DirectRefusal extends Error {
  override readonly name = 'DirectRefusal';
  /** 0-based. */
  readonly item: number;
  readonly refusal: ItemRefused;

  constructor(item: number, refusal: ItemRefused) {
    super(`Item ${item}: ${refusal.message}`, { cause: refusal });
    this.item = item;
    this.refusal = refusal;
  }
}

/** The rounds of one call: what was sent, what came of it, and what is still to be done. */
class Writing {
  readonly refusals: Refusals;
  readonly tasks: readonly Task[];
  failure: Error | null = null;
  readonly open: Set<Task>;
  private readonly sheet: CatalogSheet;
  private readonly request: DirectRequest;
  private readonly host: DirectHost;
  private readonly lenient: boolean;
  private sent: readonly Plan[] = [];
  /** A batch has landed, or may yet. */
  private hasWritten = false;
  /** Tries in a row of which nothing came. */
  private idle = 0;
  private refused: { readonly number: number; readonly error: SheetError } | null = null;
  /** Batches in a row that put back. */
  private mending = 0;
  /** Refusals in a row that no other writer's batch explains. */
  private unexplained = 0;

  constructor(
    sheet: CatalogSheet,
    request: DirectRequest,
    host: DirectHost,
    tasks: readonly Task[],
    refusals: Refusals,
    lenient: boolean,
  ) {
    this.sheet = sheet;
    this.request = request;
    this.host = host;
    this.tasks = tasks;
    this.open = new Set(tasks);
    this.refusals = refusals;
    this.lenient = lenient;
  }

  /** @throws DirectRefusal */
  stopOnRefusal(): void {
    const [item] = [...this.refusals.keys()].sort((a, b) => a - b);
    const refusal = item === undefined ? undefined : this.refusals.get(item);
    if (item === undefined || refusal === undefined) return;
    if (!this.lenient && !this.hasWritten) throw new DirectRefusal(item, refusal);
  }

  giveUp(error: unknown): void {
    this.failure = error instanceof Error ? error : new Error(String(error));
  }

  /**
   * Settles what was sent, and sends what is next.
   *
   * @returns true when nothing is left to do
   */
  async round(snapshot: Snapshot): Promise<boolean> {
    const mending = this.settle(snapshot);
    const isMending = mending.undo.length > 0;
    this.mending = isMending ? this.mending + 1 : 0;
    if (this.mending > MOST_MENDING) {
      this.giveUp(
        new SheetError(
          'busy',
          'The sheet changes faster than it can be put right. Try again later.',
        ),
      );
      return true;
    }
    const step = isMending ? null : this.step(snapshot);
    if (!isMending && this.open.size === 0) return true;
    if (this.isRefusedAnyway(snapshot)) return true;
    const plan = planOf(this.host.newId(), snapshot, step, mending);
    if (plan === null) {
      this.giveUp(new SheetError('refused', 'One row is more than one request can hold: 1.5 MB.'));
      return true;
    }
    return this.send(plan, snapshot);
  }

  /** @returns what must be put back first, whichever writer wrote it by mistake */
  private settle(snapshot: Snapshot): Mending {
    const last = lastBatch(snapshot);
    // A number that another batch has taken is a named range that cannot be added again.
    this.sent = this.sent.filter((plan) => {
      const outcome = outcomeOf(plan, snapshot, last);
      if (!outcome.landed) return plan.number > lastBatchNumber(snapshot);
      this.idle = 0;
      this.hasWritten = true;
      noteOutcome(outcome, this.tasks, snapshot);
      return false;
    });
    return last?.mending ?? NOTHING_TO_MEND;
  }

  /** A row deleted since the read explains one refusal, not one after the other. */
  private isRefusedAnyway(snapshot: Snapshot): boolean {
    const { refused } = this;
    this.refused = null;
    if (refused === null) return false;
    this.unexplained = lastBatchNumber(snapshot) < refused.number ? this.unexplained + 1 : 0;
    if (this.unexplained < MOST_UNEXPLAINED) return false;
    this.giveUp(refused.error);
    return true;
  }

  private step(snapshot: Snapshot): Step {
    const at = new Date(this.host.now()).toISOString();
    const step = nextStep([...this.open], this.request, snapshot, at);
    for (const task of step.done) this.open.delete(task);
    for (const { task, error } of step.refused) {
      this.open.delete(task);
      for (const item of task.items) this.refusals.set(item, error);
    }
    this.stopOnRefusal();
    return step;
  }

  private async send(plan: Plan, snapshot: Snapshot): Promise<boolean> {
    this.sent = [...this.sent, plan];
    try {
      await this.sheet.write(plan, snapshot);
      this.unexplained = 0;
      return false;
    } catch (error) {
      if (!(error instanceof SheetError)) throw error;
      if (error.kind === 'unknown') this.hasWritten = true;
      const isOver = !(await this.isWorthAnotherTry(error));
      if (isOver) this.giveUp(error);
      else if (error.kind === 'refused') this.refused = { number: plan.number, error };
      return isOver;
    }
  }

  private async isWorthAnotherTry(error: SheetError): Promise<boolean> {
    const tries = this.idle;
    this.idle += 1;
    if (isPassing(error)) return waitTurn(this.host, tries);
    if (error.kind !== 'refused') return false;
    const wait = this.host.random() * SECOND_WAIT_MS * Math.min(this.idle, 10);
    if (this.idle >= this.host.attempts || this.host.now() + wait > this.host.deadline)
      return false;
    await this.host.sleep(wait);
    return true;
  }
}
