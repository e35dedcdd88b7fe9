import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import { sql } from 'kysely';
import { z } from 'zod/v4';
import { connect } from '../db/connect.ts';
import { isMigrated, migrate } from '../db/migrate.ts';
import { accessLog } from '../http/accessLog.ts';
import { healthRoutes } from '../http/health.ts';
import { TIMING } from '../jobs/timing.ts';
import { createLogger } from '../log.ts';
import { startPortal } from '../start.ts';
import { testDatabase } from './database.ts';
import {
  call,
  created,
  JWT_SECRET,
  sendCallback,
  SERVICE_KEY,
  someMaterial,
  someResult,
  startBench,
  testConfig,
  until,
  type Bench,
} from './portalBench.ts';
import { startReceiver, type Receiver } from './receiver.ts';

const silent = createLogger('silent');

describe('migrations', () => {
  it('run once when two instances start at once', async () => {
    const database = await testDatabase();
    await sql`drop schema public cascade`.execute(database.db);
    await sql`create schema public`.execute(database.db);
    const instances = Array.from({ length: 4 }, () => connect(database.url, silent));
    await Promise.all(instances.map((db) => migrate(db, silent)));
    expect(await isMigrated(database.db)).toBe(true);
    await Promise.all(instances.map((db) => db.destroy()));
    await database.drop();
  });
});

describe('readyz', () => {
  /** Its answer on an instance with that database, and livez's. */
  async function probe(databaseUrl: string, stopping: boolean): Promise<readonly number[]> {
    const db = connect(databaseUrl, silent);
    const app = express().use(accessLog(silent));
    const portal = {
      db,
      config: testConfig(databaseUrl, 'http://127.0.0.1:1'),
      log: silent,
      timing: TIMING,
      stopping: () => stopping,
      wakeDispatch: () => undefined,
      wakeSync: () => undefined,
      sendSample: () => undefined,
    };
    const server = createServer(app.use(healthRoutes(portal)));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address: AddressInfo | string | null = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const at = `http://127.0.0.1:${port}`;
    const statuses = [
      (await call(at, 'GET', '/readyz')).status,
      (await call(at, 'GET', '/livez')).status,
    ];
    server.closeAllConnections();
    server.close();
    await db.destroy();
    return statuses;
  }

  it('is 200 on a migrated database, 503 while stopping, before migrations, without one', async () => {
    const database = await testDatabase();
    expect(await probe(database.url, false)).toEqual([200, 200]);
    expect(await probe(database.url, true)).toEqual([503, 200]);
    await sql`drop schema public cascade`.execute(database.db);
    await sql`create schema public`.execute(database.db);
    expect(await probe(database.url, false)).toEqual([503, 200]);
    await database.drop();
    expect(await probe(database.url, false)).toEqual([503, 200]);
    expect(await probe('postgres://nobody@127.0.0.1:1/none', false)).toEqual([503, 200]);
  });
});

describe('an instance that stops', () => {
  let bench: Bench;
  afterEach(() => bench.stop());

  it('finishes the request it is at, and takes no more', async () => {
    bench = await startBench();
    const { db, config } = bench;
    const portal = await startPortal({ config, timing: bench.timing, log: silent });
    const more = { token: SERVICE_KEY, body: someMaterial() };

    let answered: Promise<{ status: number }> | undefined;
    let stopped: Promise<void> | undefined;
    await db.transaction().execute(async (trx) => {
      await sql`lock table audit_log in exclusive mode`.execute(trx);
      answered = call(portal.url, 'POST', '/api/materials', more);
      await until(async () => {
        const { rows } = await sql`select 1 from pg_locks where not granted`.execute(trx);
        return rows.length > 0;
      });
      stopped = portal.stop();
      await expect(call(portal.url, 'GET', '/readyz')).rejects.toThrow();
    });
    const begin = Date.now();
    expect((await answered)?.status).toBe(201);
    await stopped;
    expect(Date.now() - begin).toBeLessThan(1_500);
  });

  it('gives back the jobs whose posts are under way, within a few seconds', async () => {
    bench = await startBench({ timing: { stop: 50 } });
    bench.receiver.answer = () => undefined;
    await bench.subscribe();
    const { job } = await bench.add();
    await until(() => bench.receiver.received.length > 0);
    expect((await bench.job(job.id)).next_at?.getTime()).toBeGreaterThan(Date.now() + 10_000);
    const start = Date.now();
    await bench.portal.stop();
    expect(Date.now() - start).toBeLessThan(3_000);
    const row = await bench.job(job.id);
    expect(row).toMatchObject({ stage: 'queued', misses: 0 });
    expect(row.next_at?.getTime()).toBeLessThanOrEqual(Date.now());
  });
});

