/**
 * Plays histories in a process of its own, for run.ts: the order comes as JSON in the first argument,
 * the result goes to the parent as one message.
 */
import fc from 'fast-check';
import { testDatabase } from '../harness/database.ts';
import type { History } from './deeds.ts';
import { histories } from './histories.ts';
import { playHistory } from './play.ts';

export interface WorkerOrder {
  readonly runs: number;
  readonly seed: number;
  /** Where fast-check begins: the path that a failure has printed; null: from the beginning. */
  readonly path: string | null;
  /** A history that fails is made shorter, within this time. */
  readonly shrinkMs: number;
}

export interface WorkerResult {
  readonly histories: number;
  /** Cells of hidden rows that were overwritten unseen (see Oracle.batch). */
  readonly unseen: number;
  /** Null: nothing was lost. */
  readonly failure: {
    readonly seed: number;
    readonly path: string;
    readonly history: History;
    readonly losses: readonly string[];
  } | null;
}

const order = JSON.parse(process.argv[2] ?? '') as WorkerOrder;
const database = await testDatabase();
let played = 0;
let unseenCells = 0;
let failedAt = Infinity;

class Lost extends Error {
  readonly losses: readonly string[];
  constructor(losses: readonly string[]) {
    super(losses.join('\n'));
    this.losses = losses;
  }
}

const details = await fc.check(
  fc.asyncProperty(histories, async (history) => {
    if (Date.now() > failedAt + order.shrinkMs) return;
    played += 1;
    if (played % 500 === 0) console.log(`${played} histories`);
    const { losses, unseen } = await playHistory(database.db, history);
    unseenCells += unseen;
    if (losses.length === 0) return;
    failedAt = Math.min(failedAt, Date.now());
    throw new Lost(losses);
  }),
  {
    numRuns: order.runs,
    seed: order.seed,
    ...(order.path === null ? {} : { path: order.path }),
  },
);
await database.drop();

const [history] = details.counterexample ?? [];
const { errorInstance: error } = details;
const failure =
  history === undefined
    ? null
    : {
        seed: details.seed,
        path: details.counterexamplePath ?? '',
        history,
        losses: error instanceof Lost ? error.losses : [String((error as Error).stack)],
      };
const result: WorkerResult = { histories: details.numRuns, unseen: unseenCells, failure };
process.send?.(result);
if (process.send === undefined) console.log(JSON.stringify(result, null, 1));
