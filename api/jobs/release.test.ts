import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { startHarness, until, type Harness } from '../../test/harness/portal.ts';

const LEASE_MS = 60_000;
const WORKFLOW = { instanceId: 'n1', id: 'w1', name: 'Analisis', nodeId: 'trigger' };

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({
    timing: { lease: LEASE_MS, nextAttempt: { first: 1, most: 1 }, repost: LEASE_MS },
  });
});
afterAll(() => harness.stop());
beforeEach(async () => {
  await harness.db.deleteFrom('subscriptions').execute();
  harness.receiver.answer = (res) => void res.writeHead(202).end();
  await harness.subscribe({ workflow: WORKFLOW });
});

/** A job that an execution of the subscribed workflow has claimed. */
async function claimed(executionId: string) {
  const { job } = await harness.add();
  await until(async () => (await harness.job(job.id)).stage === 'delivered');
  const claim = { jobId: job.id, attempt: 1, executionId };
  expect((await harness.callback('job.started', claim)).status).toBe(200);
  return claim;
}

/** As if the claim had been made, or renewed, so long ago. */
const ago = (jobId: Awaited<ReturnType<typeof claimed>>['jobId'], ms: number) =>
  harness.db
    .updateTable('jobs')
    .set({ leaseUntil: sql<Date>`now() + ${LEASE_MS - ms}::float8 * interval '1 millisecond'` })
    .where('id', '=', jobId)
    .execute();

const started = (more: Record<string, unknown> = {}) =>
  harness.callback('trigger.started', {
    instanceId: 'n1',
    workflowId: 'w1',
    runningForMs: 10_000,
    ...more,
  });

describe('when a trigger says that n8n has started again', () => {
  it('a job that was claimed before gets its next attempt, and the old execution 409', async () => {
    const claim = await claimed('before');
    await ago(claim.jobId, 11_000);
    expect(await started()).toMatchObject({ status: 200, body: { released: 1 } });
    const job = await until(async () => {
      const found = await harness.job(claim.jobId);
      return found.attempt === 2 && found.stage === 'delivered' && found;
    });
    expect(job).toMatchObject({ status: 'PROCESSING', executionId: null });
    const late = await harness.callback('job.completed', { ...claim, result: {} });
    expect(late.status).toBe(409);
  });

  it('a job that was claimed since, or reported since, stays claimed', async () => {
    const claim = await claimed('since');
    await ago(claim.jobId, 11_000);
    await harness.callback('job.progress', { ...claim, progress: 50 });
    expect((await started()).body).toEqual({ released: 0 });
    expect(await harness.job(claim.jobId)).toMatchObject({ attempt: 1, executionId: 'since' });
  });

  it.each([
    ['another workflow', { workflowId: 'w2' }],
    ['another n8n', { instanceId: 'n2' }],
  ])('a job of %s stays claimed', async (_, other) => {
    const claim = await claimed('other');
    await ago(claim.jobId, 11_000);
    expect((await started(other)).body).toEqual({ released: 0 });
  });

  it('three times while the same job is claimed, the job ends as FAILED', async () => {
    const { jobId } = await claimed('attempt 1');
    for (const attempt of [1, 2, 3]) {
      await until(async () => {
        const job = await harness.job(jobId);
        return job.attempt === attempt && job.stage !== 'queued';
      });
      await harness.callback('job.started', { jobId, attempt, executionId: `attempt ${attempt}` });
      await ago(jobId, 11_000);
      expect((await started()).body).toEqual({ released: 1 });
    }
    const job = await until(async () => {
      const found = await harness.job(jobId);
      return found.status === 'FAILED' && found;
    });
    expect(job).toMatchObject({
      attempt: 3,
      error: { code: 'workflow_silent', detail: expect.stringContaining('A restart of n8n') },
    });
  });

  it('twice in the same delivery, it is answered the same and done once', async () => {
    const claim = await claimed('replayed');
    await ago(claim.jobId, 11_000);
    const delivery = { id: 'msg_start_of_n1' };
    const data = { instanceId: 'n1', workflowId: 'w1', runningForMs: 10_000 };
    const first = await harness.callback('trigger.started', data, delivery);
    const second = await harness.callback('trigger.started', data, delivery);
    expect([first.body, second.body]).toEqual([{ released: 1 }, { released: 1 }]);
  });

  it.each([
    ['an age below zero', { runningForMs: -1 }],
    ['an age of more than an hour', { runningForMs: 3_600_001 }],
    ['an instance without a name', { instanceId: '' }],
  ])('with %s, it is refused', async (_, wrong) => {
    expect((await started(wrong)).status).toBe(422);
  });
});
