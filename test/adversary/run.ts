/**
 * `npm run test:adversary`: histories that nobody has seen, in two processes, and killed processes
 * beside them. It ends with one line, and with exit code 1 if anything was lost.
 *
 * ADVERSARY_SEED and ADVERSARY_PATH, as a failure prints them, play that history again.
 * ADVERSARY_RUNS and ADVERSARY_KILLS change how many there are, ADVERSARY_SHRINK_SECONDS how long one that
 * fails is made shorter.
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import start from '../harness/postgres/start.ts';
import stop from '../harness/postgres/stop.ts';
import { testDatabase } from '../harness/database.ts';
import { crash, type Crashes } from './crashes.ts';
import type { WorkerOrder, WorkerResult } from './worker.ts';

const WORKERS = 2;

const { env } = process;
const path = env['ADVERSARY_PATH'] ?? null;
const seed = Number(env['ADVERSARY_SEED'] ?? Date.now() % 1_000_000_000);
const runs = Number(env['ADVERSARY_RUNS'] ?? 20_000);
const shrinkMs = 1_000 * Number(env['ADVERSARY_SHRINK_SECONDS'] ?? 120);
const kills = Number(env['ADVERSARY_KILLS'] ?? (path === null ? 200 : 0));

/** Plays histories in a process. A path of fast-check counts from the first history of its seed. */
function play(order: WorkerOrder): Promise<WorkerResult> {
  const child = fork(join(import.meta.dirname, 'worker.ts'), [JSON.stringify(order)]);
  return new Promise((resolve, reject) => {
    let result: WorkerResult | null = null;
    child.once('message', (message) => (result = message as WorkerResult));
    child.once('exit', (code) => {
      if (result === null) reject(new Error(`A process of histories ended with code ${code}.`));
      else resolve(result);
    });
  });
}

async function killProcesses(): Promise<Crashes> {
  if (kills === 0) return { killed: 0, problems: [] };
  const database = await testDatabase();
  try {
    const script = join(import.meta.dirname, '..', 'harness', 'crashingSync.ts');
    return await crash(database, script, { kills, seed });
  } finally {
    await database.drop();
  }
}

function print({ failure }: WorkerResult): void {
  if (failure === null) return;
  console.log(`\nADVERSARY_SEED=${failure.seed} ADVERSARY_PATH=${failure.path}`);
  console.log(`Google: ${JSON.stringify(failure.history.google)}`);
  for (const step of failure.history.steps) console.log(JSON.stringify(step));
  for (const loss of failure.losses) console.log(`- ${loss}`);
}

const began = Date.now();
await start({ rootDir: process.cwd() });
try {
  const orders: WorkerOrder[] =
    path !== null
      ? [{ runs, seed, path, shrinkMs }]
      : Array.from({ length: WORKERS }, (_, at) => ({
          runs: Math.ceil(runs / WORKERS),
          seed: seed + at,
          path: null,
          shrinkMs,
        }));
  const [crashes, ...results] = await Promise.all([killProcesses(), ...orders.map(play)]);
  for (const result of results) print(result);
  for (const problem of crashes.problems) console.log(`- killed processes: ${problem}`);
  const histories = results.reduce((sum, result) => sum + result.histories, 0);
  const losses = results.filter(({ failure }) => failure !== null).length + crashes.problems.length;
  const unseen = results.reduce((sum, result) => sum + result.unseen, 0);
  const seconds = Math.round((Date.now() - began) / 1_000);
  console.log(
    `${histories} histories, ${crashes.killed} SIGKILLs, ${losses} losses, ${unseen} cells of hidden rows ` +
      `overwritten unseen, ${seconds} seconds (seed ${seed})`,
  );
  process.exitCode = losses === 0 ? 0 : 1;
} finally {
  await stop();
}
