import { setTimeout as wait } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { backoffFromGoogle, openSheet, type SheetTransport } from '../../core/index.ts';
import type { Config } from '../config/config.ts';
import { connect, REQUEST_LIMITS } from '../db/connect.ts';
import type { Database } from '../db/schema.ts';
import { isDatabaseUnavailable } from '../db/unavailable.ts';
import type { Logger } from '../log.ts';
import { syncCycle, type CycleResult } from './cycle.ts';
import { LostLeadError, whileLeading, type Lead, type LeadTiming } from './leader.ts';
import { Parking } from './parking.ts';
import { ReadGate } from './readGate.ts';
import { hasWork } from './repository.ts';
import { sampleCatalog } from './sample.ts';
import { isOfTheSheet, QuotaMeter, reportCycle, reportStop } from './state.ts';
import { recorded, type Tracer } from '../trace.ts';
import { traced } from './traced.ts';
import { googleTransport } from './transport.ts';

/** For each read or write of a cycle: at most 30 and 30 a minute (Google grants 60 and 60). */
const REQUEST_MS = 2_000;
/** Idle, Drive is asked so often for the sheet's version. */
const IDLE_MS = 5_000;
/** If Drive does not give the version, the pause between two reads grows from the one above to this. */
const LONGEST_IDLE_MS = 15_000;

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
  readonly tracer?: Tracer | null;
  readonly leadTiming?: LeadTiming;
  /** How the sheet is reached; tests put faults into it. */
  readonly openTransport?: typeof googleTransport;
}

/** Keeps the read model and the sheet in step, on the one instance that leads. */
export function startSync(deps: SyncDeps): Sync {
  const { db, config, leadTiming } = deps;
  const log = deps.log.child({ part: 'sync' });
  const stopping = new AbortController();
  let waking = new AbortController();
  const pause = async (ms: number, signal: AbortSignal) => {
    await wait(ms, undefined, { signal }).catch(() => undefined);
  };

  const work = async (lead: Lead) => {
    const { ended } = lead;
    const leader = new Leader(lead, { ...deps, log });
    while (!ended.aborted) {
      waking = new AbortController();
      const start = Date.now();
      const { pauseMs, canWake } = await leader.cycle();
      // A wake must not shorten a backoff: that would be the storm it is there to prevent.
      const signals = canWake ? [ended, waking.signal] : [ended];
      await pause(pauseMs, AbortSignal.any(signals));
      const requests = Math.max(1, leader.quota.mostSince(start));
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

/** The pause after a cycle, and its reason. */
interface Next {
  readonly pauseMs: number;
  /** Whether a change in the portal ends the pause. */
  readonly canWake: boolean;
}

/** The cycles of one lead, with what they keep from one to the next. */
class Leader {
  readonly quota = new QuotaMeter();
  readonly #lead: Lead;
  readonly #log: Logger;
  readonly #tracer: Tracer | null;
  readonly #sheet;
  readonly #gate: ReadGate;
  readonly #parking = new Parking();
  #last: CycleResult | null = null;
  #idleMs = IDLE_MS;
  #failures = 0;
  /** Why nothing can be synced, or nothing of what waits can be written; '': neither. */
  #reported = '';
  #stoppedAt = new Date();

  constructor(
    lead: Lead,
    { config, log, tracer = null, openTransport = googleTransport }: SyncDeps,
  ) {
    const transport = openTransport(config.google, lead.ended);
    this.#lead = lead;
    this.#log = log;
    this.#tracer = tracer;
    this.#gate = new ReadGate(() => transport.version(), log);
    this.#sheet = openSheet(this.quota.count(fenced(lead, traced(transport))), config.google.tab);
  }

  /** @throws LostLeadError, and what PostgreSQL says of a session that has ended */
  async cycle(): Promise<Next> {
    try {
      if (!(await this.#isDue())) return { pauseMs: IDLE_MS, canWake: true };
      const span = this.#tracer?.begin('sync cycle', 'internal', null) ?? null;
      return await recorded(span, () => this.#read());
    } catch (error) {
      if (this.#lead.ended.aborted) return { pauseMs: 0, canWake: false };
      if (isOverlap(error)) return { pauseMs: 0, canWake: true };
      if (error instanceof LostLeadError || isDatabaseUnavailable(error)) throw error;
      await this.#stop(error);
      const pauseMs = backoffFromGoogle(this.#failures, Math.random());
      this.#failures += 1;
      return { pauseMs, canWake: false };
    }
  }

  /** Whether the sheet is to be read now: always, unless nothing has changed on either side. */
  async #isDue(): Promise<boolean> {
    const isIdle = this.#last !== null && !this.#last.isBusy;
    if (!isIdle || (await hasWork(this.#lead.connection))) return true;
    return this.#gate.isDue(Date.now());
  }

  async #read(): Promise<Next> {
    const { connection } = this.#lead;
    const deps = { connection, sheet: this.#sheet, parking: this.#parking, sample: sampleCatalog };
    this.#gate.noteRead(Date.now());
    const last = await syncCycle(deps, this.#last);
    this.#last = last;
    for (const { error, materialId } of last.faults.slice(0, MOST_LOGGED)) {
      this.#log.error({ err: error, materialId }, 'a row cannot be stored');
    }
    if (last.refused !== null) this.#log.warn({ reason: last.refused }, 'Google refused a batch');
    const stuck = last.stuck ?? '';
    if (this.#reported !== stuck) this.#stoppedAt = new Date();
    if (stuck !== '' && this.#reported !== stuck) {
      this.#log.warn({ reason: stuck }, 'Google takes no write');
    }
    const { quota } = this;
    await reportCycle(connection, last, this.#parking, { since: this.#stoppedAt, quota });
    if (this.#reported !== '' && stuck === '') this.#log.info('the sheet is in sync again');
    this.#failures = 0;
    this.#reported = stuck;
    if (last.isBusy || this.#gate.isOfUse) this.#idleMs = IDLE_MS;
    else this.#idleMs = Math.min(this.#idleMs * 1.25, LONGEST_IDLE_MS);
    return { pauseMs: last.isBusy ? 0 : this.#idleMs, canWake: true };
  }

  /** Reports that the sheet cannot be synced. The next cycle begins without a memory of this one. */
  async #stop(error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error);
    if (!isOfTheSheet(error)) this.#log.error({ err: error }, 'a cycle of the sync failed');
    else if (this.#reported !== reason) this.#log.warn({ reason }, 'sync has stopped');
    if (this.#reported === '') this.#stoppedAt = new Date();
    this.#reported = reason;
    this.#last = null;
    await reportStop(this.#lead.connection, error, this.#stoppedAt, this.quota);
  }
}

/** Faults of one cycle that are logged. */
const MOST_LOGGED = 5;

/**
 * Makes the transport ask for the lead before each batch. An instance that was frozen and has lost the
 * lead sends no batch. If it is frozen after the question, Google refuses its batch (the fence).
 */
function fenced(lead: Lead, transport: SheetTransport): SheetTransport {
  return {
    describe: () => transport.describe(),
    read: (...asked) => transport.read(...asked),
    shape: (tab) => transport.shape(tab),
    write: async (...sent) => {
      await lead.confirm();
      return transport.write(...sent);
    },
  };
}

/**
 * Says whether a request of the API and the sync worked on one material at the same moment. PostgreSQL then
 * reports serialization_failure, or deadlock_detected if each waited for the other.
 */
function isOverlap(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '40P01')
  );
}
