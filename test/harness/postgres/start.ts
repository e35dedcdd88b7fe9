import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runPostgres } from '../../../local/postgres/index.ts';
import { Parts } from '../../../local/process/parts.ts';
import { choosePorts } from '../../../local/process/ports.ts';
import { readKept, writeJson } from '../../../google-standin/store/jsonFile.ts';
import * as z from 'zod/v4-mini';
import { RunsAlready, takeStateFolder } from '../../../local/stack/lock.ts';
import { makeTemplate } from '../database.ts';
import { running } from './running.ts';

/**
 * Starts PostgreSQL for the API's tests, as the stack does, and makes the database that each suite copies. If
 * TEST_DATABASE_URL names a server, the tests make their databases there instead. TEST_POSTGRES_MAJOR asks
 * for another major version, such as 15, which must be installed then.
 */
export default async function start(jest: { rootDir: string }): Promise<void> {
  if (process.env['TEST_DATABASE_URL'] === undefined) await startServer(jest);
  running.dropTemplate = await makeTemplate();
}

async function startServer(jest: { rootDir: string }): Promise<void> {
  const major = process.env['TEST_POSTGRES_MAJOR'];
  const state = join(jest.rootDir, '.local', `test-postgres-${major ?? 'default'}`);
  mkdirSync(join(state, 'logs'), { recursive: true });
  running.giveBack = takeState(state);
  const parts = new Parts(state, (death) => {
    throw death;
  });
  await parts.record.reap();
  const { port } = await choosePorts(join(state, 'ports.json'), { port: 0 });
  const password = rememberedPassword(join(state, 'password.json'));
  const { databases, description } = await runPostgres({
    project: jest.rootDir,
    state,
    port,
    password,
    parts,
    major: major === undefined ? undefined : Number(major),
    // No test cuts the power, and no data outlives its test: the server need not wait for the disk.
    settings: { fsync: 'off', full_page_writes: 'off' },
  });
  console.log(`The API's tests run on ${description}`);
  running.parts = parts;
  process.env['TEST_DATABASE_URL'] = databases.materi;
}

/** @throws Error that says what to do, when the API's tests run already in this checkout */
function takeState(state: string): () => void {
  try {
    return takeStateFolder(state);
  } catch (error) {
    if (!(error instanceof RunsAlready)) throw error;
    throw new Error(
      'The tests of the API run already in this checkout. Wait for them, or set TEST_DATABASE_URL ' +
        'to a server where databases may be made.',
      { cause: error },
    );
  }
}

/** The cluster is kept between runs, so that only the first one waits for initdb. */
function rememberedPassword(file: string): string {
  const known = readKept(
    file,
    z.string(),
    'Delete the folder that it is in, and run the tests again.',
  );
  if (known !== undefined) return known;
  const password = randomBytes(18).toString('hex');
  writeJson(file, password);
  return password;
}
