import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fullDiskAdvice } from './diskAdvice.ts';
import { processIdentity, type ProcessIdentity } from './identity.ts';
import { killGroup } from './killGroup.ts';
import type { ProcessRecord } from './leftovers.ts';
import type { PartLog } from './log.ts';
import { waitUntil } from './waitUntil.ts';

/** How one process of the stack is run. Times are milliseconds. */
export interface PartSpec {
  /** The name for people: `PostgreSQL`, `API`, `n8n`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: PartLog;
  /** The user that runs the part. Only root may set it. */
  readonly owner?: { readonly uid: number; readonly gid: number } | undefined;
  readonly stopSignal: 'SIGTERM' | 'SIGINT';
  /** How long it may take to stop before it is killed. */
  readonly stopWithin: number;
  /** How long it may take to be ready: a guard against hanging, not an expectation. */
  readonly readyWithin: number;
  readonly isReady: (signal: AbortSignal) => Promise<boolean>;
}

/** When a part has ended, this many last lines of its log are shown. */
export const LAST_LINES = 20;

/** A part ended although nobody had asked it to; `lastLines` are the end of its log. */
export class PartDied extends Error {
  readonly part: string;
  readonly lastLines: readonly string[];
  /** Advice for the person; undefined if the last lines do not show the cause. */
  readonly advice: string | undefined;

  constructor(part: string, how: string, lines: readonly string[]) {
    super(`${part} ended by itself (${how})`);
    this.part = part;
    this.lastLines = lines;
    this.advice = fullDiskAdvice(lines.join('\n'));
  }

  /** Whether another program had its port, in the words of Node.js, PostgreSQL or n8n. */
  get hadNoPort(): boolean {
    const words = /EADDRINUSE|Address already in use|port \d+ is already in use/;
    return words.test(this.lastLines.join('\n'));
  }
}

interface Running {
  readonly child: ChildProcess;
  readonly identity: ProcessIdentity;
  readonly exit: Promise<string>;
  wanted: boolean;
}

/**
 * One process of the stack with its whole process group: started, watched, stopped, and, by tests,
 * killed and started again. Its output is always read, whatever becomes of its log: a part that
 * writes into a full pipe would stop.
 */
export class Part {
  readonly name: string;
  readonly #spec: PartSpec;
  readonly #record: ProcessRecord;
  readonly #onDeath: (death: PartDied) => void;
  #running: Running | undefined;

  constructor(spec: PartSpec, record: ProcessRecord, onDeath: (death: PartDied) => void) {
    this.name = spec.name;
    this.#spec = spec;
    this.#record = record;
    this.#onDeath = onDeath;
  }

  get pid(): number | undefined {
    return this.#running?.identity.pid;
  }

  /**
   * Starts the process and waits until it is ready.
   * @throws PartDied when it ends before that
   */
  async start(): Promise<void> {
    const running = this.#spawn();
    await this.#keepOnRecord(running);
    const settled = new AbortController();
    try {
      await Promise.race([
        waitUntil(() => this.#spec.isReady(settled.signal), {
          what: `${this.name} to be ready`,
          within: this.#spec.readyWithin,
          signal: settled.signal,
        }),
        running.exit.then((how) => Promise.reject(this.#died(how))),
      ]);
    } finally {
      settled.abort();
    }
    running.wanted = true;
    void running.exit.then((how) => {
      if (running.wanted) this.#onDeath(this.#died(how));
    });
  }

  /** The last lines it wrote, oldest first. */
  log(count = 200): string[] {
    return this.#spec.log.lastLines(count);
  }

  /** Stops the process and its group; killed when it takes longer than the spec grants. */
  async stop(): Promise<void> {
    await this.#end(this.#spec.stopSignal, this.#spec.stopWithin);
  }

  /** Kills the process and its group at once (SIGKILL), as a crash would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL', 0);
  }

  #spawn(): Running {
    const { command, args, cwd, env, owner, log } = this.#spec;
    log.begin();
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      ...owner,
    });
    for (const output of [child.stdout, child.stderr]) {
      output.on('data', (chunk: Buffer) => log.write(chunk));
      output.on('error', () => undefined);
    }
    const pid = child.pid ?? 0;
    const identity = processIdentity(pid) ?? { pid, startedAt: 'gone' };
    this.#running = { child, identity, exit: exitOf(child), wanted: false };
    return this.#running;
  }

  /** A process that could not be recorded would be left running if this one were killed. */
  async #keepOnRecord({ identity, exit }: Running): Promise<void> {
    if (identity.pid === 0) return;
    try {
      this.#record.add({ name: this.name, ...identity, stopSignal: this.#spec.stopSignal });
    } catch (error) {
      await this.kill();
      throw error;
    }
    void exit.then(() => this.#record.remove(identity));
  }

  async #end(signal: NodeJS.Signals, within: number): Promise<void> {
    const running = this.#running;
    if (running === undefined || running.identity.pid === 0) return;
    running.wanted = false;
    this.#running = undefined;
    const { pid } = running.identity;
    if (running.child.exitCode === null && running.child.signalCode === null) {
      killGroup(pid, signal);
      const patience = new AbortController();
      const timer = pause(within, 'late', { signal: patience.signal }).catch(() => 'ended');
      await Promise.race([running.exit, timer]);
      patience.abort();
    }
    // Also what the leader may have left behind in its group.
    killGroup(pid, 'SIGKILL');
    await running.exit;
    await this.#spec.log.close();
  }

  #died(how: string): PartDied {
    return new PartDied(this.name, how, this.log(LAST_LINES));
  }
}

/** How long the last words of a process that has ended may take to arrive, in milliseconds. */
const LAST_WORDS = 500;

/** Resolves with how the process ended, once all that it wrote has been read. */
function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => {
      const how = signal ?? `exit code ${code}`;
      // A process that it left behind may keep the output open.
      const late = setTimeout(() => resolve(how), LAST_WORDS);
      child.once('close', () => {
        clearTimeout(late);
        resolve(how);
      });
    });
  });
}
