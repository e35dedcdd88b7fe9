import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import pg from 'pg';
import { connect } from '../../api/db/connect.ts';
import { migrate } from '../../api/db/migrate.ts';
import type { Database } from '../../api/db/schema.ts';
import { createLogger } from '../../api/log.ts';

/** A server where tests may make databases: test/postgres starts one and names it here. */
const adminUrl = () => process.env['TEST_DATABASE_URL'] ?? '';

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
  await asAdmin(`create database ${name}`);
  // No test cuts the power of the server: a commit need not wait for the disk.
  await asAdmin(`alter database ${name} set synchronous_commit = off`);
  const url = new URL(adminUrl());
  url.pathname = `/${name}`;
  if (more.statements !== undefined) await run(url.href, more.statements);
  if (more.options !== undefined) url.searchParams.append('options', more.options);
  const log = createLogger('silent');
  const db = connect(url.href, log);
  await migrate(db, log);
  return {
    url: url.href,
    db,
    drop: async () => {
      await db.destroy();
      await asAdmin(`drop database ${name} with (force)`);
    },
  };
}

/** Runs a statement in another database of the same server. */
export function asAdmin(statement: string): Promise<void> {
  return run(adminUrl(), statement);
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
