import { closeSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod/v4-mini';
import { processIdentity, isRunning } from '../process/identity.ts';
import { readJson, writeJson } from '../../google-standin/store/jsonFile.ts';
import { readStackFacts } from './stackFile.ts';

/** The file that is locked. It is never deleted: two processes could then each lock one of its name. */
export const LOCK_FILE = 'running.lock';

/** Names the process that holds the lock, for messages only. */
const HOLDER_FILE = 'running.json';

/**
 * The locks of this process. The garbage collector would close, and so release, a lock outside of
 * this set.
 */
const held = new Set<DatabaseSync>();

const holderSchema = z.object({ pid: z.number(), startedAt: z.string() });

/** A stack with this state folder runs already. */
export class RunsAlready extends Error {
  constructor(state: string) {
    const other = readJson(join(state, HOLDER_FILE), holderSchema);
    const who = other !== undefined && isRunning(other) ? ` (process ${other.pid})` : '';
    const facts = readStackFacts(state);
    const where =
      facts === undefined ? 'is starting or stopping' : `is at ${facts.n8n.url} and ${facts.api}`;
    super(`The stack of this folder runs already${who} and ${where}.`);
  }
}

/**
 * Takes the state folder for this process. SQLite's exclusive lock is a lock of the kernel (fcntl):
 * it ends with the process, however that ends, so a lock is never stale. It holds between processes
 * of one machine; for a folder on NFS it depends on the server's lock service.
 * @returns a function that gives it back
 * @throws RunsAlready when another process has it
 */
export function takeStateFolder(state: string): () => void {
  const file = join(state, LOCK_FILE);
  // SQLite's own errors do not say which file, and why it cannot be opened.
  closeSync(openSync(file, 'a', 0o600));
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    // Nothing is ever written to it: no journal is needed, for which a full disk would have no room.
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (isBusy(error)) throw new RunsAlready(state);
    throw new Error(`${file} cannot be locked (${String(error)}). Delete it and start again.`);
  }
  held.add(lock);
  const holderFile = join(state, HOLDER_FILE);
  try {
    writeJson(holderFile, processIdentity(process.pid));
  } catch (error) {
    release(lock);
    throw error;
  }
  return () => {
    if (!held.has(lock)) return;
    try {
      rmSync(holderFile, { force: true });
    } finally {
      release(lock);
    }
  };
}

function release(lock: DatabaseSync): void {
  held.delete(lock);
  lock.close();
}

const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'errcode' in error &&
    error.errcode === SQLITE_BUSY
  );
}
