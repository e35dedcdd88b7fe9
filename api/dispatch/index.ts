import { setTimeout as after } from 'node:timers/promises';
import type { SubscriptionId } from '../db/ids.ts';
import { takeCreated, takeJobs, takeProbe } from '../jobs/queue.ts';
import { takeUpdates } from '../materials/outbox.ts';
import type { Portal } from '../portal.ts';
import { findClaimants, type Circuit } from '../subscriptions/repository.ts';
import { deliver } from './deliver.ts';
import { sendCreated, sendUpdated } from './outbox.ts';
import { sendSample } from './sample.ts';

/** An instance takes no more while so many posts are under way. */
const AT_ONCE = 8;

export interface Dispatch {
  /** Look at the queue now. */
  wake(): void;
  sample(subscription: SubscriptionId): void;
  /**
   * Stops taking jobs, waits up to `timing.stop` for current posts, then aborts them and gives their
   * jobs back.
   */
  stop(): Promise<void>;
}

/**
 * Takes due jobs and events and posts them to n8n. It takes more as long as fewer than eight posts are under
 * way. Any number of instances may do so. `wake` makes it check the queue at once. Otherwise it checks the queue every
 * `timing.poll` milliseconds.
 */
export function startDispatch(portal: Portal): Dispatch {
  const stopping = new AbortController();
  const aborting = new AbortController();
  const underWay = new Set<Promise<void>>();
  let ring = new AbortController();

  const wake = () => ring.abort();
  const pause = (ms: number) =>
    after(ms, undefined, { signal: stopping.signal }).catch(() => undefined);

  function begin(what: string, work: Promise<void>): void {
    const done = work
      .catch((error: unknown) => portal.log.error({ err: error }, `${what} failed`))
      .finally(() => {
        underWay.delete(done);
        if (underWay.size === AT_ONCE - 1) wake();
      });
    underWay.add(done);
  }

  /** Takes as many as there is room for. @returns whether there may be more */
  async function take(): Promise<boolean> {
    const limit = AT_ONCE - underWay.size;
    if (limit <= 0) return false;
    const { db, timing } = portal;
    const claimants = await findClaimants(db);
    const kindsWith = (...circuits: Circuit[]) =>
      [...claimants].flatMap(([kind, { circuit }]) => (circuits.includes(circuit) ? [kind] : []));
    const due = await takeJobs(db, { limit, taken: timing.taken }, kindsWith('open', 'half_open'));
    const probed = kindsWith('half_open');
    const probes = probed.length > 0 ? await takeProbe(db, timing.taken, probed) : [];
    for (const job of [...due, ...probes]) {
      begin('a delivery', deliver(portal, job, claimants.get(job.kind), aborting.signal));
    }
    const created = await takeCreated(db, { limit, taken: timing.taken });
    for (const job of created)
      begin('an event of a new material', sendCreated(portal, job, aborting.signal));
    const updates = await takeUpdates(db, { limit, taken: timing.taken });
    for (const one of updates)
      begin('an event of a changed material', sendUpdated(portal, one, aborting.signal));
    return [due, created, updates].some(({ length }) => length === limit);
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      ring = new AbortController();
      const more = await take().catch((error: unknown) => {
        portal.log.warn({ err: error }, 'the queue cannot be read; trying again');
        return false;
      });
      if (more && underWay.size < AT_ONCE) continue;
      const signal = AbortSignal.any([ring.signal, stopping.signal]);
      await after(portal.timing.poll, undefined, { signal }).catch(() => undefined);
    }
  }
  const looping = loop();

  return {
    wake,
    sample(subscription) {
      if (stopping.signal.aborted) return;
      begin('a sample', sendSample(portal, subscription, aborting.signal, pause));
    },
    async stop() {
      stopping.abort();
      await looping;
      const patience = new AbortController();
      const all = Promise.all(underWay);
      await Promise.race([
        all,
        after(portal.timing.stop, undefined, { signal: patience.signal }).catch(() => undefined),
      ]);
      patience.abort();
      aborting.abort();
      await all;
    },
  };
}
