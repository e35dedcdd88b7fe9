import type { Kysely } from 'kysely';
import type { Logger } from '../log.ts';
import { connect, REQUEST_LIMITS, type Limits } from './connect.ts';
import { isMigrated, NewerDatabaseError } from './migrate.ts';
import type { Database } from './schema.ts';

/**
 * A check opens a connection and sends at most two queries. It ends within 2 s, because a load balancer
 * asks every few seconds and waits only briefly.
 */
const PROBE_LIMITS: Limits = { ...REQUEST_LIMITS, connections: 1, connectMs: 900, answerMs: 500 };

export interface Readiness {
  /** Null: requests can be answered; else why not. It never throws. */
  whyNot(): Promise<string | null>;
  close(): Promise<void>;
}

/**
 * Whether PostgreSQL answers and is migrated. It has its own connection, so a full pool does not
 * delay it. Callers at the same time share one check.
 */
export function openReadiness(databaseUrl: string, log: Logger): Readiness {
  const db = connect(databaseUrl, log, PROBE_LIMITS);
  let checking: Promise<string | null> | undefined;
  return {
    whyNot: () => (checking ??= check(db, log).finally(() => (checking = undefined))),
    close: () => db.destroy(),
  };
}

async function check(db: Kysely<Database>, log: Logger): Promise<string | null> {
  try {
    return (await isMigrated(db)) ? null : 'The database has not been migrated to this version.';
  } catch (error) {
    log.warn({ err: error }, 'not ready');
    return error instanceof NewerDatabaseError ? error.message : 'The database cannot be reached.';
  }
}
