import { sql, type Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { Logger } from '../log.ts';

/** "materi" in ASCII, cut to fit: the key of the advisory lock that the leader holds. */
const LEADER_LOCK = 0x6d617465;

/** How often an instance that does not lead asks whether it may, in ms. */
const CANDIDATE_PAUSE_MS = 3_000;

/** Resolves after so many ms, or as soon as the signal is aborted. */
export type Pause = (ms: number) => Promise<void>;

/**
 * Runs `work` on at most one instance at a time, again whenever leadership is won.
 *
 * The lock belongs to a session, and all of the leader's queries run on that same connection: an
 * instance that has lost the lock has lost the connection with it and can commit nothing more.
 */
export async function whileLeading(
  deps: { db: Kysely<Database>; log: Logger; stopped: AbortSignal; pause: Pause },
  work: (connection: Kysely<Database>) => Promise<void>,
): Promise<void> {
  const { db, log, stopped, pause } = deps;
  for (;;) {
    try {
      await db.connection().execute(async (connection) => {
        if (!(await tryLock(connection))) return;
        log.info('leads the sync of the sheet');
        try {
          await work(connection);
        } finally {
          await sql`select pg_advisory_unlock(${sql.lit(LEADER_LOCK)})`.execute(connection);
        }
      });
    } catch (error) {
      log.warn({ err: error }, 'lost the lead of the sync; another instance may take it');
    }
    if (stopped.aborted) return;
    await pause(CANDIDATE_PAUSE_MS);
  }
}

async function tryLock(connection: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{
    won: boolean;
  }>`select pg_try_advisory_lock(${sql.lit(LEADER_LOCK)}) as won`.execute(connection);
  return rows[0]?.won === true;
}
