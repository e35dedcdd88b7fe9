import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { aborted } from '../process/aborted.ts';
import { withAdvice } from '../process/diskAdvice.ts';
import { PartDied } from '../process/part.ts';
import { Parts } from '../process/parts.ts';
import { takeStateFolder } from './lock.ts';
import type { StackOptions } from './options.ts';
import { removeStackFacts, writeStackFacts, type StackFacts } from './stackFile.ts';
import { startParts, type RunningParts } from './startParts.ts';

export { PartDied } from '../process/part.ts';
export { RunsAlready } from './lock.ts';
export type { StackOptions } from './options.ts';
export { Progress, type Screen } from './progress.ts';
export { readStackFacts, type StackFacts } from './stackFile.ts';

/** How long a start that was broken off may take to clean up, in milliseconds. */
const CLEAN_UP = 2_000;

/** How often a start begins again with other ports when another program took one of them. */
const MORE_TRIES = 2;

/** A running stack. Tests kill and start single parts of it. */
export interface Stack extends RunningParts {
  /** The content of `stack.json`. */
  readonly facts: StackFacts;
  /** Stops all parts within 10 s and gives the state folder back. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts PostgreSQL, the Google stand-in, the API and n8n, and waits until the whole of it works:
 * the workflows are published and their trigger is registered at the API.
 * @throws RunsAlready, PartDied, the signal's reason, or an Error that says what to do; nothing is
 * left running then
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const state = resolve(options.state);
  for (let tries = MORE_TRIES; ; tries -= 1) {
    try {
      return await startIn(state, options);
    } catch (error) {
      const mayTryAgain = error instanceof PartDied && error.hadNoPort && tries > 0;
      if (!mayTryAgain) throw withAdvice(error, state);
      options.progress.note(
        `Another program has just taken the port of ${error.part}. Starting again with other ports …`,
      );
    }
  }
}

async function startIn(state: string, options: StackOptions): Promise<Stack> {
  mkdirSync(join(state, 'logs'), { recursive: true });
  const giveBack = takeStateFolder(state);
  removeStackFacts(state); // a killed run may have left them
  const failing = new AbortController();
  let started = false;
  const onDeath = (death: PartDied) => {
    if (started) options.onDeath?.(death);
    else failing.abort(death);
  };
  const parts = new Parts(state, onDeath, (text) => options.progress.note(text));
  const stop = async () => {
    try {
      await parts.stop();
    } finally {
      removeStackFacts(state);
      giveBack();
    }
  };
  const signals = [failing.signal, ...(options.signal === undefined ? [] : [options.signal])];
  const signal = AbortSignal.any(signals);
  const starting = startParts({ ...options, state, signal }, parts);
  try {
    const { facts, ...running } = await Promise.race([starting, aborted(signal)]);
    writeStackFacts(state, facts);
    started = true;
    return { facts, ...running, stop };
  } catch (error) {
    failing.abort(error); // ends the parts that are still starting
    await stop();
    // The parts that were still starting end with the signal. They are not waited for longer than
    // this.
    await Promise.race([
      starting.catch(() => undefined),
      pause(CLEAN_UP, undefined, { ref: false }),
    ]);
    throw error;
  }
}
