/**
 * `npm run test:jobs`: 20,000 runs that nobody has seen, in two processes. Each plays random events at the
 * jobs of the API and in a model of their state table. It ends with one line, and with exit code 1 if the
 * API does what the model does not, or if a pair of state and event was not played.
 *
 * JOBS_SEED and JOBS_PATH, as a failure prints them, play that run again. JOBS_RUNS changes how many there
 * are.
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import start from '../harness/postgres/start.ts';
import stop from '../harness/postgres/stop.ts';
import { STATES } from './actions.ts';
import type { ModelOptions, ModelResult } from './index.ts';
import { EVENTS } from './steps.ts';

const WORKERS = 2;

/** With fewer runs, a pair may be missing by chance. */
const ENOUGH_FOR_ALL_PAIRS = 2_000;

const { env } = process;
const path = env['JOBS_PATH'] ?? null;
const seed = Number(env['JOBS_SEED'] ?? Date.now() % 1_000_000_000);
const runs = Number(env['JOBS_RUNS'] ?? 20_000);

function playIn(order: ModelOptions): Promise<ModelResult> {
  const child = fork(join(import.meta.dirname, 'worker.ts'), [JSON.stringify(order)]);
  return new Promise((resolve, reject) => {
    let result: ModelResult | null = null;
    child.once('message', (message) => (result = message as ModelResult));
    child.once('exit', (code) => {
      if (result === null) reject(new Error(`A process of runs ended with code ${code}.`));
      else resolve(result);
    });
  });
}

function print({ failure }: ModelResult): void {
  if (failure === null) return;
  const { run, differences } = failure;
  console.log(`\nJOBS_SEED=${failure.seed} JOBS_PATH=${failure.path} npm run test:jobs\n`);
  console.log(`${run.materials} materials; at the end n8n ${run.rest}`);
  for (const step of run.steps) console.log(JSON.stringify(step));
  for (const difference of differences) console.log(`- ${difference}`);
}

const began = Date.now();
await start({ rootDir: process.cwd() });
try {
  const orders: ModelOptions[] =
    path !== null
      ? [{ runs, seed, path }]
      : Array.from({ length: WORKERS }, (_, at) => ({
          runs: Math.ceil(runs / WORKERS),
          seed: seed + at,
          path: null,
        }));
  const results = await Promise.all(orders.map(playIn));
  for (const result of results) print(result);
  const played = results.reduce((sum, result) => sum + result.played, 0);
  const failures = results.filter(({ failure }) => failure !== null).length;
  const pairs = new Set(results.flatMap((result) => result.pairs));
  const all = STATES.flatMap((state) => EVENTS.map((event) => `${state} × ${event}`));
  const missed = all.filter((pair) => !pairs.has(pair));
  if (played >= ENOUGH_FOR_ALL_PAIRS) for (const pair of missed) console.log(`- missed: ${pair}`);
  const seconds = Math.round((Date.now() - began) / 1_000);
  console.log(
    `${played} runs, ${failures} failures, ${all.length - missed.length} of ${all.length} pairs of state ` +
      `and event, ${seconds} seconds (seed ${seed})`,
  );
  const isMissing = missed.length > 0 && played >= ENOUGH_FOR_ALL_PAIRS;
  process.exitCode = failures > 0 || isMissing ? 1 : 0;
} finally {
  await stop();
}
