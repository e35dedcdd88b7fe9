import { setTimeout as pause } from 'node:timers/promises';

/** What to wait for, how often to look and when to give up (milliseconds). */
export interface Wait {
  readonly what: string;
  readonly within: number;
  readonly every?: number;
  readonly signal?: AbortSignal;
}

/**
 * Looks again and again until `look` gives something, and returns that.
 * An error while looking counts as "not yet" and is told when the time is over.
 * @throws Error naming what was waited for, after `within` milliseconds
 */
export async function waitUntil<T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
  { what, within, every = 100, signal }: Wait,
): Promise<T> {
  const end = Date.now() + within;
  let last: unknown;
  for (;;) {
    signal?.throwIfAborted();
    try {
      const found = await look();
      if (found !== undefined && found !== false) return found;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() >= end) {
      const reason = last instanceof Error ? `: ${last.message}` : '';
      throw new Error(`Waited ${Math.round(within / 1000)} s for ${what}${reason}`);
    }
    await pause(every, undefined, signal ? { signal } : {});
  }
}
