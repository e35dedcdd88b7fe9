import { backoffFromGoogle } from '../../backoff/index.ts';
import { SheetError } from './transport.ts';

/** The clock, the random numbers and the limits for repeating a request. */
export interface Patience {
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 up to 1. */
  random(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Milliseconds since 1970. After that, no request is repeated. */
  readonly deadline: number;
  /** How many requests in a row may fail. */
  readonly attempts: number;
}

/**
 * Waits by Google's rule for 429 and 503.
 *
 * @returns false, without waiting, if the tries or the time are over
 */
export function backOff(host: Patience, tries: number): Promise<boolean> {
  return waitFor(host, tries, backoffFromGoogle(tries, host.random()));
}

const OTHER_WRITER_MS = 150;

/** Waits a short random time after another writer was first, as backOff does. */
export function yieldTurn(host: Patience, tries: number): Promise<boolean> {
  return waitFor(host, tries, host.random() * OTHER_WRITER_MS * Math.min(tries + 1, 10));
}

async function waitFor(host: Patience, tries: number, waitMs: number): Promise<boolean> {
  if (tries >= host.attempts || host.now() + waitMs > host.deadline) return false;
  await host.sleep(waitMs);
  return true;
}

/**
 * Reads, and repeats the read while Google is over quota or does not answer.
 *
 * @throws SheetError the last error if tries or time are over; at once if a repeat cannot help
 */
export async function readPatiently<T>(host: Patience, read: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof SheetError) || !isPassing(error)) throw error;
      if (!(await backOff(host, tries))) throw error;
    }
  }
}

/** Whether an error passes without anybody's action. */
export function isPassing({ kind }: SheetError): boolean {
  return kind === 'busy' || kind === 'unknown';
}
