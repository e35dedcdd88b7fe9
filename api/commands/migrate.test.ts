import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { isMigrated, MIGRATIONS } from '../db/migrate.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.drop());

/** The command as an operator runs it: its exit code and what it printed. */
function run(databaseUrl: string): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, [resolve('api/commands/migrate.ts')], {
    env: { DATABASE_URL: databaseUrl },
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
  return new Promise((done) => child.once('close', (code) => done({ code, out })));
}

const migrationsIn = (text: string) => text.split('"msg":"migration"').length - 1;

describe('npm run db:migrate', () => {
  it('applies each migration once when two commands run at once on an empty database', async () => {
    await sql`drop schema public cascade`.execute(database.db);
    await sql`create schema public`.execute(database.db);
    const ends = await Promise.all([run(database.url), run(database.url)]);
    expect(ends.map(({ code }) => code)).toEqual([0, 0]);
    expect(await isMigrated(database.db)).toBe(true);
    const applied = ends.reduce((sum, { out }) => sum + migrationsIn(out), 0);
    expect(applied).toBe(Object.keys(MIGRATIONS).length);
  });

  it('ends with code 0 and changes nothing when the database is at this version', async () => {
    const { code, out } = await run(database.url);
    expect(code).toBe(0);
    expect(migrationsIn(out)).toBe(0);
    expect(out).toContain('The database is at this version.');
  });

  it('ends with code 1 and the reason when the database needs a later version', async () => {
    await sql`update database_needs set knows = '999_later'`.execute(database.db);
    await sql`insert into kysely_migration (name, timestamp) values ('999_later', '')`.execute(
      database.db,
    );
    const { code, out } = await run(database.url);
    expect(code).toBe(1);
    expect(out).toContain('The database is newer than this version');
    expect(out).not.toContain('    at ');
  });

  it('ends with code 1 and names DATABASE_URL when no server answers', async () => {
    const { code, out } = await run('postgres://materi:a-secret@127.0.0.1:1/materi');
    expect(code).toBe(1);
    expect(out).toContain('Check DATABASE_URL');
    expect(out).not.toContain('a-secret');
  });
});
