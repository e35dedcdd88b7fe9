import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { environmentOf, spawnApi, type ApiProcess } from '../test/harness/apiProcess.ts';
import { testDatabase, type TestDatabase } from '../test/harness/database.ts';
import { call, SERVICE_KEY, someMaterial, testConfig, until } from '../test/harness/portal.ts';

let database: TestDatabase;
let folder: string;
let url: string;
let port: string;
let running: Pick<ApiProcess, 'child' | 'end'> | undefined;
beforeEach(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'materi-logs-'));
  port = String(await freePort());
  url = `http://127.0.0.1:${port}`;
});
afterEach(async () => {
  running?.child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
  await database.drop();
});

/** The log does not say where the process listens, so its port is chosen before. */
function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      const free = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => done(free));
    });
  });
}

const config = () => testConfig(database.url, 'http://127.0.0.1:1');
const isAlive = () =>
  call(url, 'GET', '/livez').then(
    ({ status }) => status === 200,
    () => false,
  );
/** It answers, it writes, and it stops on SIGTERM. */
async function worksAndStops(): Promise<void> {
  const body = someMaterial();
  expect((await call(url, 'POST', '/api/materials', { token: SERVICE_KEY, body })).status).toBe(
    201,
  );
  expect(await isAlive()).toBe(true);
  expect(await running?.end('SIGTERM')).toBe(0);
}
/** Each makes a log line of about 8 KB. */
async function makeLogLines(count: number): Promise<void> {
  const path = `/${'a'.repeat(8_000)}`;
  for (let n = 0; n < count; n += 1) await call(url, 'GET', path);
}

describe('the API goes on and stops with code 0', () => {
  it('goes on and stops with code 0 when the disk of its log is full', async () => {
    running = spawnApi(config(), ['ignore', openSync('/dev/full', 'w'), 'inherit'], { PORT: port });
    await until(isAlive);
    await worksAndStops();
  });

  it('goes on and stops with code 0 when the reader of its log is gone', async () => {
    running = spawnApi(config(), ['ignore', 'pipe', 'inherit'], { PORT: port });
    await until(isAlive);
    running.child.stdout?.destroy();
    await makeLogLines(3);
    await worksAndStops();
  });

  it('goes on and stops with code 0 when the reader of its log does not read, and logs the number of lost lines', async () => {
    running = spawnApi(config(), ['ignore', 'pipe', 'inherit'], { PORT: port });
    await until(isAlive);
    await makeLogLines(300);
    expect(await isAlive()).toBe(true);
    let out = '';
    running.child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    await until(async () => {
      await call(url, 'GET', '/not-there');
      return /"dropped":\d+,/.test(out);
    });
    await worksAndStops();
  });
});

it('drops lines while a log file may not grow, logs their number later, and keeps whole lines', async () => {
  const file = join(folder, 'api.log');
  writeFileSync(file, '');
  // The system's limit of a file's size (EFBIG) replaces a disk that is full and is freed.
  const limited = 'ulimit -f 40 && exec "$0" "$@" >> "$LOG_FILE"';
  const args = ['-c', limited, process.execPath, resolve('api/main.ts')];
  const env = { ...environmentOf(config()), PORT: port, LOG_FILE: file, PATH: '/usr/bin:/bin' };
  const child = spawn('sh', args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const exit = new Promise<number | null>((done) => child.once('exit', done));
  const end = (signal: NodeJS.Signals) => (child.kill(signal), exit);
  running = { child, end };
  await until(isAlive);
  await makeLogLines(20);
  const full = readFileSync(file, 'utf8');
  expect(full).not.toContain('dropped');

  truncateSync(file);
  await until(async () => {
    await call(url, 'GET', '/not-there');
    return readFileSync(file, 'utf8').includes('"dropped":');
  });
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const reported = lines.map((line) => JSON.parse(line) as { dropped?: number; msg?: string });
  expect(reported.find(({ dropped = 0 }) => dropped > 0)?.msg).toMatch(/could not be written$/);
  await worksAndStops();
});
