import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod/v4';
import { spawnApi } from '../../test/harness/apiProcess.ts';
import { testConfig } from '../../test/harness/portal.ts';

/** A server that is measured: a process of its own. */
export interface Server {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** The time that all threads of a process have had, in ms (Linux, Documentation/scheduler/sched-stats). */
export function cpuMsOf({ pid }: Server): number {
  const times = readdirSync(`/proc/${pid}/task`).map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return times.reduce((sum, ns) => sum + ns, 0) / 1e6;
}

async function stopped(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

async function forked(
  name: string,
  file: string,
  args: readonly string[],
  message?: Readonly<Record<string, string>>,
): Promise<Server> {
  const child = fork(join(import.meta.dirname, file), args);
  if (message !== undefined) child.send(message);
  const [url] = z
    .tuple([z.string()])
    .rest(z.unknown())
    .parse(await once(child, 'message'));
  return { name, url, pid: child.pid ?? 0, stop: () => stopped(child) };
}

/** node:http alone. @param answers the body of each `METHOD /path` */
export function startBare(answers: Readonly<Record<string, string>>): Promise<Server> {
  return forked('node:http', 'bare.ts', [], answers);
}

/** Express and pg. */
export function startPlain(databaseUrl: string): Promise<Server> {
  return forked('Express + pg', 'plain.ts', [databaseUrl]);
}

const listeningSchema = z.looseObject({ url: z.string() });

/** The API as an operator runs it. It counts requests and open jobs, but the limits are too high for these requests. */
export async function startApi(databaseUrl: string): Promise<Server> {
  const most = 1_000_000;
  const known = testConfig(databaseUrl, 'http://127.0.0.1:1');
  const rateLimits = { user: most, service: most, address: most, signIn: most };
  const config = { ...known, rateLimits, openJobsPerUser: most, overloadLagMs: 60_000 };
  const nodeOptions = process.env['BENCH_API_OPTIONS'] ?? '';
  const { child, end } = spawnApi(config, ['ignore', 'pipe', 'inherit'], {
    NODE_OPTIONS: nodeOptions,
  });
  const { stdout } = child;
  if (stdout === null) throw new Error('The API has no output.');
  for await (const line of createInterface(stdout)) {
    const { success, data } = listeningSchema.safeParse(JSON.parse(line));
    if (!success) continue;
    // The log goes through a pipe, as in a container.
    stdout.resume();
    return {
      name: 'API',
      url: data.url,
      pid: child.pid ?? 0,
      stop: () => end('SIGTERM').then(() => undefined),
    };
  }
  throw new Error('The API ended before it listened.');
}
