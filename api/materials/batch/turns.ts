import { setTimeout as after } from 'node:timers/promises';
import { PortalError } from '../../errors.ts';
import type { Portal } from '../../portal.ts';

/**
 * Lets batches with `matchBy` write one after the other, in the order in which they came. Ten of them that
 * waited in PostgreSQL would hold all connections of the instance, and every other request would wait too.
 */
export class Turns {
  readonly #portal: Pick<Portal, 'timing'>;
  #last: Promise<unknown> = Promise.resolve();

  constructor(portal: Pick<Portal, 'timing'>) {
    this.#portal = portal;
  }

  /** @throws PortalError `unavailable` if the turn has not come in time; anything that `work` throws */
  async take<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#last;
    const turn = Promise.withResolvers<undefined>();
    this.#last = turn.promise;
    const stop = new AbortController();
    const isTurn = await Promise.race([
      before.then(() => true),
      after(this.#portal.timing.turn, false, { signal: stop.signal }).catch(() => false),
    ]);
    stop.abort();
    if (!isTurn) {
      void before.then(() => turn.resolve(undefined));
      throw new PortalError(
        'unavailable',
        'Other batches with matchBy are being written. Nothing was changed. Send this one again in a moment.',
      );
    }
    try {
      return await work();
    } finally {
      turn.resolve(undefined);
    }
  }
}
