import { linkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/v4-mini';
import { errorCode } from '../process/errorCode.ts';
import { identify, isRunning } from '../process/identity.ts';
import { readJson, writeJson } from '../process/jsonFile.ts';
import { readStackFacts } from './stackFile.ts';

const holder = z.object({ pid: z.number(), startedAt: z.string() });

/** A stack with this state folder runs already. */
export class RunsAlready extends Error {
  constructor(pid: number, state: string) {
    const facts = readStackFacts(state);
    const where =
      facts === undefined ? 'is still starting' : `is at ${facts.n8n.url} and ${facts.api}`;
    super(`The stack of this folder runs already (process ${pid}) and ${where}.`);
  }
}

/**
 * Takes the state folder for this process.
 * @returns a function that gives it back
 * @throws RunsAlready when another process that still runs has it
 */
export function takeStateFolder(state: string): () => void {
  const file = join(state, 'running.json');
  const mine = `${file}.${process.pid}`;
  writeJson(mine, identify(process.pid));
  try {
    for (;;) {
      // A link is made whole or not at all: nobody ever reads a lock without its holder.
      if (link(mine, file)) return () => rmSync(file, { force: true });
      const other = readJson(file, holder);
      if (other !== undefined && isRunning(other)) throw new RunsAlready(other.pid, state);
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}
