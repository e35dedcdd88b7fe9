import type { MaterialId } from '../../material/index.ts';
import { SheetError } from '../transport.ts';

/** What direct mode needs of the world it runs in. */
export interface DirectHost {
  /** A new UUIDv7. */
  newId(): MaterialId;
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 up to 1. */
  random(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Milliseconds since 1970 after which nothing is tried again. */
  readonly deadline: number;
  /** How often in a row nothing may come of a try. */
  readonly attempts: number;
}

const LONGEST_WAIT_MS = 64_000;

/** Google's rule for 429 and 503: `min(2^n + random, 64)` seconds; false if that is too late. */
export async function waitTurn(host: DirectHost, tries: number): Promise<boolean> {
  const wait = Math.min((2 ** tries + host.random()) * 1_000, LONGEST_WAIT_MS);
  if (tries >= host.attempts || host.now() + wait > host.deadline) return false;
  await host.sleep(wait);
  return true;
}

/**
 * Reads, also while Google is over quota or away.
 *
 * @throws SheetError the last one, when tries or time are over, or at once if waiting is of no use
 */
export async function readPatiently<T>(host: DirectHost, read: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof SheetError) || !isPassing(error)) throw error;
      if (!(await waitTurn(host, tries))) throw error;
    }
  }
}

/** Whether an error goes away by itself. */
export function isPassing({ kind }: SheetError): boolean {
  return kind === 'busy' || kind === 'unknown';
}
