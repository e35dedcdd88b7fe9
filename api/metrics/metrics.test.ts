import { request as ask } from 'node:http';
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { createLogger } from '../log.ts';
import { startPortal } from '../start.ts';
import { withClockAhead } from '../../test/harness/clock.ts';
import { testDatabase } from '../../test/harness/database.ts';
import {
  SERVICE_KEY,
  startHarness,
  testConfig,
  until,
  type Harness,
} from '../../test/harness/portal.ts';
import { openMetrics } from './open.ts';
import type { Metrics } from './metrics.ts';

const silent = createLogger('silent');
const TOKEN = 'a-metrics-token-that-only-tests-know';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const scrape = async (headers: Record<string, string> = {}, at = harness.portal.url) => {
  const response = await fetch(`${at}/metrics`, { headers });
  return { response, text: await response.text() };
};
/** The lines of a metric, without its help. */
const samples = (text: string, name: string) =>
  text.split('\n').filter((one) => one.startsWith(`${name}{`) || one.startsWith(`${name} `));
const count = 'http_request_duration_seconds_count';

describe('GET /metrics without METRICS_TOKEN', () => {
  it('answers a program on the same machine without METRICS_TOKEN, in the format of Prometheus', async () => {
    const { response, text } = await scrape();
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(text).toContain('process_cpu_user_seconds_total');
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
    expect(samples(text, 'portal_database_up')).toEqual(['portal_database_up 1']);
  });

  it.each([
    { 'X-Forwarded-For': '127.0.0.1' },
    { Forwarded: 'for=127.0.0.1' },
    { 'X-Real-IP': '127.0.0.1' },
    { Via: '1.1 proxy' },
  ])('answers 403 to a request that came through a proxy: %j', async (headers) => {
    expect((await scrape(headers)).response.status).toBe(403);
  });
});

describe('GET /metrics with METRICS_TOKEN', () => {
  it('answers only with the token if METRICS_TOKEN is set, also through a proxy', async () => {
    const database = await testDatabase();
    const config = {
      ...testConfig(database.url, 'http://127.0.0.1:1'),
      metricsTokenHash: createHash('sha256').update(TOKEN).digest(),
    };
    const portal = await startPortal({ config, log: silent, checksAnswers: true });
    const statusOf = async (headers: Record<string, string>) =>
      (await scrape(headers, portal.url)).response.status;
    const proxied = { 'X-Forwarded-For': '10.0.0.1' };
    expect(await statusOf({})).toBe(401);
    expect(await statusOf({ Authorization: `Bearer ${TOKEN}x` })).toBe(401);
    expect(await statusOf({ Authorization: `Bearer ${SERVICE_KEY}` })).toBe(401);
    expect(await statusOf({ Authorization: `Basic ${TOKEN}` })).toBe(401);
    expect(await statusOf({ Authorization: `Bearer ${TOKEN}`, ...proxied })).toBe(200);
    await portal.stop();
    await database.drop();
  });
});

describe('the requests', () => {
  it('counts requests by the declared path, and never by an id or an unknown path', async () => {
    const id = uuidv7();
    await harness.request('GET', `/api/jobs/${id}`, { token: SERVICE_KEY });
    await harness.request('GET', `/api/materials/${id}`);
    await harness.request('PATCH', `/api/materials/${id}`);
    await harness.request('GET', `/api/nowhere/${id}`);
    const { text } = await scrape();
    const counted = samples(text, count);
    const counts = (method: string, route: string, status: number) =>
      counted.includes(`${count}{method="${method}",route="${route}",status="${status}"} 1`);
    expect(counts('GET', '/jobs/:id', 404)).toBe(true);
    expect(counts('GET', '/materials/:id', 401)).toBe(true);
    expect(counts('PATCH', '/materials/:id', 405)).toBe(true);
    expect(counts('GET', 'none', 404)).toBe(true);
    expect(text).not.toContain(id);
  });

  it('counts requests with rare methods together', async () => {
    const url = new URL('/api/nowhere', harness.portal.url);
    for (const method of ['PROPFIND', 'MKCOL', 'LINK']) {
      await new Promise((done) =>
        ask(url, { method }, (res) => res.resume().on('end', done)).end(),
      );
    }
    const { text } = await scrape();
    expect(samples(text, count)).toContain(`${count}{method="other",route="none",status="404"} 3`);
  });

  it('counts the requests of two apps apart', async () => {
    const other = await startHarness();
    await harness.request('GET', '/api/only-here');
    const { text } = await scrape({}, other.portal.url);
    expect(samples(text, count).filter((one) => one.includes('"none"'))).toEqual([]);
    await other.stop();
  });
});

describe('posts to subscriptions', () => {
  beforeEach(() => harness.db.deleteFrom('subscriptions').execute());
  afterEach(() => {
    harness.receiver.answer = (res) => void res.writeHead(202).end();
  });

  const shows = (outcome: string) =>
    until(async () => {
      const { text } = await scrape();
      const name = `portal_dispatch_posts_total{type="job.requested",outcome="${outcome}"}`;
      return text.includes(name);
    });

  it('counts posts to subscriptions by their outcome', async () => {
    await harness.add();
    await shows('no_subscription');
    harness.receiver.answer = (res) => void res.writeHead(500).end();
    await harness.subscribe();
    await shows('refused');
    harness.receiver.answer = (res) => void res.destroy();
    await shows('unreachable');
    harness.receiver.answer = (res) => void res.writeHead(202).end();
    await shows('delivered');
  });
});

