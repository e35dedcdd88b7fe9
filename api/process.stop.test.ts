import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Config } from './config/config.ts';
import { createLogger } from './log.ts';
import { startPortal } from './start.ts';
import { startApiProcess, type ApiProcess } from '../test/harness/apiProcess.ts';
import { testDatabase, type TestDatabase } from '../test/harness/database.ts';
import { keepAliveClient } from '../test/harness/keepAlive.ts';
import { call, SERVICE_KEY, someMaterial, testConfig, until } from '../test/harness/portal.ts';
import { seeded } from '../test/harness/seeded.ts';
import { HEADER, startHarness, TAB, type Harness } from '../test/harness/sync.ts';

let database: TestDatabase;
let client: ReturnType<typeof keepAliveClient>;
let running: ApiProcess[];
beforeEach(async () => {
  database = await testDatabase();
  client = keepAliveClient();
  running = [];
});
afterEach(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  client.close();
  await database.drop();
});

async function start(more: Partial<Config> = {}, google = {}): Promise<ApiProcess> {
  const api = await startApiProcess({
    ...testConfig(database.url, 'http://127.0.0.1:1', google),
    ...more,
  });
  running.push(api);
  return api;
}

let posts = 0;
const post = (url: string) =>
  client.send(url, 'POST', '/api/materials', {
    headers: { Authorization: `Bearer ${SERVICE_KEY}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(someMaterial({ title: `Materi ${(posts += 1)}` })),
  });
const countMaterials = async () =>
  (await database.db.selectFrom('materials').select('id').execute()).length;

/** Runs at most so many requests at once until `stop`, which throws the error of a request. */
function keepBusy(atOnce: number, task: () => Promise<void>) {
  let isOver = false;
  const loop = async () => {
    while (!isOver) await task();
  };
  const loops = Promise.all(Array.from({ length: atOnce }, loop));
  loops.catch(() => undefined);
  return {
    async stop() {
      isOver = true;
      await loops;
    },
  };
}

/**
 * Three instances behind a load balancer that asks readyz and uses the ready ones in turn. One
 * after the other is stopped and replaced. Every request is answered 201.
 */
async function rollingRestart(
  times: number,
  startOne: () => Promise<{ url: string; stop: () => Promise<void> }>,
): Promise<void> {
  const instances = await Promise.all([startOne(), startOne(), startOne()]);
  const ready = new Set(instances.map(({ url }) => url));
  let turn = 0;
  let accepted = 0;
  const probing = keepBusy(1, async () => {
    for (const { url } of [...instances]) {
      const isReady = await client.send(url, 'GET', '/readyz').then(
        ({ status }) => status === 200,
        () => false,
      );
      if (isReady) ready.add(url);
      else ready.delete(url);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  });
  const load = keepBusy(2, async () => {
    const urls = [...ready];
    const { status } = await post(urls[(turn += 1) % urls.length] ?? '');
    expect(status).toBe(201);
    accepted += 1;
  });
  for (let round = 0; round < times; round += 1) {
    await instances[round % 3]?.stop();
    const next = await startOne();
    instances[round % 3] = next;
    await until(() => ready.has(next.url));
  }
  await load.stop();
  await probing.stop();
  await Promise.all(instances.map(({ stop }) => stop()));
  expect(await countMaterials()).toBe(accepted);
}

describe('SIGTERM', () => {
  it('answers 503 at readyz first after SIGTERM, and still takes requests, which end their connection', async () => {
    const api = await start({ stopDelayMs: 2_000 });
    const alive = await client.send(api.url, 'GET', '/livez');
    expect(alive).toMatchObject({ status: 200, ends: false });
    const ended = api.end('SIGTERM');
    await until(async () => (await client.send(api.url, 'GET', '/readyz')).status === 503);
    expect(await post(api.url)).toMatchObject({ status: 201, ends: true });
    expect(await client.send(api.url, 'GET', '/livez')).toMatchObject({ status: 200, ends: true });
    expect(await ended).toBe(0);
  });

  it('cuts and refuses no request in a rolling restart of three processes under load', async () => {
    await rollingRestart(3, async () => {
      const api = await start({ stopDelayMs: 1_000 });
      return { url: api.url, stop: async () => expect(await api.end('SIGTERM')).toBe(0) };
    });
  }, 300_000);

  it('cuts and refuses no request when 20 instances stop one after the other', async () => {
    const config = { ...testConfig(database.url, 'http://127.0.0.1:1'), stopDelayMs: 500 };
    await rollingRestart(20, () => startPortal({ config, log: createLogger('silent') }));
  }, 300_000);

  it('ends at once with code 1 at a second SIGTERM, and logs what was running', async () => {
    const api = await start();
    await database.db.transaction().execute(async (trx) => {
      await sql`lock table audit_log in exclusive mode`.execute(trx);
      const answered = post(api.url).then(
        () => 'answered',
        () => 'cut',
      );
      await until(async () => {
        const { rows } = await sql`select 1 from pg_locks where not granted`.execute(trx);
        return rows.length > 0;
      });
      api.child.kill('SIGTERM');
      await until(() => api.log().includes('"stopping"'));
      expect(await api.end('SIGTERM')).toBe(1);
      expect(await answered).toBe('cut');
    });
    const last = api.log().trim().split('\n').at(-1) ?? '';
    expect(JSON.parse(last)).toMatchObject({
      level: 60,
      running: expect.arrayContaining(['POST /api/materials']),
      msg: expect.stringContaining('a second SIGTERM'),
    });
  });
});

describe('SIGTERM while sync is busy with a slow Google', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await startHarness(database.db, [HEADER]);
  });
  afterEach(() => harness.stop());

  it('ends with code 0, cuts no request and loses no row at SIGTERM while the sync is busy', async () => {
    const { serviceAccount, url: rootUrl } = harness.google;
    const google = { serviceAccount, rootUrl, spreadsheetId: harness.spreadsheetId, tab: TAB };
    const { id: fault } = await harness.post('faults', {
      service: 'sheets',
      kind: 'delay',
      ms: 300,
      times: -1,
    });
    const random = seeded(7);
    const titles: string[] = [];
    for (let round = 0; round < 8; round += 1) {
      const api = await start({ stopDelayMs: 1_000 }, google);
      const load = keepBusy(3, async () => {
        const { status, body } = await post(api.url);
        expect(status).toBe(201);
        const { material } = JSON.parse(body) as { material: { title: string } };
        titles.push(material.title);
      });
      await until(() => api.log().includes('leads the sync'));
      await new Promise((resolve) => setTimeout(resolve, random() * 2_000));
      const ended = api.end('SIGTERM');
      await load.stop();
      expect(await ended).toBe(0);
      expect(api.log()).not.toContain('"level":60');
    }
    await fetch(`${rootUrl}/stand-in/faults/${String(fault)}`, { method: 'DELETE' });
    const api = await start({}, google);
    await until(async () => {
      const { body } = await call(api.url, 'GET', '/api/catalog/status', { token: SERVICE_KEY });
      return (body as { pending: number }).pending === 0;
    });
    const column = HEADER.indexOf('MATERIAL_TITLE');
    const written = (await harness.rows()).slice(1).map((row) => row[column]);
    expect(written.toSorted()).toEqual(titles.toSorted());
    expect(await api.end('SIGTERM')).toBe(0);
  }, 300_000);
});
