import { setTimeout as wait } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { openSheet } from '../../core/index.ts';
import type { Config } from '../config.ts';
import type { Database } from '../db/schema.ts';
import type { Logger } from '../log.ts';
import { syncCycle, type CycleResult } from './cycle.ts';
import { whileLeading } from './leader.ts';
import { Parking } from './parking.ts';
import { sampleCatalog } from './sample.ts';
import { isOfTheSheet, QuotaMeter, reportCycle, reportStop } from './state.ts';
import { googleTransport } from './transport.ts';

/** For each read or write of a cycle: at most 30 and 30 a minute (Google grants 60 and 60). */
const REQUEST_MS = 2_000;
/** Idle, the pause grows from the first to the second. */
const IDLE_MS = [5_000, 15_000] as const;
const LONGEST_BACKOFF_MS = 64_000;

export interface Sync {
  /** Something waits to be written: the next cycle comes as soon as the quota allows. */
  wake(): void;
  /** Breaks off the cycle that runs, which loses nothing, and gives up the lead. */
  stop(): Promise<void>;
}

/** Keeps the read model and the sheet in step, on the one instance that leads. */
export function startSync(deps: { db: Kysely<Database>; config: Config; log: Logger }): Sync {
  const { db, config } = deps;
  const log = deps.log.child({ part: 'sync' });
  const stopping = new AbortController();
  let waking = new AbortController();

  const pause = async (ms: number, signal: AbortSignal) => {
    await wait(ms, undefined, { signal }).catch(() => undefined);
  };
  const untilStopped = (ms: number) => pause(ms, stopping.signal);

  const lead = async (connection: Kysely<Database>) => {
    const quota = new QuotaMeter();
    const transport = quota.count(googleTransport(config.google, stopping.signal));
    const sheet = openSheet(transport, config.google.tab);
    const parking = new Parking();
    let last: CycleResult | null = null;
    let idlePause: number = IDLE_MS[0];
    let failures = 0;
    let reported = '';
    let stoppedAt = new Date();

    while (!stopping.signal.aborted) {
      waking = new AbortController();
      const start = Date.now();
      let next: number;
      try {
        last = await syncCycle({ connection, sheet, parking, sample: sampleCatalog }, last);
        if (last.refused !== null) log.warn({ reason: last.refused }, 'Google refused a batch');
        const stuck = last.stuck ?? '';
        if (reported !== stuck) stoppedAt = new Date();
        if (stuck !== '' && reported !== stuck)
          log.warn({ reason: stuck }, 'Google takes no write');
        await reportCycle(connection, last, parking, { since: stoppedAt, quota });
        if (reported !== '' && stuck === '') log.info('the sheet is in sync again');
        failures = 0;
        reported = stuck;
        idlePause = last.isBusy ? IDLE_MS[0] : Math.min(idlePause * 1.25, IDLE_MS[1]);
        next = last.isBusy ? 0 : idlePause;
      } catch (error) {
        if (isOverlap(error)) next = 0;
        else if (isOfTheSheet(error)) {
          if (reported !== error.message) log.warn({ reason: error.message }, 'sync has stopped');
          if (reported === '') stoppedAt = new Date();
          reported = error.message;
          await reportStop(connection, error, stoppedAt, quota);
          last = null;
          next = Math.min(1_000 * 2 ** failures + Math.random() * 1_000, LONGEST_BACKOFF_MS);
          failures += 1;
        } else throw error;
      }
      // A wake must not shorten a backoff: that would be the storm it is there to prevent.
      const signals = failures === 0 ? [stopping.signal, waking.signal] : [stopping.signal];
      await pause(next, AbortSignal.any(signals));
      const requests = Math.max(1, quota.mostSince(start));
      await untilStopped(Math.max(0, start + requests * REQUEST_MS - Date.now()));
    }
  };

  const done = whileLeading({ db, log, stopped: stopping.signal, pause: untilStopped }, lead);
  return {
    wake: () => waking.abort(),
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

/** The API changed a material while it was merged (PostgreSQL: serialization_failure). */
function isOverlap(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '40001';
}
