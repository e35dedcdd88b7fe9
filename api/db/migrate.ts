import { Migrator } from 'kysely/migration';
import type { Kysely } from 'kysely';
import type { Logger } from '../log.ts';
import { first } from './migrations/001_first.ts';
import { history } from './migrations/002_history.ts';
import { updates } from './migrations/003_updates.ts';
import { sessions } from './migrations/005_sessions.ts';
import { claimants } from './migrations/006_claimants.ts';
import type { Database } from './schema.ts';

const MIGRATIONS = {
  '001_first': first,
  '002_history': history,
  '003_updates': updates,
  '005_sessions': sessions,
  '006_claimants': claimants,
};

function migrator(db: Kysely<Database>): Migrator {
  return new Migrator({ db, provider: { getMigrations: () => Promise.resolve(MIGRATIONS) } });
}

/**
 * Brings the database to this version. Two instances may start at once: Kysely holds a transaction's
 * advisory lock while it migrates, so the second one waits and then finds nothing to do.
 *
 * @throws whatever PostgreSQL said about the migration that failed; it was rolled back
 */
export async function migrate(db: Kysely<Database>, log: Logger): Promise<void> {
  const { error, results } = await migrator(db).migrateToLatest();
  for (const { migrationName, status } of results ?? []) {
    log.info({ migration: migrationName, status }, 'migration');
  }
  if (error !== undefined) {
    throw error instanceof Error ? error : new Error('A migration failed.', { cause: error });
  }
}

/** Whether every migration of this version has run; false also if an older instance is asked. */
export async function isMigrated(db: Kysely<Database>): Promise<boolean> {
  const migrations = await migrator(db).getMigrations();
  return migrations.every(({ executedAt }) => executedAt !== undefined);
}