describe('the gauges of PostgreSQL', () => {
  let metrics: Metrics;
  const open = (databaseUrl: string) => {
    metrics = openMetrics({ databaseUrl, log: silent, startedAt: new Date(), pools: {} });
    return metrics;
  };
  afterEach(() => metrics.close());

  it('shows the jobs, the sessions, the outbox, the sync and the invariants', async () => {
    const { db } = harness;
    await harness.person();
    await harness.add();
    await sql`update catalog_state set state = 'stopped', reason = 'no_access',
      last_sync_at = now() - interval '1 hour', problem_count = 7,
      quota = ${JSON.stringify({ at: new Date().toISOString(), reads: 12, writes: 3 })}`.execute(
      db,
    );
    await sql`insert into invariant_checks (name, violations, checked_at)
      values ('no_admin_left', 4, now()), ('plan_left_open', null, now())`.execute(db);
    const text = await open(harness.url).text();
    const value = (line: string) => Number(samples(text, line)[0]?.split(' ').at(-1));
    expect(samples(text, 'portal_jobs_open').join('\n')).toMatch(/kind="analyze",stage="\w+"/);
    expect(value('portal_jobs_oldest_open_seconds')).toBeGreaterThan(0);
    expect(text).toContain('portal_jobs_last_day{kind="analyze",status="PROCESSING"}');
    expect(text).toContain('portal_outbox_events{type="material.updated"} 0');
    expect(value('portal_sessions_open')).toBeGreaterThan(0);
    expect(value('portal_sync_last_good_seconds')).toBeGreaterThanOrEqual(3_600);
    expect(text).toContain('portal_sync_stopped{reason="no_access"} 1');
    expect(text).toContain('portal_sync_stopped{reason="quota"} 0');
    expect(value('portal_sync_pending_materials')).toBeGreaterThan(0);
    expect(text).toContain('portal_sync_problems 7');
    expect(text).toContain('portal_sheet_requests_last_minute{what="read"} 12');
    expect(text).toContain('portal_invariant_violations{name="no_admin_left"} 4');
    expect(text).toContain('portal_invariant_violations{name="plan_left_open"} -1');
    expect(value('portal_invariants_checked_seconds')).toBeGreaterThanOrEqual(0);
  });

  it('gives ages by the clock of PostgreSQL when the clock of the instance is an hour ahead', async () => {
    await sql`update catalog_state set last_sync_at = now()`.execute(harness.db);
    await sql`update invariant_checks set checked_at = now()`.execute(harness.db);
    const text = await withClockAhead(60 * 60_000, () => open(harness.url).text());
    const value = (line: string) => Number(samples(text, line)[0]?.split(' ').at(-1));
    expect(value('portal_sync_last_good_seconds')).toBeLessThan(60);
    expect(value('portal_invariants_checked_seconds')).toBeLessThan(60);
  });

  it('leaves out only the gauges of a statement that waits for a lock', async () => {
    const text = await harness.db.transaction().execute(async (trx) => {
      await sql`lock table sessions in access exclusive mode`.execute(trx);
      return open(harness.url).text();
    });
    expect(samples(text, 'portal_sessions_open')).toEqual([]);
    expect(samples(text, 'portal_database_up')).toEqual(['portal_database_up 1']);
    expect(samples(text, 'portal_sync_conflicts')).toHaveLength(1);
  });

  it('reads the gauges once for many programs at the same time', async () => {
    const { log, lines } = counting();
    metrics = openMetrics({
      databaseUrl: 'postgres://127.0.0.1:1/none',
      log,
      startedAt: new Date(),
      pools: {},
    });
    await Promise.all(Array.from({ length: 20 }, () => metrics.text()));
    expect(lines()).toBe(1);
  });

  it('leaves out the gauges of PostgreSQL while it is away, and shows the metrics of the process', async () => {
    const text = await open('postgres://127.0.0.1:1/none').text();
    expect(samples(text, 'portal_database_up')).toEqual(['portal_database_up 0']);
    expect(samples(text, 'portal_jobs_oldest_open_seconds')).toEqual([]);
    expect(samples(text, 'portal_sync_pending_materials')).toEqual([]);
    expect(text).toContain('process_resident_memory_bytes');
  });

  function counting() {
    let written = 0;
    const log = createLogger('warn', { write: () => void (written += 1) });
    return { log, lines: () => written };
  }
});

it('shows the use of the connection pools', async () => {
  const { text } = await scrape();
  for (const pool of ['requests', 'long']) {
    for (const state of ['used', 'idle', 'waiting']) {
      expect(text).toContain(`portal_database_connections{pool="${pool}",state="${state}"}`);
    }
  }
});
