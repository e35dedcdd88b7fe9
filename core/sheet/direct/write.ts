import {
  isFinished,
  tasksOf,
  type DirectRequest,
  type ItemRefused,
  type Refusals,
  type Task,
} from '../../items/index.ts';
import type { MaterialId } from '../../material/index.ts';
import { planBatch } from '../batch/index.ts';
import type { CatalogSheet } from '../catalog/index.ts';
import { readPatiently, SheetError } from '../../google/index.ts';
import type { Unplaced } from '../journal/index.ts';
import { writeAll, type Work } from './loop.ts';
import type { DirectHost } from './host.ts';
import { resultsOf, type DirectResult } from './result.ts';
import { replacedTexts, withOutcome } from './settle.ts';
import { nextStep } from './step.ts';

/**
 * Creates, updates, or creates or updates materials in the sheet itself: one read and one write for
 * any number of items that fit into one batch.
 *
 * Without `lenient` an item that is refused stops all items, before anything is written.
 *
 * @param options lenient: write the other items, and give the refusal as the item's result
 * @returns a result for each item, in their order
 * @throws DirectRefusal for the first item that is refused
 * @throws ItemRefused if rows cannot be matched by `key`
 * @throws HeaderError, SheetError if the first read fails
 */
export async function writeMaterials(
  sheet: CatalogSheet,
  request: DirectRequest,
  host: DirectHost,
  { lenient = false }: { readonly lenient?: boolean } = {},
): Promise<DirectResult[]> {
  const first = await readPatiently(host, () => sheet.read());
  const { tasks, refusals } = tasksOf(request, first.header, () => host.newId());
  if (!lenient) stopOnRefusal(refusals);
  const start = { tasks, refusals, isStopped: false, unplaced: new Map(), meant: new Map() };
  const run = { sheet, host, work: workOf(request, host, lenient) };
  const { state, failure } = await writeAll<Progress>(run, start, first);
  if (state.isStopped) stopOnRefusal(stoppingOnes(state.refusals, request));
  // Without a failure, tasks are left only if no request can hold the next one.
  const cause =
    failure ?? new SheetError('refused', 'One row is more than one request can hold: 1.5 MB.');
  const recorded = [...state.unplaced.values()].map((text) => ({
    text,
    meant: state.meant.get(placeOf(text.batchId, text)) ?? null,
  }));
  return resultsOf(request.items.length, state.tasks, state.refusals, recorded, cause);
}

/** How far all items have come. */
interface Progress {
  readonly tasks: readonly Task[];
  readonly refusals: Refusals;
  /** An item was refused before anything was written, and that stops all items. */
  readonly isStopped: boolean;
  /** The texts by place (see placeOf) and text. */
  readonly unplaced: ReadonlyMap<string, Unplaced>;
  /** The material that a cell was meant for, by place: only of cells that missed it. */
  readonly meant: ReadonlyMap<string, MaterialId>;
}

/** Identifies a cell that a batch wrote. */
function placeOf(batchId: string, { row, column }: { row: number; column: number }): string {
  return `${batchId} ${row} ${column}`;
}

function withTexts(known: Progress['unplaced'], more: readonly Unplaced[]): Progress['unplaced'] {
  const byPlace = more.map((one) => [`${placeOf(one.batchId, one)} ${one.text}`, one] as const);
  return new Map([...known, ...byPlace]);
}

/**
 * The journal keeps unplaced texts after a node has reported them: that node may have been killed
 * before its output. So each node reports them again for some days.
 */
const REPORTED_MS = 7 * 24 * 60 * 60 * 1_000;

/** @param batchId a UUIDv7, which begins with the milliseconds since 1970 */
function isRecent(batchId: string, now: number): boolean {
  return now - Number.parseInt(batchId.replaceAll('-', '').slice(0, 12), 16) < REPORTED_MS;
}

function workOf(request: DirectRequest, host: DirectHost, lenient: boolean): Work<Progress> {
  return {
    isDone: ({ tasks }) => tasks.every(isFinished),

    next(before, found) {
      const at = new Date(host.now()).toISOString();
      const { changes, tasks, refused } = nextStep(before.tasks, request, found, at);
      const refusals = refused.flatMap(({ task, error }) =>
        task.items.map((item) => [item, error] as const),
      );
      const stops = refused.some(
        ({ error }) => error.code !== 'not_found' || request.unmatched !== 'skip',
      );
      const isStopped = !lenient && !found.mayHaveWritten && stops;
      const state = {
        ...before,
        tasks,
        refusals: new Map([...before.refusals, ...refusals]),
        isStopped,
      };
      const isEmpty = changes.cells.length + changes.rows.length === 0;
      if (isStopped || isEmpty) return { state, plan: null };
      return { state, plan: planBatch(host.newId(), found.snapshot, changes) };
    },

    settle(before, batch) {
      const missed = batch.outcome.cells.flatMap(({ cell, verdict }) =>
        verdict.kind === 'applied' || cell.change === null
          ? []
          : [[placeOf(batch.plan.id, cell), cell.change.materialId] as const],
      );
      return {
        ...before,
        tasks: withOutcome(before.tasks, batch),
        meant: new Map([...before.meant, ...missed]),
        unplaced: withTexts(before.unplaced, replacedTexts(before.tasks, batch)),
      };
    },

    record(before, { id, unplaced }) {
      const reported = unplaced.filter(
        ({ batchId }) => batchId === id || isRecent(batchId, host.now()),
      );
      return { ...before, unplaced: withTexts(before.unplaced, reported) };
    },
  };
}

/** Direct mode wrote nothing at all, because of this item. */
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

/** The refusals that stop all items, unless the writer is lenient. */
export function stoppingOnes(refusals: Refusals, { unmatched }: DirectRequest): Refusals {
  if (unmatched !== 'skip') return refusals;
  return new Map([...refusals].filter(([, { code }]) => code !== 'not_found'));
}

/** @throws DirectRefusal for the first item that is refused */
export function stopOnRefusal(refusals: Refusals): void {
  const [first] = [...refusals].sort(([one], [other]) => one - other);
  if (first !== undefined) throw new DirectRefusal(...first);
}
