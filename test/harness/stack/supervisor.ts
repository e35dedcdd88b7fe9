import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, type ProcessIdentity } from '../../../local/process/identity.ts';
import { waitUntil } from '../../../local/process/waitUntil.ts';

const project = join(__dirname, '..', '..', '..');

/** `npm start` as a process of its own. */
export interface Supervisor {
  /** All that it has printed. */
  readonly text: () => string;
  /** Waits until it has printed this. */
  readonly prints: (text: string) => Promise<void>;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** The parts that it has started until now. */
  readonly parts: () => ProcessIdentity[];
  /** Waits until it has ended by itself. */
  readonly ended: () => Promise<{ code: number | null; text: string }>;
}

/** Starts the embedded stack with this state folder. `uid`: as another user; only root can. */
export function startSupervisor(
  state: string,
  { env = {}, uid }: { env?: NodeJS.ProcessEnv; uid?: number } = {},
): Supervisor {
  const node = join(project, 'node_modules', '.bin', 'node');
  const child = spawn(node, [join(__dirname, 'startProcess.ts'), state], {
    cwd: project,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const exit = once(child, 'close');
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return {
    text: () => text,
    prints: async (wanted) => {
      await waitUntil(() => text.includes(wanted) || child.exitCode !== null, {
        what: `the supervisor to print ${wanted}`,
        within: 90_000,
      });
      if (!text.includes(wanted)) throw new Error(`It ended without printing ${wanted}:\n${text}`);
    },
    signal: (signal) => child.kill(signal),
    parts: () =>
      JSON.parse(readFileSync(join(state, 'processes.json'), 'utf8')) as ProcessIdentity[],
    ended: async () => {
      await exit;
      return { code: child.exitCode, text };
    },
  };
}

/** The processes that still run. */
export const stillRunning = (parts: readonly ProcessIdentity[]) => parts.filter(isRunning);
