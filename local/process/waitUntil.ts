import { setTimeout as pause } from 'node:timers/promises';

/** The condition, how often it is checked, and the longest wait (milliseconds). */
export interface Wait {
  readonly what: string;
  readonly within: number;
  readonly every?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks again and again until `look` gives something, and returns that. An error while looking
 * counts as "not yet" and is reported when the time is over. A look that never ends is given up
 * then, too.
 * @throws Error naming what was waited for, after `within` milliseconds; the signal's reason
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
      const found = await orNothing(look, end - Date.now(), signal);
      if (found !== undefined && found !== false) return found;
      last = undefined;
    } catch (error) {
      last = error;
    }
    signal?.throwIfAborted();
    if (Date.now() >= end) {
      const reason = last instanceof Error ? `: ${last.message}` : '';
      throw new Error(`Waited ${Math.round(within / 1000)} s for ${what}${reason}`);
    }
    await orNothing(() => pause(every), every, signal);
  }
}

/** The result of `work`; undefined when the time is over or the signal aborts before that. */
async function orNothing<T>(
  work: () => Promise<T> | T,
  within: number,
  signal: AbortSignal | undefined,
): Promise<T | undefined> {
  const settled = new AbortController();
  const signals = signal === undefined ? [settled.signal] : [settled.signal, signal];
  const late = pause(within, undefined, { signal: AbortSignal.any(signals) }).catch(
    () => undefined,
  );
  try {
    return await Promise.race([work(), late]);
  } finally {
    settled.abort();
  }
}
