import { sleep } from 'n8n-workflow';
import type { Exchange } from './exchange.ts';

export interface Patience {
  /** Milliseconds since 1970 after which no further try begins. */
  readonly deadline: number;
  /** Ends the waiting when the execution is cancelled. */
  readonly signal: AbortSignal | undefined;
}

/** The pause before a request is sent again, in milliseconds. */
export const RETRY_PAUSE = { first: 500, most: 15_000 };

/**
 * Sends until the outcome is final or the time is over. A fault that would last is final.
 *
 * @param send one try
 * @param waitAfter milliseconds to wait before the next try, or undefined if this outcome is final;
 *   `tries` counts from 1
 * @returns the last outcome, whatever it was
 */
export async function retrying(
  { deadline, signal }: Patience,
  send: () => Promise<Exchange>,
  waitAfter: (outcome: Exchange, tries: number) => number | undefined,
): Promise<Exchange> {
  for (let tries = 1; ; tries++) {
    const outcome = await send();
    const isLasting = !outcome.reached && outcome.lasting;
    const wait = isLasting ? undefined : waitAfter(outcome, tries);
    if (wait === undefined || signal?.aborted === true || Date.now() + wait > deadline) {
      return outcome;
    }
    await pause(wait, signal);
  }
}

/** n8n-workflow 2.41 has no sleep that can be ended, so a long one is cut into short ones. */
async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  const end = Date.now() + milliseconds;
  for (let left = milliseconds; left > 0 && signal?.aborted !== true; left = end - Date.now()) {
    await sleep(Math.min(left, 1_000));
  }
}
