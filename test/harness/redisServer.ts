import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createClient } from '@redis/client';
import getPort from 'get-port';
import { until } from './portal.ts';

/** Whether `redis-server` is installed. */
export function isRedisInstalled(): boolean {
  return spawnSync('redis-server', ['--version']).error === undefined;
}

export interface RedisServer {
  readonly url: string;
  /** Starts it again, empty, on the same port. */
  start(): Promise<void>;
  /** Ends the process: connections break. */
  kill(): Promise<void>;
  /** Freezes the process: connections stay, and no answer comes. */
  freeze(): void;
  thaw(): void;
  keys(): Promise<string[]>;
  /** How long each key still has, in milliseconds; -1: for ever. */
  lifetimes(): Promise<number[]>;
  /** Answers every write as a replica does. */
  makeReadOnly(): Promise<void>;
}

/** A Redis of a suite's own, on a free port, that keeps nothing on disk. */
export async function startRedis(): Promise<RedisServer> {
  const port = await getPort();
  const url = `redis://127.0.0.1:${port}`;
  let server: ChildProcess | undefined;

  async function asked<T>(ask: (client: ReturnType<typeof clientOf>) => Promise<T>): Promise<T> {
    const client = clientOf(url);
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await ask(client);
    } finally {
      client.destroy();
    }
  }
  async function start(): Promise<void> {
    const where = ['--port', String(port), '--bind', '127.0.0.1'];
    server = spawn('redis-server', [...where, '--save', '', '--appendonly', 'no'], {
      stdio: 'ignore',
    });
    await until(() => asked((client) => client.ping()).catch(() => undefined));
  }
  await start();
  return {
    url,
    start,
    async kill() {
      if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
      const exit = once(server, 'exit');
      server.kill('SIGKILL');
      await exit;
    },
    freeze: () => void server?.kill('SIGSTOP'),
    thaw: () => void server?.kill('SIGCONT'),
    keys: () => asked((client) => client.keys('*')),
    lifetimes: () =>
      asked(async (client) => {
        const keys = await client.keys('*');
        return Promise.all(keys.map((key) => client.pTTL(key)));
      }),
    makeReadOnly: () =>
      asked(async (client) => {
        await client.sendCommand(['REPLICAOF', '127.0.0.1', '1']);
      }),
  };
}

function clientOf(url: string) {
  return createClient({ url, socket: { reconnectStrategy: false } });
}
