import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import pg from 'pg';
import { connect } from '../../api/db/connect.ts';
import { migrate } from '../../api/db/migrate.ts';
import type { Database } from '../../api/db/schema.ts';
import { createLogger } from '../../api/log.ts';

/** A server where tests may make databases: test/postgres starts one and names it here. */
const adminUrl = () => process.env['TEST_DATABASE_URL'] ?? '';

/** The variable that names the migrated database of `makeTemplate`. */
const TEMPLATE = 'TEST_DATABASE_TEMPLATE';

export interface TestDatabase {
  readonly url: string;
  readonly db: Kysely<Database>;
  drop(): Promise<void>;
}

/**
 * A migrated database of a suite's own on the real PostgreSQL.
 *
 * @param more `statements`: run before the migrations; `options`: settings of every connection, as
 *   `-c name=value`
 */
export async function testDatabase(
  more: { statements?: string; options?: string } = {},
): Promise<TestDatabase> {
  const name = `materi_test_${randomBytes(6).toString('hex')}`;
  const template = more.statements === undefined ? process.env[TEMPLATE] : undefined;
  await asAdmin(
    `create database ${name}${template === undefined ? '' : ` template ${template}`}`,
    // No test cuts the power of the server: a commit need not wait for the disk.
    `alter database ${name} set synchronous_commit = off`,
  );
  const url = new URL(adminUrl());
  url.pathname = `/${name}`;
  if (more.statements !== undefined) await run(url.href, more.statements);
  if (more.options !== undefined) url.searchParams.append('options', more.options);
  const log = createLogger('silent');
  const db = connect(url.href, log);
  if (template === undefined) await migrate(db, log);
  return {
    url: url.href,
    db,
    drop: async () => {
      await db.destroy();
      await asAdmin(`drop database ${name} with (force)`);
    },
  };
}

/**
 * Makes the database that `testDatabase` copies, so that the migrations run only once for all suites.
 *
 * @returns drops it
 */
export async function makeTemplate(): Promise<() => Promise<void>> {
  const { url, db } = await testDatabase();
  // PostgreSQL copies no database that somebody is connected to.
  await db.destroy();
  const name = new URL(url).pathname.slice(1);
  process.env[TEMPLATE] = name;
  return () => asAdmin(`drop database ${name} with (force)`);
}

/** Runs statements in another database of the same server, each in a transaction of its own. */
export function asAdmin(...statements: readonly string[]): Promise<void> {
  return run(adminUrl(), ...statements);
}

async function run(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
