import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { JobId } from '../../core/index.ts';
import { createLogger } from '../log.ts';
import { startPortal } from '../start.ts';
import { MISSES_MOST, recordDelivery } from '../subscriptions/repository.ts';
import type { Timing } from '../timing.ts';
import { SERVICE_KEY, startHarness, until, type Harness } from '../../test/harness/portal.ts';

/** Posts of one instance that may be under way when a circuit opens. */
const AT_ONCE = 8;
const QUICK = { backoff: { first: 20, most: 40 } };
/** An open circuit stays open for the whole test. */
const LONG = { backoff: { first: 600_000, most: 600_000 } };
const INSTANCE = { instanceId: 'i', id: 'w' };

let harness: Harness;
const start = async (timing: Partial<Timing>) => {
  harness = await startHarness({ timing });
  await subscribe();
};
afterEach(() => harness.stop());

const subscribe = () =>
  harness.subscribe({ workflow: { ...INSTANCE, name: 'Analisis', nodeId: 'n' } });
const answerWith = (status: number) => {
  harness.receiver.answer = (res) => void res.writeHead(status).end();
};
const subscription = (path = '/webhook/materi') =>
  harness.db
    .selectFrom('subscriptions')
    .selectAll()
    .where('url', '=', `${harness.receiver.url}${path}`)
    .executeTakeFirstOrThrow();
const opened = (path?: string) =>
  until(async () => {
    const row = await subscription(path);
    return row.pausedUntil === null ? null : row;
  });
const closed = () => until(async () => (await subscription()).pausedUntil === null);
/** Adds materials in one request. @returns their jobs */
async function add(count: number): Promise<JobId[]> {
  const before = await jobs();
  const material = { subject: 'IPA', title: 'Daun', type: 'Modul', level: 'Fase B' };
  const items = Array.from({ length: count }, () => ({ operation: 'create', material }));
  await harness.request('POST', '/api/materials/batch', { token: SERVICE_KEY, body: { items } });
  const known = new Set(before.map(({ id }) => id));
  return (await jobs()).flatMap(({ id }) => (known.has(id) ? [] : [id]));
}
const jobs = () => harness.db.selectFrom('jobs').selectAll().orderBy('id').execute();
const allIn = (stage: string) =>
  until(async () => (await jobs()).every((row) => row.stage === stage));
const list = async () =>
  (await harness.request('GET', '/api/webhook/subscriptions', { token: SERVICE_KEY })).body;

describe('a subscription whose server does not answer', () => {
  it('gets one probe after each pause, from all instances together, and then all jobs once', async () => {
    await start(QUICK);
    const { config, timing } = harness;
    const second = await startPortal({ config, timing, log: createLogger('silent') });
    answerWith(503);
    await add(120);
    const row = await until(async () => {
      const now = await subscription();
      return now.misses >= MISSES_MOST + 10 ? now : null;
    });
    expect(row.pausedUntil).not.toBeNull();
    const { received } = harness.receiver;
    // Reads both again until no probe came between the two reads.
    const counted = await until(async () => {
      const posts = received.length;
      const { misses } = await subscription();
      return posts === received.length ? { posts, misses } : null;
    });
    const probes = counted.misses - MISSES_MOST;
    // One more probe may be on its way.
    expect(counted.posts).toBeLessThanOrEqual(MISSES_MOST - 1 + 2 * AT_ONCE + probes + 1);
    const touched = (await jobs()).filter(({ misses }) => misses > 0);
    expect(touched.length).toBeLessThanOrEqual(counted.posts);

    const failed = received.length;
    answerWith(202);
    await allIn('delivered');
    await second.stop();
    expect(await subscription()).toMatchObject({ misses: 0, pausedUntil: null });
    const delivered = received.slice(failed).map(({ event }) => event.data.job?.id);
    expect(new Set(delivered).size).toBe(120);
  });

  it.each<[string, () => void]>([
    [
      'the connection is refused or cut',
      () => (harness.receiver.answer = (res) => void res.destroy()),
    ],
    ['no answer comes in time', () => (harness.receiver.answer = () => undefined)],
    ['the answer is 500', () => answerWith(500)],
  ])('has an open circuit when %s', async (_, fail) => {
    await start({ ...LONG, post: 100 });
    fail();
    await add(MISSES_MOST);
    expect(await opened()).toMatchObject({ misses: MISSES_MOST });
  });

  it('has a closed circuit while it refuses posts with 4xx, for it answers', async () => {
    await start(QUICK);
    answerWith(404);
    await add(10);
    await until(async () => (await jobs()).every(({ misses }) => misses >= 2));
    expect(await subscription()).toMatchObject({ misses: 0, pausedUntil: null });
  });

  it('has a closed circuit if an answer comes between failures', async () => {
    await start({ ...QUICK, poll: 20 });
    let posts = 0;
    harness.receiver.answer = (res) => void res.writeHead((posts += 1) % 3 === 0 ? 202 : 503).end();
    for (let n = 0; n < 6; n += 1) {
      await add(1);
      await allIn('delivered');
    }
    expect(posts).toBeGreaterThan(2 * MISSES_MOST);
    expect(await subscription()).toMatchObject({ misses: 0, pausedUntil: null });
  });
});

