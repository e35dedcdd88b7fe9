import fc from 'fast-check';
import { Difference, play, type Pairs } from './play.ts';
import { runs as runsOf, type Run } from './steps.ts';
import { World } from './world.ts';

export interface ModelOptions {
  readonly seed: number;
  readonly runs: number;
  /** Plays the run of this path, as a failure prints it; null: from the beginning. */
  readonly path: string | null;
}

export interface ModelResult {
  readonly played: number;
  readonly pairs: readonly string[];
  /** Null: the API does what the model does. */
  readonly failure: {
    readonly seed: number;
    readonly path: string;
    /** The shortest run that fails. */
    readonly run: Run;
    readonly differences: readonly string[];
  } | null;
}

/** A run that still fails when it is made shorter, within this time. */
const SHRINK_MS = 120_000;

/** Plays random runs at the API and in the model. */
export async function checkJobs({ seed, runs, path }: ModelOptions): Promise<ModelResult> {
  const world = await World.start();
  const pairs: Pairs = new Set();
  let failedAt = Infinity;
  try {
    const property = fc.asyncProperty(runsOf, async (run) => {
      if (Date.now() > failedAt + SHRINK_MS) return;
      await play(world, run, pairs).catch((error: unknown) => {
        failedAt = Math.min(failedAt, Date.now());
        throw error;
      });
    });
    const details = await fc.check(property, {
      seed,
      numRuns: runs,
      ...(path === null ? {} : { path }),
    });
    const { counterexample, counterexamplePath, numRuns: played, errorInstance: error } = details;
    const result = { played, pairs: [...pairs] };
    const run = counterexample?.[0];
    if (run === undefined) return { ...result, failure: null };
    const differences =
      error instanceof Difference
        ? error.differences
        : [error instanceof Error ? String(error.stack) : String(error)];
    return { ...result, failure: { seed, path: counterexamplePath ?? '', run, differences } };
  } finally {
    await world.stop();
  }
}
