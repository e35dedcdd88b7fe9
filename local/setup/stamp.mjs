// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Whether a step was done for exactly this state; written only after it succeeded.
 * @param {string} file
 * @param {string} state
 */
export function isDone(file, state) {
  try {
    return readFileSync(file, 'utf8').trim() === state;
  } catch {
    return false;
  }
}

/**
 * @param {string} file
 * @param {string} state
 */
export function markDone(file, state) {
  writeFileSync(file, `${state}\n`);
}