describe('while a circuit is open', () => {
  beforeEach(async () => {
    await start(LONG);
    answerWith(503);
    await add(MISSES_MOST);
    await opened();
  });

  it('nothing is posted, and waiting jobs are not written', async () => {
    const ids = await add(30);
    const posts = harness.receiver.received.length;
    const seen = await harness.state(ids[0] as JobId);
    // A job of another kind goes through dispatch after them.
    await harness.subscribe({ url: `${harness.receiver.url}/other`, kinds: ['generate'] });
    answerWith(202);
    const gap = { subject: 'IPA', level: 'Fase B' };
    const generate = { kind: 'generate', options: { content: 'quiz', gap } };
    await harness.request('POST', '/api/jobs', { token: SERVICE_KEY, body: generate });
    await until(async () => (await jobs()).some(({ stage }) => stage === 'delivered'));
    const paths = harness.receiver.received.slice(posts).map(({ path }) => path);
    expect(paths).toEqual(['/other']);
    expect(await harness.state(ids[0] as JobId)).toEqual(seen);
  });

  it('a job fails at its deadline, and a lease that is over gives the next attempt', async () => {
    const [late, lapsed] = await add(2);
    await harness.callback('job.started', { jobId: lapsed, attempt: 1, executionId: 'e' });
    await sql`update jobs set claim_deadline = now() - interval '1 second' where id = ${late}`.execute(
      harness.db,
    );
    await sql`update jobs set lease_until = now(), next_at = now() where id = ${lapsed}`.execute(
      harness.db,
    );
    const failed = await until(async () => {
      const row = await harness.job(late as JobId);
      return row.status === 'FAILED' ? row : null;
    });
    expect(failed.error).toMatchObject({ code: 'workflow_absent' });
    await until(async () => (await harness.job(lapsed as JobId)).attempt === 2);
  });

  it('the list of subscriptions and the metrics show it', async () => {
    const { pausedUntil } = await subscription();
    const probeAt = pausedUntil?.toISOString();
    expect(await list()).toMatchObject({
      items: [{ circuit: { state: 'open', misses: MISSES_MOST, probeAt } }],
    });
    const metrics = await (await fetch(`${harness.portal.url}/metrics`)).text();
    expect(metrics).toContain('portal_circuits_open 1');
    await subscribe();
    expect(await list()).toMatchObject({
      items: [{ circuit: { state: 'closed', misses: 0, probeAt: null } }],
    });
  });

  it('a new registration closes it, and all jobs go out at once', async () => {
    await add(20);
    answerWith(202);
    await subscribe();
    await allIn('delivered');
  });

  it('stays closed if n8n registers during a probe and the probe then fails', async () => {
    const { id } = await subscription();
    await subscribe();
    const delivery = { at: new Date().toISOString(), status: null, error: 'timeout' };
    const change = { isReached: false, wasProbe: true, pauseMs: 600_000 };
    expect(await recordDelivery(harness.db, id, delivery, change)).toBeNull();
    expect(await subscription()).toMatchObject({ misses: 1, pausedUntil: null });
  });

  it('a restart of n8n closes it, and all jobs go out at once', async () => {
    await add(20);
    answerWith(202);
    const { instanceId, id: workflowId } = INSTANCE;
    const started = (more: object) =>
      harness.callback('trigger.started', { instanceId, workflowId, runningForMs: 0, ...more });
    await started({ workflowId: 'another' });
    expect((await subscription()).pausedUntil).not.toBeNull();
    await started({});
    await closed();
    await allIn('delivered');
  });
});

describe('a subscription that only listens', () => {
  it('gets no events while its circuit is open, and each of them after that', async () => {
    await start(QUICK);
    answerWith(202);
    const path = '/listener';
    await harness.subscribe({
      url: `${harness.receiver.url}${path}`,
      eventTypes: ['material.created'],
      kinds: [],
    });
    const heard = () => harness.receiver.received.filter((one) => one.path === path);
    harness.receiver.answer = (res, one) => void res.writeHead(one.path === path ? 503 : 202).end();
    await add(60);
    await until(async () => (await subscription(path)).misses >= MISSES_MOST + 5);
    const posts = heard().length;
    const probes = (await subscription(path)).misses - MISSES_MOST;
    // Dispatch takes as many events of new materials at once as jobs, and as many again.
    expect(posts).toBeLessThanOrEqual(MISSES_MOST - 1 + 3 * AT_ONCE + probes + 1);
    const failed = heard().length;
    answerWith(202);
    await until(async () => (await jobs()).every(({ announceAt }) => announceAt === null));
    const ids = heard()
      .slice(failed)
      .map(({ event }) => event.data.material?.id);
    expect(new Set(ids).size).toBe(60);
  });
});
