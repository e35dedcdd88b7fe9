import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { JobId } from '../../core/index.ts';
import { createLogger } from '../log.ts';
import { startPortal } from '../start.ts';
import { startHarness, until, type Harness } from '../../test/harness/portal.ts';

/** Deliveries beyond one job and one subscription. */

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

describe('a post that is not answered', () => {
  it('is given up after a while and tried again, under the same id', async () => {
    const slow = await startHarness({
      timing: { post: 100, backoff: { first: 10, most: 20 } },
    });
    try {
      let ignored = 1;
      slow.receiver.answer = (res) => {
        if (ignored-- <= 0) res.writeHead(202).end();
      };
      await slow.subscribe();
      const { job } = await slow.add();
      await until(async () => (await slow.job(job.id)).stage === 'delivered');
      const [first, ...again] = slow.receiver.received.map(({ headers }) => headers['webhook-id']);
      expect(first).toBe(`job_${job.id}_1`);
      // On a busy machine an answer may come too late as well.
      expect(new Set(again)).toEqual(new Set([first]));
    } finally {
      await slow.stop();
    }
  });
});

describe('many jobs', () => {
  it('are each posted once by two instances, while slow ones hold up none', async () => {
    const { config, timing } = harness;
    const second = await startPortal({ config, timing, log: createLogger('silent') });
    const held: (() => void)[] = [];
    let slow = 3;
    harness.receiver.answer = (res) => {
      if (slow-- > 0) held.push(() => res.writeHead(202).end());
      else res.writeHead(202).end();
    };
    await harness.subscribe();
    const jobs = await Promise.all(Array.from({ length: 30 }, () => harness.add()));
    const ids = jobs.map(({ job }) => job.id);
    await until(async () => {
      const rows = await harness.db
        .selectFrom('jobs')
        .select('id')
        .where('id', 'in', ids)
        .where('stage', '=', 'delivered')
        .execute();
      return rows.length === 27;
    });
    held.forEach((answer) => answer());
    for (const id of ids) await inStage(id, 'delivered');
    await second.stop();
    expect(ids.map((id) => postsOf(id).length)).toEqual(ids.map(() => 1));
  });
});

describe('who only listens', () => {
  it('hears of a new material once, without a job, and who claims it hears of the job', async () => {
    const url = `${harness.receiver.url}/listener`;
    await harness.subscribe({ url, eventTypes: ['material.created'], kinds: [] });
    await harness.subscribe({ eventTypes: ['material.created', 'job.requested'] });
    const { job, material } = await harness.add();
    await until(async () => (await harness.job(job.id)).announceAt === null);
    await inStage(job.id, 'delivered');
    const about = harness.receiver.received.filter(
      ({ event }) => event.data.material?.id === material.id,
    );
    const heard = about.map(({ path, event }) => [path, event.type, event.data.job?.id ?? null]);
    expect(heard.sort()).toEqual([
      ['/listener', 'material.created', null],
      ['/webhook/materi', 'job.requested', job.id],
    ]);
  });

  it('is told again when it did not answer, under the same id', async () => {
    let refusals = 1;
    harness.receiver.answer = (res) => void res.writeHead(refusals-- > 0 ? 500 : 202).end();
    await harness.subscribe({ eventTypes: ['material.created'], kinds: [] });
    const { job, material } = await harness.add();
    await until(async () => (await harness.job(job.id)).announceAt === null);
    const ids = harness.receiver.received
      .filter(({ event }) => event.data.material?.id === material.id)
      .map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual([`created_${material.id}`, `created_${material.id}`]);
  });
});
