import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import type { Logger } from '../log.ts';
import type { Database } from './schema.ts';

type Migrations = Readonly<Record<string, Migration>>;

const FOLDER = new URL('./migrations/', import.meta.url);

/** The files of `migrations/`, by name. Each runs as one statement list, in one transaction. */
export const MIGRATIONS: Migrations = Object.fromEntries(
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.sql'))
    .map((file) => [
      file.replace(/\.sql$/, ''),
      fromSql(readFileSync(new URL(file, FOLDER), 'utf8')),
    ]),
);

function fromSql(text: string): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await sql.raw(text).execute(db);
    },
  };
}

/** A newer version has changed the database so that this version cannot use it. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';

  constructor(migration: string) {
    super(
      `The database is newer than this version (it has migration ${migration}). Update this instance.`,
    );
  }
}

/**
 * A migration gives up if a lock is not free so soon, and `migrate` begins anew. While it waits for the lock
 * of one table, requests wait for the tables that it has locked already. At first it gives up before one of
 * these requests is 1 s old, when PostgreSQL would end the request for a deadlock (`deadlock_timeout`). Each
 * time it waits a little longer, for the sync of a large catalog reads `materials` for seconds.
 */
const LOCK_MS = { first: 300, more: 30, most: 3_000 };

/** For so long `migrate` begins anew, with a pause in which requests go on. */
const LOCK_PATIENCE_MS = 5 * 60_000;
const PAUSE_MS = 1_000;

/** A lock was not free in time; a deadlock. */
const LOCK_CODES: ReadonlySet<unknown> = new Set(['55P03', '40P01']);

function limited(migration: Migration, lockMs: number): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await sql.raw(`set local lock_timeout = ${lockMs}`).execute(db);
      await migration.up(db);
    },
  };
}

/**
 * Brings the database to this version, or leaves it alone if it is newer. Two instances may start at once.
 * Kysely holds an advisory lock while it migrates. So the second instance waits, and then finds nothing to
 * do. Requests of running instances go on: see LOCK_MS.
 *
 * @throws NewerDatabaseError if this version may not run on it
 * @throws whatever PostgreSQL said about the migration that failed; it was rolled back
 */
export async function migrate(
  db: Kysely<Database>,
  log: Logger,
  migrations: Migrations = MIGRATIONS,
): Promise<void> {
  const until = Date.now() + LOCK_PATIENCE_MS;
  for (let lockMs = LOCK_MS.first; ; lockMs = Math.min(lockMs + LOCK_MS.more, LOCK_MS.most)) {
    try {
      await migrateOnce(db, log, migrations, lockMs);
      return;
    } catch (error) {
      const isLocked = error instanceof Error && 'code' in error && LOCK_CODES.has(error.code);
      if (!isLocked || Date.now() > until) throw error;
      log.info('a migration waits for a lock that requests hold');
      await after(PAUSE_MS * (0.5 + Math.random() / 2));
    }
  }
}

async function migrateOnce(
  db: Kysely<Database>,
  log: Logger,
  migrations: Migrations,
  lockMs: number,
): Promise<void> {
  const { unknown } = await migrationsOf(db, migrations);
  if (unknown.length > 0) log.info({ migrations: unknown }, 'the database is newer');
  // Kysely takes a migration that it does not know for a corrupt database, so it gets a name for each.
  const named = {
    ...Object.fromEntries(unknown.map((name) => [name, NOTHING])),
    ...Object.fromEntries(
      Object.entries(migrations).map(([name, one]) => [name, limited(one, lockMs)]),
    ),
  };
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(named) },
    // Two branches may each have added a migration; the database may have the later one's first.
    allowUnorderedMigrations: true,
  });
  const { error, results } = await migrator.migrateToLatest();
  for (const { migrationName, status } of results ?? []) {
    log.info({ migration: migrationName, status }, 'migration');
  }
  if (error === undefined) return;
  // A newer version has migrated the database in between.
  const now = await migrationsOf(db, migrations);
  if (now.unknown.length > unknown.length) return migrateOnce(db, log, migrations, lockMs);
  throw error instanceof Error ? error : new Error('A migration failed.', { cause: error });
}

const NOTHING: Migration = { up: () => Promise.resolve() };

/** Whether every migration of this version has run. @throws NewerDatabaseError */
export async function isMigrated(db: Kysely<Database>): Promise<boolean> {
  const { executed } = await migrationsOf(db, MIGRATIONS);
  return Object.keys(MIGRATIONS).every((name) => executed.includes(name));
}

/**
 * Which migrations the database has, and which of them a newer version has made.
 *
 * @throws NewerDatabaseError if the database needs versions that know one of those
 */
async function migrationsOf(
  db: Kysely<Database>,
  migrations: Migrations,
): Promise<{ executed: string[]; unknown: string[] }> {
  const executed = await executedMigrations(db);
  const unknown = executed.filter((name) => !Object.hasOwn(migrations, name));
  if (unknown.length > 0) {
    const needed = await db.selectFrom('databaseNeeds').select('knows').executeTakeFirst();
    const knows = needed?.knows ?? null;
    if (knows !== null && !Object.hasOwn(migrations, knows)) throw new NewerDatabaseError(knows);
  }
  return { executed, unknown };
}

/** From Kysely's own table, which is not there before the first migration. */
async function executedMigrations(db: Kysely<Database>): Promise<string[]> {
  try {
    const query = sql<{ name: string }>`select name from kysely_migration order by name`;
    return (await query.execute(db)).rows.map(({ name }) => name);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === '42P01';
    if (isMissing) return [];
    throw error;
  }
}
