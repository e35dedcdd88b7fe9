import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { olderResult, someResult, startHarness, type Harness } from '../../test/harness/portal.ts';

/** The lines of the state table by which a job ends, or begins its next attempt. */

const MINUTE = 60_000;

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const failure = (retryable: boolean, message = 'Gemini answered 503.') => ({
  code: 'model_unavailable',
  message,
  retryable,
});
async function open(executionId = `e-${uuidv7()}`) {
  const { job, material } = await harness.add();
  const claim = { jobId: job.id, attempt: 1, executionId };
  return { id: job.id, material, claim };
}
async function claimed() {
  const opened = await open();
  await harness.callback('job.started', opened.claim);
  return opened;
}
const minutesUntil = (at: Date | null) => ((at?.getTime() ?? 0) - Date.now()) / MINUTE;
const isConflict = (type: string) => ({ status: 409, body: { type: `/problems/${type}` } });

describe('job.completed', () => {
  it('completes the job, and leaves the material’s AI fields pending for the sheet', async () => {
    const { id, claim, material } = await claimed();
    const result = someResult();
    expect(await harness.callback('job.completed', { ...claim, result })).toMatchObject({
      status: 200,
      body: { job: { id, status: 'COMPLETED' } },
    });
    expect(await harness.job(id)).toMatchObject({
      status: 'COMPLETED',
      stage: 'ended',
      progress: 100,
      resultJson: result,
      nextAt: null,
      error: null,
    });
    const row = await harness.db
      .selectFrom('materials')
      .selectAll()
      .where('id', '=', material.id)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      aiSummary: result.analysis.summary.teacher,
      aiStatus: 'COMPLETED',
      aiSource: result.source,
      analysisJobId: id,
      revision: 1,
    });
  });

  it('completes the job with a result of an older node, and shows its summary', async () => {
    const { id, claim, material } = await claimed();
    const result = olderResult('Ringkasan dari node lama.');
    expect((await harness.callback('job.completed', { ...claim, result })).status).toBe(200);
    expect(await harness.job(id)).toMatchObject({ status: 'COMPLETED', resultJson: result });
    const { token } = await harness.person('admin');
    const shown = await harness.request('GET', `/api/materials/${material.id}`, { token });
    expect(shown.body).toMatchObject({
      material: { aiSummary: 'Ringkasan dari node lama.', aiSource: result.source },
      analysis: { analysis: result.analysis },
    });
  });

  it('answers 422 with the path for an invalid result, and the job stays claimed', async () => {
    const { id, claim } = await claimed();
    const result = someResult();
    const classification = { ...result.analysis.classification, level: 'SD' };
    const analysis = { ...result.analysis, classification, missing: [''] };
    const wrong = { ...result, analysis };
    const answer = await harness.callback('job.completed', { ...claim, result: wrong });
    expect(answer.status).toBe(422);
    const { errors } = answer.body as { errors: { path: string }[] };
    expect(errors.map(({ path }) => path)).toEqual([
      'data.result.analysis.missing.0',
      'data.result.analysis.classification.level',
    ]);
    expect(await harness.job(id)).toMatchObject({ stage: 'claimed', resultJson: null });
    expect((await harness.callback('job.completed', { ...claim, result })).status).toBe(200);
  });

  it('answers 200 to the same job.completed again and 409 to any other event, and changes nothing', async () => {
    const { id, claim } = await claimed();
    const result = someResult();
    await harness.callback('job.completed', { ...claim, result });
    const before = await harness.state(id);
    expect((await harness.callback('job.completed', { ...claim, result })).status).toBe(200);
    const others = [
      ['job.completed', { ...claim, result: someResult('Lain.') }],
      ['job.completed', { ...claim, executionId: 'another', result }],
      ['job.completed', { ...claim, result: 'nonsense' }],
      ['job.failed', { ...claim, error: failure(false) }],
      ['job.started', claim],
      ['job.progress', { ...claim, progress: 1 }],
    ] as const;
    for (const [type, data] of others) {
      expect(await harness.callback(type, data)).toMatchObject(isConflict('job-ended'));
    }
    expect(await harness.state(id)).toEqual(before);
  });

  it('answers 409 to job.completed before a claim or by another execution', async () => {
    const { claim } = await open();
    const done = { ...claim, result: someResult() };
    expect(await harness.callback('job.completed', done)).toMatchObject(
      isConflict('job-not-claimed'),
    );
    await harness.callback('job.started', claim);
    const other = { ...done, executionId: 'another' };
    expect(await harness.callback('job.completed', other)).toMatchObject(isConflict('job-claimed'));
  });

  it('opens the next job if the material’s text has changed since the job was opened', async () => {
    const { id, claim, material } = await claimed();
    await harness.db
      .updateTable('materials')
      .set({ title: 'Judul baru', textHash: 'f'.repeat(64) })
      .where('id', '=', material.id)
      .execute();
    await harness.callback('job.completed', { ...claim, result: someResult() });
    const jobs = await harness.db
      .selectFrom('jobs')
      .selectAll()
      .where('materialId', '=', material.id)
      .orderBy('createdAt')
      .execute();
    expect(jobs).toHaveLength(2);
    expect(jobs[0]).toMatchObject({ id, status: 'COMPLETED' });
    expect(jobs[1]).toMatchObject({ status: 'PROCESSING', textHash: 'f'.repeat(64) });
  });

  it('opens no next job if the material was deleted', async () => {
    const { claim, material } = await claimed();
    await harness.db
      .updateTable('materials')
      .set({ deletedAt: new Date(), textHash: 'f'.repeat(64) })
      .where('id', '=', material.id)
      .execute();
    expect(
      (await harness.callback('job.completed', { ...claim, result: someResult() })).status,
    ).toBe(200);
    const jobs = await harness.db
      .selectFrom('jobs')
      .select('id')
      .where('materialId', '=', material.id)
      .execute();
    expect(jobs).toHaveLength(1);
  });

  it('accepts one of two endings that arrive at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id, claim } = await claimed();
      const [done, failed] = await Promise.all([
        harness.callback('job.completed', { ...claim, result: someResult() }),
        harness.callback('job.failed', { ...claim, error: failure(false) }),
      ]);
      expect([done.status, failed.status].sort()).toEqual([200, 409]);
      const { status } = await harness.job(id);
      expect(status).toBe(done.status === 200 ? 'COMPLETED' : 'FAILED');
    }
  });
});

