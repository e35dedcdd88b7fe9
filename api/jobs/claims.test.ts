import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { waitsForLock } from '../../test/harness/lockWait.ts';
import { someResult, startHarness, until, type Harness } from '../../test/harness/portal.ts';
import { toClaimed } from './transitions.ts';

/** The lines of the state table that a claim moves. */

const MINUTE = 60_000;

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

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
const longAgo = sql<Date>`now() - interval '1 second'`;
const isConflict = (type: string) => ({ status: 409, body: { type: `/problems/${type}` } });

describe('job.started', () => {
  it('claims the job, leased for 15 minutes', async () => {
    const { id, claim } = await open();
    expect(await harness.callback('job.started', claim)).toMatchObject({
      status: 200,
      body: { job: { id, kind: 'analyze', attempt: 1, options: {}, status: 'PROCESSING' } },
    });
    const row = await harness.job(id);
    expect(row).toMatchObject({ stage: 'claimed', executionId: claim.executionId });
    expect(minutesUntil(row.leaseUntil)).toBeCloseTo(15, 0);
    expect(row.nextAt).toEqual(row.leaseUntil);
  });

  it('by the same execution again is 200', async () => {
    const { claim } = await claimed();
    expect((await harness.callback('job.started', claim)).status).toBe(200);
  });

  it('by another execution is 409, and the first keeps it', async () => {
    const { id, claim } = await claimed();
    const other = { ...claim, executionId: 'another' };
    expect(await harness.callback('job.started', other)).toMatchObject(isConflict('job-claimed'));
    expect((await harness.job(id)).executionId).toBe(claim.executionId);
  });

  it('by ten executions at once is one claim', async () => {
    const { claim } = await open();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        harness.callback('job.started', { ...claim, executionId: `racer-${n}` }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      200,
      ...Array.from({ length: 9 }, () => 409),
    ]);
  });

  it('and job.progress of one execution at the same time are both 200', async () => {
    const { id, claim } = await open();
    const { sent } = await harness.db.transaction().execute(async (trx) => {
      await toClaimed(trx, { ...claim, executionId: null }, claim.executionId, MINUTE);
      const sent = harness.callback('job.progress', { ...claim, progress: 40 });
      await Promise.race([sent, until(() => waitsForLock(harness.db))]);
      return { sent };
    });
    expect(await sent).toMatchObject({ status: 200 });
    expect((await harness.job(id)).progress).toBe(40);
  });

  it('for an unknown job is 404', async () => {
    const unknown = { jobId: uuidv7(), attempt: 1, executionId: 'e' };
    expect((await harness.callback('job.started', unknown)).status).toBe(404);
  });

  it('for an attempt that is not the current one is 409', async () => {
    const { claim } = await open();
    const next = { ...claim, attempt: 2 };
    expect(await harness.callback('job.started', next)).toMatchObject(isConflict('attempt-over'));
  });
});

describe('job.progress', () => {
  it('renews the lease', async () => {
    const { id, claim } = await claimed();
    await harness.db
      .updateTable('jobs')
      .set({ leaseUntil: sql<Date>`now() + interval '1 minute'` })
      .where('id', '=', id)
      .execute();
    const answer = await harness.callback('job.progress', { ...claim, progress: 40 });
    expect(answer.status).toBe(200);
    const row = await harness.job(id);
    expect(row.progress).toBe(40);
    expect(minutesUntil(row.leaseUntil)).toBeCloseTo(15, 0);
  });

  it('that comes late does not move the progress back', async () => {
    const { id, claim } = await claimed();
    await harness.callback('job.progress', { ...claim, progress: 60 });
    await harness.callback('job.progress', { ...claim, progress: 40 });
    expect((await harness.job(id)).progress).toBe(60);
  });

  it('before a claim, or by another execution, is 409', async () => {
    const { claim } = await open();
    const progress = { ...claim, progress: 1 };
    expect(await harness.callback('job.progress', progress)).toMatchObject(
      isConflict('job-not-claimed'),
    );
    await harness.callback('job.started', claim);
    const other = { ...progress, executionId: 'another' };
    expect(await harness.callback('job.progress', other)).toMatchObject(isConflict('job-claimed'));
  });
});

describe('a lease that is over', () => {
  const letLapse = (id: Awaited<ReturnType<typeof open>>['id']) =>
    harness.db
      .updateTable('jobs')
      .set({ leaseUntil: longAgo, nextAt: longAgo })
      .where('id', '=', id)
      .execute();

  it('starts the next attempt, and after the third the job is FAILED', async () => {
    const { id, claim } = await claimed();
    for (const attempt of [1, 2, 3]) {
      await harness.callback('job.started', { ...claim, attempt });
      await letLapse(id);
      const row = await until(async () => {
        const now = await harness.job(id);
        return now.stage === 'claimed' ? null : now;
      });
      if (attempt < 3) expect(row).toMatchObject({ stage: 'queued', attempt: attempt + 1 });
      else expect(row).toMatchObject({ status: 'FAILED', error: { code: 'workflow_silent' } });
    }
  });

  it('is too late for its execution: 409', async () => {
    const { id, claim } = await claimed();
    await letLapse(id);
    await until(async () => (await harness.job(id)).attempt === 2);
    const late = { ...claim, result: someResult() };
    expect(await harness.callback('job.completed', late)).toMatchObject(isConflict('attempt-over'));
  });
});
