import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ProcessRecord } from '../../../local/process/leftovers.ts';
import { Progress, startStack, type Stack, type StackOptions } from '../../../local/stack/index.ts';
import { LOCK_FILE, takeStateFolder } from '../../../local/stack/lock.ts';

/**
 * Starts a whole stack for tests on any free ports. Its state folder is `.local/<name>`, emptied
 * first, so that tests of two kinds can run at the same time.
 */
export async function startTestStack(
  project: string,
  name: string,
  more: Pick<StackOptions, 'apiEntry'> = {},
): Promise<Stack> {
  const state = join(project, '.local', name);
  await emptyState(state);
  return startStack({
    project,
    state,
    own: withoutRealServices(process.env),
    node: join(project, 'node_modules', '.bin', 'node'),
    progress: new Progress({ write: () => undefined, colour: false }),
    ports: 'any',
    ...more,
  });
}

/** The tests must never reach a real sheet or database, whatever the person's environment names. */
function withoutRealServices(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const real = /^(GOOGLE_|GEMINI_|AWS_|BACKUP_URL$|DATABASE_URL$|ADMIN_EMAILS$)/;
  return Object.fromEntries(Object.entries(own).filter(([name]) => !real.test(name)));
}

/** Ends the processes that a killed run may have left, and deletes its data. */
async function emptyState(state: string): Promise<void> {
  mkdirSync(state, { recursive: true });
  const giveBack = takeStateFolder(state);
  await new ProcessRecord(join(state, 'processes.json')).reap();
  for (const name of readdirSync(state)) {
    if (name !== LOCK_FILE) rmSync(join(state, name), { recursive: true, force: true });
  }
  giveBack();
}