describe('job.failed', () => {
  it('starts the next attempt after a pause for a retryable failure, twice, and then fails the job', async () => {
    const { id, claim } = await claimed();
    for (const attempt of [1, 2]) {
      const error = failure(true);
      const answer = await harness.callback('job.failed', { ...claim, attempt, error });
      expect(answer).toMatchObject({
        status: 200,
        body: { job: { attempt: attempt + 1, status: 'PROCESSING' } },
      });
      const row = await harness.job(id);
      expect(row).toMatchObject({ stage: 'queued', executionId: null, progress: 0 });
      const pause = minutesUntil(row.nextAt) * 60;
      expect(pause).toBeGreaterThan(2 * attempt);
      expect(pause).toBeLessThan(5 * attempt + 1);
      expect(minutesUntil(row.claimDeadline)).toBeCloseTo(60, 0);
      await harness.callback('job.started', { ...claim, attempt: attempt + 1 });
    }
    await harness.callback('job.failed', { ...claim, attempt: 3, error: failure(true) });
    expect(await harness.job(id)).toMatchObject({ status: 'FAILED', attempt: 3 });
  });

  it('fails the job for a lasting failure, with a reason that a teacher understands', async () => {
    const { token } = await harness.person('admin');
    const { id, claim, material } = await claimed();
    await harness.callback('job.failed', { ...claim, error: failure(false, 'HTTP 503') });
    expect((await harness.request('GET', `/api/jobs/${id}`, { token })).body).toMatchObject({
      status: 'FAILED',
      result: null,
      error: {
        code: 'model_unavailable',
        message: { id: expect.stringContaining('coba lagi'), en: expect.stringContaining('again') },
        detail: 'HTTP 503',
      },
    });
    const row = await harness.db
      .selectFrom('materials')
      .selectAll()
      .where('id', '=', material.id)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ aiStatus: 'FAILED', aiSummary: '', analysisJobId: null });
    expect(row.pending).toMatchObject({ aiStatus: 1 });
    expect(row.pending).not.toHaveProperty('aiSummary');
  });

  it('answers 200 to the same job.failed again, also after the next attempt has begun', async () => {
    const { id, claim } = await claimed();
    const data = { ...claim, error: failure(true) };
    await harness.callback('job.failed', data);
    expect((await harness.callback('job.failed', data)).status).toBe(200);
    expect((await harness.job(id)).attempt).toBe(2);
  });

  it('answers 409 to job.failed of an older attempt', async () => {
    const { id, claim } = await claimed();
    await harness.callback('job.failed', { ...claim, error: failure(true) });
    await harness.callback('job.started', { ...claim, attempt: 2, executionId: 'second' });
    const late = { ...claim, result: someResult() };
    expect(await harness.callback('job.completed', late)).toMatchObject(isConflict('attempt-over'));
    expect(await harness.job(id)).toMatchObject({ stage: 'claimed', executionId: 'second' });
  });

  it('finds the job of a job.failed that names only the execution', async () => {
    const { id, claim } = await claimed();
    const { executionId } = claim;
    const error = { ...failure(false), code: 'workflow_error' };
    expect(await harness.callback('job.failed', { executionId, error })).toMatchObject({
      status: 200,
      body: { job: { id, status: 'FAILED' } },
    });
    expect((await harness.job(id)).error?.code).toBe('workflow_error');
  });

  it('answers 404 to job.failed by an execution without a claim, and 409 if its job has ended', async () => {
    const error = failure(false);
    const nobody = { executionId: 'nobody', error };
    expect((await harness.callback('job.failed', nobody)).status).toBe(404);
    const { claim } = await claimed();
    await harness.callback('job.completed', { ...claim, result: someResult() });
    const { executionId } = claim;
    expect(await harness.callback('job.failed', { executionId, error })).toMatchObject(
      isConflict('job-ended'),
    );
  });
});
