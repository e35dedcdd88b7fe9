// @ts-check
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isRunning } from './isRunning.mjs';

/** Milliseconds between two looks at a setup that is waited for. */
const LOOK_EVERY = 200;

/**
 * Does the work of a setup while no other setup of this checkout does: `npm ci` twice at once in one
 * folder spoils both. A setup that was killed is not waited for.
 * @param {string} project
 * @param {() => Promise<void>} work
 * @param {string} name of the lock: work under another name may run at the same time
 * @returns {Promise<void>}
 */
export async function oneAtATime(project, work, name = 'setup') {
  const folder = join(project, '.local');
  const mine = join(folder, `${name}.lock.${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(mine, String(process.pid));
  } catch {
    // The start reports a folder that cannot be written.
    return work();
  }
  const lock = join(folder, `${name}.lock`);
  try {
    await take(lock, mine);
    try {
      await work();
    } finally {
      rmSync(lock, { force: true });
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/**
 * A link appears with its content, so no setup ever reads a lock without its holder.
 * @param {string} lock
 * @param {string} mine
 */
async function take(lock, mine) {
  let said = false;
  while (!link(mine, lock)) {
    const holder = holderOf(lock);
    if (holder !== undefined && !isRunning(holder)) removeStale(lock, holder, `${mine}.stale`);
    if (holder === undefined || !isRunning(holder)) continue;
    if (!said) {
      console.log(
        `  · Waiting for the setup that runs already in this folder (process ${holder}; ` +
          `if that is something else, delete ${lock}) …`,
      );
    }
    said = true;
    await pause(LOOK_EVERY);
  }
}

/**
 * Another setup may have removed the stale lock and taken its own between the look and the rename:
 * that one is put back.
 * @param {string} lock
 * @param {number} holder
 * @param {string} aside
 */
function removeStale(lock, holder, aside) {
  try {
    renameSync(lock, aside);
  } catch {
    return; // another setup was faster
  }
  if (!Object.is(holderOf(aside), holder)) link(aside, lock);
  rmSync(aside, { force: true });
}

/**
 * @param {string} from
 * @param {string} to
 */
function link(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} lock */
function holderOf(lock) {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return undefined;
  }
}
