import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
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

/** A running stack. Tests kill and start single parts of it. */
export interface Stack extends RunningParts {
  /** What `stack.json` says. */
  readonly facts: StackFacts;
  /** Stops all parts within 10 s and gives the state folder back. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts PostgreSQL, the Google stand-in, the API and n8n, and waits until the whole of it works:
 * the workflows are published and their trigger is registered at the API.
 * @throws RunsAlready, PartDied, or an Error that says what to do; nothing is left running then
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const state = resolve(options.state);
  mkdirSync(join(state, 'logs'), { recursive: true });
  const giveBack = takeStateFolder(state);
  let started = false;
  let fail: (reason: unknown) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const parts = new Parts(state, (death) => {
    if (started) options.onDeath?.(death);
    else fail(death);
  });
  const stop = async () => {
    removeStackFacts(state);
    await parts.stop();
    giveBack();
  };
  options.signal?.addEventListener('abort', () => fail(options.signal?.reason));
  const starting = startParts({ ...options, state }, parts);
  try {
    const { facts, ...running } = await Promise.race([starting, failure]);
    options.signal?.throwIfAborted();
    started = true;
    writeStackFacts(state, facts);
    return { facts, ...running, stop };
  } catch (error) {
    await stop();
    await starting.catch(() => undefined);
    throw error;
  }
}
