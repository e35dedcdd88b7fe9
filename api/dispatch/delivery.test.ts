import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { backoff, verify, type JobId } from '../../core/index.ts';
import { TIMING } from '../timing.ts';
import {
  SERVICE_KEY,
  startHarness,
  TO_N8N,
  until,
  type Harness,
} from '../../test/harness/portal.ts';

/** The lines of the state table that deliveries and deadlines move. */

const MINUTE = 60_000;

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ timing: { backoff: { first: 20, most: 40 } } });
});
afterAll(() => harness.stop());
beforeEach(async () => {
  await harness.db.deleteFrom('subscriptions').execute();
  harness.receiver.answer = (res) => void res.writeHead(202).end();
});

const postsOf = (id: JobId) =>
  harness.receiver.received.filter(({ event }) => event.data.job?.id === id);
const inStage = (id: JobId, stage: string) =>
  until(async () => {
    const row = await harness.job(id);
    return row.stage === stage ? row : null;
  });
const minutesUntil = (at: Date | null) => ((at?.getTime() ?? 0) - Date.now()) / MINUTE;
const set = (id: JobId, column: 'nextAt' | 'claimDeadline') =>
  harness.db
    .updateTable('jobs')
    .set({ [column]: sql`now() - interval '1 second'` })
    .where('id', '=', id)
    .execute();

