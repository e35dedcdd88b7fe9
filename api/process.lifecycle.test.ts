import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import { sql } from 'kysely';
import { openReadiness } from './db/readiness.ts';
import { healthRoutes } from './http/health.ts';
import { onError } from './http/onError.ts';
import { mount, type Authentication } from './http/route.ts';
import { startHttpServer } from './http/server.ts';
import { createLogger } from './log.ts';
import { startPortal } from './start.ts';
import { TIMING } from './timing.ts';
import { spawnApi, startApiProcess, type ApiProcess } from '../test/harness/apiProcess.ts';
import { testDatabase } from '../test/harness/database.ts';
import {
  call,
  createdSchema,
  sendCallback,
  SERVICE_KEY,
  someMaterial,
  someResult,
  startHarness,
  testConfig,
  until,
  type Harness,
} from '../test/harness/portal.ts';
import { startReceiver, type Receiver } from '../test/harness/receiver.ts';

const LOOPBACK = { port: 0, host: '127.0.0.1' };
const silent = createLogger('silent');

const never = () => {
  throw new Error('These routes are for anyone.');
};
const NO_AUTHENTICATION: Authentication = {
  readCaller: never,
  requireSignature: never,
  requireOperator: never,
};

describe('readyz', () => {
  /** Its answer on an instance with that database, and livez's. */
  async function probe(databaseUrl: string, stopping: boolean): Promise<readonly number[]> {
    const readiness = openReadiness(databaseUrl, silent);
    const routes = healthRoutes({ readiness, stopping: () => stopping });
    const app = express().use(mount(routes, NO_AUTHENTICATION), onError);
    const server = await startHttpServer(app, { ...LOOPBACK, log: silent });
    const statuses = [
      (await call(server.url, 'GET', '/readyz')).status,
      (await call(server.url, 'GET', '/livez')).status,
    ];
    await server.close(0);
    await readiness.close();
    return statuses;
  }

  it('answers readyz with 200 on a migrated database, and 503 while stopping, before migrations and without a database', async () => {
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
  let harness: Harness;
  afterEach(() => harness.stop());

  it('finishes a request that waits for PostgreSQL for over 3 s while stopping, and takes no new request', async () => {
    harness = await startHarness();
    const { db, config } = harness;
    const portal = await startPortal({ config, timing: harness.timing, log: silent });
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
      await sql`select pg_sleep(3.2)`.execute(trx);
    });
    expect((await answered)?.status).toBe(201);
    await stopped;
  });

  it('gives back the jobs of running posts within a few seconds while stopping', async () => {
    harness = await startHarness({ timing: { stop: 50 } });
    harness.receiver.answer = () => undefined;
    await harness.subscribe();
    const { job } = await harness.add();
    await until(() => harness.receiver.received.length > 0);
    expect((await harness.job(job.id)).nextAt?.getTime()).toBeGreaterThan(Date.now() + 10_000);
    const start = Date.now();
    await harness.portal.stop();
    expect(Date.now() - start).toBeLessThan(3_000);
    const row = await harness.job(job.id);
    expect(row).toMatchObject({ stage: 'queued', misses: 0 });
    expect(row.nextAt?.getTime()).toBeLessThanOrEqual(Date.now());
  });
});

describe('the process', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let receiver: Receiver;
  const running: ApiProcess[] = [];
  beforeEach(async () => {
    database = await testDatabase();
    receiver = await startReceiver();
  });
  afterEach(async () => {
    for (const { child } of running.splice(0)) child.kill('SIGKILL');
    await receiver.close();
    await database.drop();
  });

  /** `node api/main.ts`, ready to answer. */
  async function start(): Promise<ApiProcess> {
    const api = await startApiProcess(testConfig(database.url, receiver.url));
    running.push(api);
    return api;
  }

  it('ends the process with code 0 within a few seconds of SIGTERM', async () => {
    const api = await start();
    expect((await call(api.url, 'GET', '/readyz')).status).toBe(200);
    const begin = Date.now();
    expect(await api.end('SIGTERM')).toBe(0);
    expect(Date.now() - begin).toBeLessThan(5_000);
  });

  it('ends the process with code 0 if SIGTERM comes while it still waits for PostgreSQL', async () => {
    const mute = createServer().listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const { port } = mute.address() as AddressInfo;
    const config = testConfig(`postgres://materi@127.0.0.1:${port}/materi`, receiver.url);
    const api = spawnApi(config, 'ignore');
    await once(mute, 'connection');
    expect(await api.end('SIGTERM')).toBe(0);
    mute.close();
  });

  it('names DATABASE_URL when PostgreSQL refuses it', async () => {
    const url = new URL(database.url);
    url.username = 'nobody';
    const api = spawnApi(testConfig(url.href, receiver.url), ['ignore', 'pipe', 'inherit']);
    let log = '';
    api.child.stdout?.on('data', (chunk: Buffer) => (log += chunk.toString('utf8')));
    expect(await once(api.child, 'close')).toEqual([1, null]);
    expect(log).toContain('Check DATABASE_URL');
  });

  it('loses nothing if it is killed between the answer to a POST and the post of the job', async () => {
    const first = await start();
    const more = { token: SERVICE_KEY, body: someMaterial(), headers: { 'Idempotency-Key': 'k' } };
    const { job, material } = createdSchema.parse(
      (await call(first.url, 'POST', '/api/materials', more)).body,
    );
    await first.end('SIGKILL');

    const second = await start();
    await call(second.url, 'PUT', '/api/webhook/subscriptions', {
      token: SERVICE_KEY,
      body: { url: `${receiver.url}/w`, eventTypes: ['job.requested'], kinds: ['analyze'] },
    });
    const { event } = await until(() => receiver.received[0]);
    expect(event.data).toMatchObject({ job: { id: job.id, attempt: 1 }, material });
    const again = await call(second.url, 'POST', '/api/materials', more);
    expect(createdSchema.parse(again.body).material.id).toBe(material.id);
    const claim = { jobId: job.id, attempt: 1, executionId: 'e' };
    await sendCallback(second.url, 'job.started', claim);
    const done = { ...claim, result: someResult() };
    expect((await sendCallback(second.url, 'job.completed', done)).status).toBe(200);
    for (const table of ['materials', 'jobs'] as const) {
      expect(await database.db.selectFrom(table).select('id').execute()).toHaveLength(1);
    }
  });

  it('posts a job again under the same id if it was killed during the post', async () => {
    receiver.answer = () => undefined;
    const first = await start();
    await call(first.url, 'PUT', '/api/webhook/subscriptions', {
      token: SERVICE_KEY,
      body: { url: `${receiver.url}/w`, eventTypes: ['job.requested'], kinds: ['analyze'] },
    });
    await call(first.url, 'POST', '/api/materials', { token: SERVICE_KEY, body: someMaterial() });
    await until(() => receiver.received.length === 1);
    await first.end('SIGKILL');

    const { nextAt } = await database.db
      .selectFrom('jobs')
      .select('nextAt')
      .executeTakeFirstOrThrow();
    expect(nextAt?.getTime()).toBeLessThan(Date.now() + TIMING.taken);
    await sql`update jobs set next_at = now()`.execute(database.db);
    receiver.answer = (res) => void res.writeHead(202).end();
    await start();
    await until(() => receiver.received.length === 2);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(1);
  });
});
