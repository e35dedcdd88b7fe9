import { setTimeout as wait } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { isDatabaseUnavailable } from '../db/unavailable.ts';
import type { Logger } from '../log.ts';

/** "materi" in ASCII, cut to fit: the key of the advisory lock that the leader holds. */
const LEADER_LOCK = 0x6d617465;

export interface LeadTiming {
  /** How often an instance that does not lead asks whether it may. */
  readonly candidateMs: number;
  /** How often the leader sends something on its session, if only this. */
  readonly heartbeatMs: number;
  /** The lease. A candidate ends the session of a leader that sent nothing for so long. */
  readonly leaseMs: number;
}

/**
 * Another instance takes the lead within `leaseMs` + 2 × `candidateMs`. Its first question ends the old
 * session, and its next one gets the lock. One statement may take 8 s (REQUEST_LIMITS).
 */
export const LEAD_TIMING: LeadTiming = { candidateMs: 3_000, heartbeatMs: 3_000, leaseMs: 15_000 };

/** The lead, as long as this instance has it. */
export interface Lead {
  /** The session that holds the lead. Everything that the leader writes to PostgreSQL goes here. */
  readonly connection: Kysely<Database>;
  /** Aborted when the instance stops or has lost the lead. */
  readonly ended: AbortSignal;
  /**
   * Makes sure that no other instance leads at this moment. Call it before a write outside of
   * PostgreSQL.
   *
   * @throws LostLeadError, or what PostgreSQL says of a session that it has ended
   */
  confirm(): Promise<void>;
}

export class LostLeadError extends Error {
  override readonly name = 'LostLeadError';
}

/** Resolves after so many ms, or as soon as the instance stops. */
export type Pause = (ms: number) => Promise<void>;

interface Deps {
  /** For the question which instance leads. */
  readonly db: Kysely<Database>;
  /** Opens a pool of one connection: the session of a leader. */
  readonly openSession: () => Kysely<Database>;
  readonly log: Logger;
  readonly stopped: AbortSignal;
  readonly pause: Pause;
  readonly timing?: LeadTiming;
}

/**
 * Runs `work` on at most one instance at a time, again whenever leadership is won.
 *
 * The leader holds an advisory lock in a PostgreSQL session, and writes through this session alone. When
 * the process is frozen or its network is dead, the session is quiet. A candidate ends a session that was
 * quiet for longer than the lease (`pg_terminate_backend`). PostgreSQL then rolls back its transaction, so
 * the old leader can commit nothing.
 *
 * Versions before this one lead by the same lock, so the two never lead together. They send no heartbeat.
 * So if such a leader is idle for longer than the lease, a newer instance ends its session and leads.
 */
export async function whileLeading(deps: Deps, work: (lead: Lead) => Promise<void>): Promise<void> {
  const { log, stopped, pause, timing = LEAD_TIMING } = deps;
  while (!stopped.aborted) {
    try {
      if (await endQuietLeader(deps.db, log, timing)) await leadOnce(deps, timing, work);
    } catch (error) {
      const isExpected = error instanceof LostLeadError || isDatabaseUnavailable(error);
      log[isExpected ? 'warn' : 'error'](
        { err: error },
        'this instance does not lead the sync of the sheet; another one may',
      );
    }
    await pause(timing.candidateMs);
  }
}

async function leadOnce(
  { openSession, log, stopped }: Deps,
  timing: LeadTiming,
  work: (lead: Lead) => Promise<void>,
): Promise<void> {
  const session = openSession();
  try {
    await session.connection().execute(async (connection) => {
      if (!(await tryLock(connection))) return;
      log.info('leads the sync of the sheet');
      const over = new AbortController();
      const ended = AbortSignal.any([stopped, over.signal]);
      const confirm = () => confirmLead(connection, timing.leaseMs);
      const heartbeat = beat(connection, timing.heartbeatMs, over);
      try {
        await work({ connection, ended, confirm });
      } finally {
        over.abort();
        await heartbeat;
      }
      // If work ends without a stop, the session is lost: this throws the reason.
      if (!stopped.aborted) await confirm();
    });
  } finally {
    // Ends the session, and with it the lock.
    await session.destroy();
  }
}

/** Keeps the session from being quiet, for instance while Google takes a minute to answer. */
async function beat(
  connection: Kysely<Database>,
  everyMs: number,
  over: AbortController,
): Promise<void> {
  for (;;) {
    await wait(everyMs, undefined, { signal: over.signal }).catch(() => undefined);
    if (over.signal.aborted) return;
    // While a transaction of the cycle runs, this query waits. The transaction's own queries are the heartbeat.
    await sql`select 1`.execute(connection).catch(() => over.abort());
  }
}

/** Wall-clock time is measured, because it goes on while a process or its machine is frozen. */
async function confirmLead(connection: Kysely<Database>, leaseMs: number): Promise<void> {
  const asked = Date.now();
  await sql`select 1`.execute(connection);
  if (Date.now() - asked < leaseMs) return;
  throw new LostLeadError('This instance was frozen for longer than its lead lasts.');
}

/** Ends the session of a leader that is quiet for too long. @returns whether no instance leads */
async function endQuietLeader(
  db: Kysely<Database>,
  log: Logger,
  { leaseMs }: LeadTiming,
): Promise<boolean> {
  const { rows } = await sql<{ pid: number; isEnded: boolean }>`
    select pid,
      case when clock_timestamp() - query_start > ${leaseMs} * interval '1 millisecond'
        then pg_terminate_backend(pid) else false end as "isEnded"
    from pg_locks join pg_stat_activity using (pid)
    where locktype = 'advisory' and classid = 0 and objid = ${LEADER_LOCK} and objsubid = 1
      and granted and datname = current_database()`.execute(db);
  for (const { pid } of rows.filter(({ isEnded }) => isEnded)) {
    log.warn({ pid }, 'the leader of the sync was frozen or cut off, so its session was ended');
  }
  return rows.length === 0;
}

async function tryLock(connection: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{
    won: boolean;
  }>`select pg_try_advisory_lock(${sql.lit(LEADER_LOCK)}) as won`.execute(connection);
  return rows[0]?.won === true;
}