describe('a queued job', () => {
  it('is posted at once, signed, with its material', async () => {
    await harness.subscribe();
    const { job, material } = await harness.add();
    const [post] = await until(() => (postsOf(job.id).length > 0 ? postsOf(job.id) : null));
    expect(post?.path).toBe('/webhook/materi');
    expect(post?.event).toMatchObject({
      type: 'job.requested',
      data: { job: { id: job.id, kind: 'analyze', attempt: 1, options: {} }, material },
    });
    expect(post?.event.test).toBeUndefined();
    const now = Date.now() / 1_000;
    const headers = { ...post?.headers };
    expect(verify(TO_N8N, { headers, body: post?.body ?? '', now })).toBe(`job_${job.id}_1`);
    const row = await inStage(job.id, 'delivered');
    expect(row).toMatchObject({ status: 'PROCESSING', deliveries: 1, executionId: null });
    expect(minutesUntil(row.nextAt)).toBeCloseTo(1, 1);
    expect(minutesUntil(row.claimDeadline)).toBeCloseTo(60, 0);
  });

  it('waits for a subscription, and goes out when one is put', async () => {
    const { job } = await harness.add();
    const waiting = await until(async () => {
      const row = await harness.job(job.id);
      return row.misses > 1 ? row : null;
    });
    expect(waiting).toMatchObject({ stage: 'queued', status: 'PROCESSING', deliveries: 0 });
    await harness.subscribe();
    await inStage(job.id, 'delivered');
  });

  it.each([404, 500, 503])('is posted again, under the same id, after a %i', async (status) => {
    let refusals = 2;
    harness.receiver.answer = (res) => void res.writeHead(refusals-- > 0 ? status : 202).end();
    await harness.subscribe();
    const { job } = await harness.add();
    const row = await inStage(job.id, 'delivered');
    expect(row).toMatchObject({ deliveries: 1, misses: 0 });
    const posts = postsOf(job.id);
    expect(posts).toHaveLength(3);
    expect(new Set(posts.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it('is posted again when n8n comes back', async () => {
    harness.receiver.answer = (res) => void res.destroy();
    await harness.subscribe();
    const { job } = await harness.add();
    await until(() => postsOf(job.id).length >= 2);
    const { body } = await harness.request('GET', '/api/webhook/subscriptions', {
      token: SERVICE_KEY,
    });
    expect(body).toMatchObject({
      items: [{ lastDelivery: { status: null, error: expect.stringMatching(/./) } }],
    });
    harness.receiver.answer = (res) => void res.writeHead(202).end();
    await inStage(job.id, 'delivered');
  });

  it('is delivered, and its answer dropped, when the answer does not end', async () => {
    let sent = 0;
    let closed = false;
    harness.receiver.answer = (res) => {
      res.writeHead(200).on('close', () => (closed = true));
      const more = () => {
        while (!res.destroyed && res.write(Buffer.alloc(65_536))) sent += 65_536;
      };
      res.on('drain', more);
      more();
    };
    await harness.subscribe();
    const { job } = await harness.add();
    await inStage(job.id, 'delivered');
    await until(() => closed);
    expect(sent).toBeLessThan(20_000_000);
  });

  it('is not carried where a redirect points', async () => {
    harness.receiver.answer = (res, { path }) => {
      if (path === '/elsewhere') res.writeHead(202).end();
      else res.writeHead(307, { Location: `${harness.receiver.url}/elsewhere` }).end();
    };
    await harness.subscribe();
    const { job } = await harness.add();
    await until(() => postsOf(job.id).length >= 2);
    expect(postsOf(job.id).map(({ path }) => path)).not.toContain('/elsewhere');
    expect((await harness.job(job.id)).stage).toBe('queued');
  });

  it('that nobody took for an hour is FAILED, with a reason that a teacher understands', async () => {
    const { job } = await harness.add();
    await set(job.id, 'claimDeadline');
    const row = await inStage(job.id, 'ended');
    expect(row).toMatchObject({ status: 'FAILED', error: { code: 'workflow_absent' } });
  });

  it('waits at most half a minute between two posts', () => {
    for (let tries = 1; tries < 40; tries += 1) {
      const pause = backoff(TIMING.backoff, tries);
      expect(pause).toBeGreaterThanOrEqual(Math.min(500 * 2 ** (tries - 1), 15_000));
      expect(pause).toBeLessThanOrEqual(Math.min(1_000 * 2 ** (tries - 1), 30_000));
    }
  });
});

describe('a delivered job', () => {
  it('that nobody claims is posted again after 1, 2, 4 minutes, and after an hour FAILED', async () => {
    await harness.subscribe();
    const { job } = await harness.add();
    for (const [times, minutes] of [
      [1, 1],
      [2, 2],
      [3, 4],
      [4, 8],
    ] as const) {
      const row = await until(async () => {
        const now = await harness.job(job.id);
        return now.deliveries === times ? now : null;
      });
      expect(minutesUntil(row.nextAt)).toBeCloseTo(minutes, 1);
      await set(job.id, 'nextAt');
    }
    const posts = await until(() => (postsOf(job.id).length === 5 ? postsOf(job.id) : null));
    expect(new Set(posts.map(({ headers }) => headers['webhook-id'])).size).toBe(1);

    await inStage(job.id, 'delivered');
    await set(job.id, 'claimDeadline');
    await set(job.id, 'nextAt');
    const row = await inStage(job.id, 'ended');
    expect(row).toMatchObject({ status: 'FAILED', error: { code: 'workflow_absent' } });
  });

  it('is looked at no later than its deadline', async () => {
    await harness.subscribe();
    const { job } = await harness.add();
    await inStage(job.id, 'delivered');
    await harness.db
      .updateTable('jobs')
      .set({ deliveries: 9, claimDeadline: sql<Date>`now() + interval '3 minutes'` })
      .where('id', '=', job.id)
      .execute();
    await set(job.id, 'nextAt');
    const row = await until(async () => {
      const now = await harness.job(job.id);
      return now.deliveries === 10 ? now : null;
    });
    expect(row.nextAt).toEqual(row.claimDeadline);
  });

  it('may be claimed before the answer to its post is out', async () => {
    harness.receiver.answer = async (res, { event }) => {
      const offer = event.data.job;
      const claim = { jobId: offer?.id, attempt: offer?.attempt, executionId: 'quick' };
      await harness.callback('job.started', claim);
      res.writeHead(202).end();
    };
    await harness.subscribe();
    const { job } = await harness.add();
    await inStage(job.id, 'claimed');
    await until(async () => {
      const rows = await harness.db.selectFrom('subscriptions').selectAll().execute();
      return rows[0]?.lastDelivery?.status === 202;
    });
    expect(await harness.job(job.id)).toMatchObject({ stage: 'claimed', executionId: 'quick' });
  });

  it('carries its next attempt under another id', async () => {
    await harness.subscribe();
    const { job } = await harness.add();
    await inStage(job.id, 'delivered');
    const claim = { jobId: job.id, attempt: 1, executionId: 'e' };
    await harness.callback('job.started', claim);
    const error = { code: 'model_quota', message: '429', retryable: true };
    await harness.callback('job.failed', { ...claim, error });
    await set(job.id, 'nextAt');
    await until(() => postsOf(job.id).length === 2);
    expect(postsOf(job.id).map(({ headers }) => headers['webhook-id'])).toEqual([
      `job_${job.id}_1`,
      `job_${job.id}_2`,
    ]);
  });
});
