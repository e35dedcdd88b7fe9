import { setTimeout as wait } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { openSheet, type SheetTransport } from '../../core/index.ts';
import type { Config } from '../config.ts';
import { connect, REQUEST_LIMITS } from '../db/connect.ts';
import type { Database } from '../db/schema.ts';
import { isDatabaseUnavailable } from '../db/unavailable.ts';
import type { Logger } from '../log.ts';
import { syncCycle, type CycleResult } from './cycle.ts';
import { LostLeadError, whileLeading, type Lead, type LeadTiming } from './leader.ts';
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

export interface SyncDeps {
  readonly db: Kysely<Database>;
  readonly config: Config;
  readonly log: Logger;
  readonly leadTiming?: LeadTiming;
  /** How the sheet is reached; tests put faults into it. */
  readonly openTransport?: typeof googleTransport;
}

/** Keeps the read model and the sheet in step, on the one instance that leads. */
export function startSync(deps: SyncDeps): Sync {
  const { db, config, leadTiming, openTransport = googleTransport } = deps;
  const log = deps.log.child({ part: 'sync' });
  const stopping = new AbortController();
  let waking = new AbortController();

  const pause = async (ms: number, signal: AbortSignal) => {
    await wait(ms, undefined, { signal }).catch(() => undefined);
  };

  const work = async (lead: Lead) => {
    const { connection, ended } = lead;
    const isEnded = () => ended.aborted;
    const quota = new QuotaMeter();
    const transport = fenced(lead, openTransport(config.google, ended));
    const sheet = openSheet(quota.count(transport), config.google.tab);
    const parking = new Parking();
    let last: CycleResult | null = null;
    let idlePause: number = IDLE_MS[0];
    let failures = 0;
    let reported = '';
    let stoppedAt = new Date();

    while (!isEnded()) {
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
        if (isEnded()) return;
        if (isOverlap(error)) next = 0;
        else if (error instanceof LostLeadError || isDatabaseUnavailable(error)) throw error;
        else {
          const reason = error instanceof Error ? error.message : String(error);
          if (!isOfTheSheet(error)) log.error({ err: error }, 'a cycle of the sync failed');
          else if (reported !== reason) log.warn({ reason }, 'sync has stopped');
          if (reported === '') stoppedAt = new Date();
          reported = reason;
          await reportStop(connection, error, stoppedAt, quota);
          last = null;
          next = Math.min(1_000 * 2 ** failures + Math.random() * 1_000, LONGEST_BACKOFF_MS);
          failures += 1;
        }
      }
      // A wake must not shorten a backoff: that would be the storm it is there to prevent.
      const signals = failures === 0 ? [ended, waking.signal] : [ended];
      await pause(next, AbortSignal.any(signals));
      const requests = Math.max(1, quota.mostSince(start));
      await pause(Math.max(0, start + requests * REQUEST_MS - Date.now()), ended);
    }
  };

  const done = whileLeading(
    {
      db,
      openSession: () => connect(config.databaseUrl, log, { ...REQUEST_LIMITS, connections: 1 }),
      log,
      stopped: stopping.signal,
      pause: (ms) => pause(ms, stopping.signal),
      ...(leadTiming === undefined ? {} : { timing: leadTiming }),
    },
    work,
  );
  return {
    wake: () => waking.abort(),
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

/**
 * The same transport for a leader. An instance that was frozen and has lost the lead sends no batch.
 * An instance that is frozen after this check may send its batch: then the sheet's fence refuses it.
 */
function fenced(lead: Lead, transport: SheetTransport): SheetTransport {
  return {
    describe: () => transport.describe(),
    read: (...asked) => transport.read(...asked),
    write: async (requests) => {
      await lead.confirm();
      await transport.write(requests);
    },
  };
}

/**
 * The API changed a material while it was merged (PostgreSQL: serialization_failure), or waited for
 * one while sync waited for it (deadlock_detected).
 */
function isOverlap(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '40P01')
  );
}
