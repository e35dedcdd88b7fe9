import { setTimeout as pause } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import { backoff } from '../../core/index.ts';
import type { Config } from '../config/config.ts';
import type { Database } from '../db/schema.ts';
import type { Logger } from '../log.ts';
import { DEADLINES } from './deadlines.ts';
import { openStore } from './openStore.ts';
import { deleteOld, deleteUnfinished, setsOf } from './sets.ts';
import type { BackupDeadlines } from './store.ts';
import { writeBackup } from './write.ts';

/** 02:00 in Jakarta (UTC+7), when nobody edits. */
const HOUR_UTC = 19;

const HOUR_MS = 60 * 60 * 1000;

/** Times of the schedule in milliseconds. Tests pass shorter ones. */
export interface BackupTiming {
  readonly deadlines: BackupDeadlines;
  /** At multiples of this (full hours) the schedule checks whether a backup is due. */
  readonly ask: number;
  /** Pause after a backup that failed: `first`, doubled each time, `most` at most. */
  readonly retry: { readonly first: number; readonly most: number };
}

const TIMING: BackupTiming = {
  deadlines: DEADLINES,
  ask: HOUR_MS,
  retry: { first: 60_000, most: HOUR_MS },
};

/** "matbak" in ASCII, cut to fit: the advisory lock of the instance that makes the backup. */
const BACKUP_LOCK = 0x6d617462;

export interface Backups {
  /** Breaks off the backup that runs. Its files do not look complete. */
  stop(): Promise<void>;
}

/**
 * Makes one backup a day. The first instance that takes the lock makes it. A backup is due while there is
 * none since the last 02:00. So an instance makes a missed backup when it starts. After a failure the next
 * try follows after a growing pause.
 */
export function startBackups(deps: {
  db: Kysely<Database>;
  config: Config;
  log: Logger;
  timing?: BackupTiming;
}): Backups {
  const log = deps.log.child({ part: 'backup' });
  const { backup } = deps.config;
  if (backup === null) {
    log.info('no backups are made: BACKUP_URL is not set');
    return { stop: () => Promise.resolve() };
  }
  const { timing = TIMING } = deps;
  const stopping = new AbortController();
  const running = keepBackups({ ...deps, log, backup, timing, stopping: stopping.signal });
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

interface Schedule {
  readonly db: Kysely<Database>;
  readonly config: Config;
  readonly log: Logger;
  readonly backup: NonNullable<Config['backup']>;
  readonly timing: BackupTiming;
  readonly stopping: AbortSignal;
}

async function keepBackups(schedule: Schedule): Promise<void> {
  const { log, timing, stopping } = schedule;
  const isStopping = () => stopping.aborted;
  for (let failures = 0; !isStopping();) {
    try {
      await backUpIfDue(schedule);
      failures = 0;
    } catch (error) {
      if (isStopping()) return;
      failures += 1;
      log.error({ err: error, failures }, 'the backup failed; it is tried again');
    }
    const untilAsked = timing.ask - (Date.now() % timing.ask);
    const wait = failures === 0 ? untilAsked : backoff(timing.retry, failures);
    await pause(wait, undefined, { signal: stopping }).catch(() => undefined);
  }
}

async function backUpIfDue(schedule: Schedule): Promise<void> {
  const { db, config, log, backup, timing, stopping } = schedule;
  await db.connection().execute(async (connection) => {
    const { rows } = await sql<{
      won: boolean;
    }>`select pg_try_advisory_lock(${sql.lit(BACKUP_LOCK)}) as won`.execute(connection);
    if (rows[0]?.won !== true) return;
    try {
      const { spreadsheetId, tab } = config.google;
      const store = await openStore(backup.location, {
        signal: stopping,
        deadlines: timing.deadlines,
        pathStyle: backup.pathStyle,
      });
      const sets = await setsOf(store, spreadsheetId);
      const now = new Date();
      if (sets.some(({ manifest }) => Date.parse(manifest.madeAt) >= lastHour(now))) {
        log.debug('no backup is due');
        return;
      }
      // First, because they may be what fills the disk.
      const unfinished = await deleteUnfinished(store, now);
      if (unfinished.length > 0) log.info({ sets: unfinished }, 'deleted unfinished backups');
      const made = await writeBackup(connection, store, { spreadsheetId, tab }, now);
      log.info({ set: made.name, rows: made.manifest.rows }, `backed up to ${store.where}`);
      const deleted = await deleteOld(store, sets, now);
      if (deleted.length > 0) log.info({ sets: deleted }, 'deleted backups of over 30 days ago');
    } finally {
      await sql`select pg_advisory_unlock(${sql.lit(BACKUP_LOCK)})`.execute(connection);
    }
  });
}

/** The last time it was 02:00 in Jakarta, in ms. */
function lastHour(now: Date): number {
  const today = new Date(now).setUTCHours(HOUR_UTC, 0, 0, 0);
  return today <= now.getTime() ? today : today - 24 * 60 * 60 * 1000;
}