describe('the process', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let receiver: Receiver;
  const children: ChildProcess[] = [];
  beforeEach(async () => {
    database = await testDatabase();
    receiver = await startReceiver();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await receiver.close();
    await database.drop();
  });

  /** `node api/main.ts`, ready to answer. */
  async function start(): Promise<{ child: ChildProcess; url: string }> {
    const config = testConfig(database.url, receiver.url);
    const child = spawn(process.execPath, [resolve('api/main.ts')], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PORT: '0',
        DATABASE_URL: config.databaseUrl,
        JWT_SECRET: JWT_SECRET,
        GOOGLE_CLIENT_ID: config.google.clientId,
        GOOGLE_SERVICE_ACCOUNT_JSON: JSON.stringify(config.google.serviceAccount),
        GOOGLE_SHEETS_SPREADSHEET_ID: config.google.spreadsheetId,
        GOOGLE_SHEETS_TAB: config.google.tab,
        GOOGLE_ROOT_URL: 'http://127.0.0.1:1',
        N8N_ORIGINS: config.n8n.origins.join(','),
        WEBHOOK_SECRETS_TO_N8N: config.n8n.secretsTo.join(','),
        WEBHOOK_SECRETS_FROM_N8N: config.n8n.secretsFrom.join(','),
        SERVICE_KEYS: config.serviceKeys.map(({ name, sha256 }) => `${name}:${sha256}`).join(','),
      },
    });
    children.push(child);
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    const line = await until(() => out.split('\n').find((text) => text.includes('"url"')));
    return { child, url: z.object({ url: z.string() }).parse(JSON.parse(line)).url };
  }

  async function kill(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<unknown> {
    const exited = once(child, 'exit');
    child.kill(signal);
    const [code] = z
      .tuple([z.number().nullable()])
      .rest(z.unknown())
      .parse(await exited);
    return code;
  }

  it('ends with code 0 within a few seconds of SIGTERM', async () => {
    const { child, url } = await start();
    expect((await call(url, 'GET', '/readyz')).status).toBe(200);
    const begin = Date.now();
    expect(await kill(child, 'SIGTERM')).toBe(0);
    expect(Date.now() - begin).toBeLessThan(5_000);
  });

  it('killed after it answered a POST, before the job went out, loses nothing', async () => {
    const first = await start();
    const more = { token: SERVICE_KEY, body: someMaterial(), headers: { 'Idempotency-Key': 'k' } };
    const { job, material } = created.parse(
      (await call(first.url, 'POST', '/api/materials', more)).body,
    );
    await kill(first.child, 'SIGKILL');

    const second = await start();
    await call(second.url, 'PUT', '/api/webhook/subscriptions', {
      token: SERVICE_KEY,
      body: { url: `${receiver.url}/w`, eventTypes: ['job.requested'], kinds: ['analyze'] },
    });
    const { event } = await until(() => receiver.received[0]);
    expect(event.data).toMatchObject({ job: { id: job.id, attempt: 1 }, material });
    const again = await call(second.url, 'POST', '/api/materials', more);
    expect(created.parse(again.body).material.id).toBe(material.id);
    const claim = { jobId: job.id, attempt: 1, executionId: 'e' };
    await sendCallback(second.url, 'job.started', claim);
    const done = { ...claim, result: someResult() };
    expect((await sendCallback(second.url, 'job.completed', done)).status).toBe(200);
    for (const table of ['materials', 'jobs'] as const) {
      expect(await database.db.selectFrom(table).select('id').execute()).toHaveLength(1);
    }
  });

  it('killed while a post is under way posts it again, under the same id', async () => {
    receiver.answer = () => undefined;
    const first = await start();
    await call(first.url, 'PUT', '/api/webhook/subscriptions', {
      token: SERVICE_KEY,
      body: { url: `${receiver.url}/w`, eventTypes: ['job.requested'], kinds: ['analyze'] },
    });
    await call(first.url, 'POST', '/api/materials', { token: SERVICE_KEY, body: someMaterial() });
    await until(() => receiver.received.length === 1);
    await kill(first.child, 'SIGKILL');

    const { next_at } = await database.db
      .selectFrom('jobs')
      .select('next_at')
      .executeTakeFirstOrThrow();
    expect(next_at?.getTime()).toBeLessThan(Date.now() + TIMING.taken);
    await sql`update jobs set next_at = now()`.execute(database.db);
    receiver.answer = (res) => void res.writeHead(202).end();
    await start();
    await until(() => receiver.received.length === 2);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(1);
  });
});
