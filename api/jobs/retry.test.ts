import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  SERVICE_KEY,
  someResult,
  startHarness,
  until,
  type Harness,
} from '../../test/harness/portal.ts';

let harness: Harness;
let owner: { id: number; token: string };
beforeAll(async () => {
  harness = await startHarness();
  owner = await harness.person();
});
afterAll(() => harness.stop());

const retry = (id: string, token = owner.token) =>
  harness.request('POST', `/api/jobs/${id}/retry`, { token });

/** A job of the owner's that has failed for good. */
async function failed() {
  const { job, material } = await harness.add(owner.token);
  const claim = { jobId: job.id, attempt: 1, executionId: `e-${job.id}` };
  await harness.callback('job.started', claim);
  const error = { code: 'model_refused', message: 'SAFETY', retryable: false };
  await harness.callback('job.failed', { ...claim, error });
  return { id: job.id, claim, material };
}

describe('a person’s retry', () => {
  it('opens a FAILED job again, with new deadlines, and says so in the audit log', async () => {
    const { id, claim } = await failed();
    await harness.db
      .updateTable('jobs')
      .set({ claimDeadline: new Date(0) })
      .where('id', '=', id)
      .execute();
    const answer = await retry(id);
    expect(answer).toMatchObject({
      status: 200,
      body: { id, status: 'PROCESSING', attempt: 2, progress: 0, error: null, executionId: null },
    });
    expect(answer.body).not.toHaveProperty('endedAt');
    const row = await harness.job(id);
    expect(row.claimDeadline.getTime()).toBeGreaterThan(Date.now() + 59 * 60_000);
    const audit = await harness.db
      .selectFrom('auditLog')
      .selectAll()
      .where('subject', '=', `job:${id}`)
      .executeTakeFirstOrThrow();
    expect(audit).toMatchObject({
      actor: `user:${owner.id}`,
      action: 'job.retried',
      details: { attempt: 2, error: 'model_refused' },
    });

    await harness.callback('job.started', { ...claim, attempt: 2 });
    const done = { ...claim, attempt: 2, result: someResult() };
    expect((await harness.callback('job.completed', done)).status).toBe(200);
    expect((await harness.job(id)).status).toBe('COMPLETED');
  });

  it('is posted at once', async () => {
    const { id } = await failed();
    await harness.subscribe();
    await retry(id);
    const post = await until(() =>
      harness.receiver.received.find(
        ({ event }) => event.data.job?.id === id && event.data.job.attempt === 2,
      ),
    );
    expect(post.headers['webhook-id']).toBe(`job_${id}_2`);
  });

  it('of a job that has not failed is 409', async () => {
    const { job } = await harness.add(owner.token);
    expect(await retry(job.id)).toMatchObject({
      status: 409,
      body: { type: '/problems/job-not-failed' },
    });
    const { id } = await failed();
    const answers = await Promise.all([retry(id), retry(id), retry(id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await harness.job(id)).attempt).toBe(2);
  });

  it('is 409 while another job of the material is open', async () => {
    const { id, material } = await failed();
    const again = await harness.db
      .insertInto('jobs')
      .values({
        ...(await harness.db
          .selectFrom('jobs')
          .select(['userId', 'materialId', 'kind', 'claimDeadline'])
          .where('id', '=', id)
          .executeTakeFirstOrThrow()),
        id: (await harness.add()).job.id,
        nextAt: new Date(),
      })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({ materialId: material.id, nextAt: new Date() }),
      )
      .returning('id')
      .executeTakeFirstOrThrow();
    expect(again.id).not.toBe(id);
    expect(await retry(id)).toMatchObject({ status: 409, body: { type: '/problems/job-open' } });
    expect((await harness.job(id)).status).toBe('FAILED');
  });

  it('is for the owner and for admins; to another teacher the job is unknown', async () => {
    const { id } = await failed();
    const stranger = await harness.person();
    const admin = await harness.person('admin');
    expect((await retry(id, stranger.token)).status).toBe(404);
    expect((await retry(id, SERVICE_KEY)).status).toBe(403);
    expect((await harness.request('POST', `/api/jobs/${id}/retry`)).status).toBe(401);
    expect((await harness.job(id)).status).toBe('FAILED');
    expect((await retry(id, admin.token)).status).toBe(200);
  });

  it('is for the material as it reads now: what changed before is not analysed twice', async () => {
    const { id, claim, material } = await failed();
    await harness.db
      .updateTable('materials')
      .set({ title: 'Judul baru', textHash: 'e'.repeat(64) })
      .where('id', '=', material.id)
      .execute();
    await retry(id);
    await harness.callback('job.started', { ...claim, attempt: 2 });
    await harness.callback('job.completed', { ...claim, attempt: 2, result: someResult() });
    const jobs = await harness.db
      .selectFrom('jobs')
      .select('id')
      .where('materialId', '=', material.id)
      .execute();
    expect(jobs).toHaveLength(1);
  });
});
