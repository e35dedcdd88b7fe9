import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { forgetDataElsewhere, runPostgres } from '../../../local/postgres/index.ts';
import { Parts } from '../../../local/process/parts.ts';
import { choosePorts } from '../../../local/process/ports.ts';

/** A PostgreSQL that only one test uses, so that the test may stop it. */
export interface PostgresServer {
  /** An empty database. */
  readonly url: string;
  /** Stops all its processes: connections stay, and no answer comes. */
  freeze(): void;
  thaw(): void;
  /** `fast` ends the sessions and writes a checkpoint; `immediate` is a crash: the next start recovers. */
  stop(how: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
  /** Stops it for good, and deletes its data. */
  remove(): Promise<void>;
}

export async function startPostgresServer(): Promise<PostgresServer> {
  const state = mkdtempSync(join(tmpdir(), 'materi-postgres-'));
  mkdirSync(join(state, 'logs'));
  const parts = new Parts(state, () => undefined);
  const { port } = await choosePorts(join(state, 'ports.json'), { port: 0 });
  const options = { project: resolve('.'), state, port, password: 'x', parts };
  const { part, databases } = await runPostgres(options);
  if (part === undefined) throw new Error('PostgreSQL was not started.');

  /** To the server first, so that it starts no more, and then to every process of it. */
  const signal = (name: 'SIGSTOP' | 'SIGCONT'): void => {
    const { pid } = part;
    if (pid === undefined) return;
    process.kill(pid, 'SIGSTOP');
    const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
    for (const line of listed.split('\n')) {
      const [child = 0, parent] = line.trim().split(/\s+/).map(Number);
      // While the server is frozen, a process of it that has ended stays listed and takes signals.
      if (parent === pid) process.kill(child, name);
    }
    process.kill(pid, name);
  };

  return {
    url: databases.materi,
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    async stop(how) {
      // A server that stops immediately ignores the SIGINT with which `stop` follows.
      if (how === 'immediate' && part.pid !== undefined) process.kill(part.pid, 'SIGQUIT');
      await part.stop();
    },
    start: () => part.start(),
    async remove() {
      signal('SIGCONT');
      await parts.stop();
      forgetDataElsewhere(state);
      rmSync(state, { recursive: true, force: true });
    },
  };
}
