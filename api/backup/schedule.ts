import { Cron } from 'croner';
import { sql, type Kysely } from 'kysely';
import type { Config } from '../config.ts';
import type { Database } from '../db/schema.ts';
import type { Logger } from '../log.ts';
import { deleteOld, setsOf } from './sets.ts';
import { openStore } from './openStore.ts';
import { writeBackup } from './write.ts';

/** 02:00 in Jakarta (UTC+7), when nobody edits. */
const HOUR_UTC = 19;

/** At each it is asked whether a backup is due: so one that failed is tried again within the hour. */
const ASKED = '0 0 * * * *';

/** "matbak" in ASCII, cut to fit: the advisory lock of the instance that makes the backup. */
const BACKUP_LOCK = 0x6d617462;

export interface Backups {
  /** Breaks off the backup that runs: what it leaves does not look complete. */
  stop(): Promise<void>;
}

/**
 * Keeps a backup a day: of all instances one makes it, the first to ask. One is due as long as there
 * is none since the last 02:00, so what was missed while nothing ran is made up at the start.
 */
export function startBackups(deps: { db: Kysely<Database>; config: Config; log: Logger }): Backups {
  const log = deps.log.child({ part: 'backup' });
  const { backup } = deps.config;
  if (backup === null) {
    log.info('no backups are made: BACKUP_URL is not set');
    return { stop: () => Promise.resolve() };
  }
  const stopping = new AbortController();
  const ask = async (): Promise<void> => {
    try {
      await backUpIfDue({ ...deps, log, backup, signal: stopping.signal });
    } catch (error) {
      if (stopping.signal.aborted) return;
      log.error({ err: error }, 'the backup failed; it is tried again within the hour');
    }
  };
  let running = ask();
  const job = new Cron(ASKED, { protect: true }, () => (running = running.then(ask)));
  return {
    stop: async () => {
      job.stop();
      stopping.abort();
      await running;
    },
  };
}

async function backUpIfDue(deps: {
  db: Kysely<Database>;
  config: Config;
  log: Logger;
  backup: NonNullable<Config['backup']>;
  signal: AbortSignal;
}): Promise<void> {
  const { config, log, backup, signal } = deps;
  if (signal.aborted) return;
  await deps.db.connection().execute(async (connection) => {
    const { rows } = await sql<{
      won: boolean;
    }>`select pg_try_advisory_lock(${sql.lit(BACKUP_LOCK)}) as won`.execute(connection);
    if (rows[0]?.won !== true) return;
    try {
      const { spreadsheetId, tab } = config.google;
      const { pathStyle } = backup;
      const store = await openStore(backup.location, { signal, pathStyle });
      const sets = await setsOf(store, spreadsheetId);
      const now = new Date();
      if (sets.some(({ manifest }) => Date.parse(manifest.madeAt) >= lastHour(now))) {
        log.debug('no backup is due');
        return;
      }
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
