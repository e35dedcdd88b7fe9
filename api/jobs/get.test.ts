import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SERVICE_KEY, startHarness, type Harness } from '../../test/harness/portal.ts';
import { presentJob } from './present.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const CLAIMED = {
  stage: 'claimed',
  executionId: 'e',
  leaseUntil: new Date(),
  progress: 40,
  startedAt: new Date(),
} as const;

it.each([
  ['has just been opened', { progress: 0 }],
  ['runs', CLAIMED],
  [
    'has a result',
    {
      stage: 'ended',
      status: 'COMPLETED',
      nextAt: null,
      startedAt: '2026-01-02T03:04:05.678912Z',
      endedAt: '2026-01-02T03:04:05Z',
      options: JSON.stringify({ content: 'quiz', gap: null }),
      resultJson: JSON.stringify({ summary: 'Daun "hijau" \u2028 é', nested: [{ a: null }, 1.5] }),
    },
  ],
  [
    'has failed',
    {
      stage: 'ended',
      status: 'FAILED',
      nextAt: null,
      attempt: 3,
      endedAt: new Date(),
      error: JSON.stringify({ code: 'workflow_silent', detail: 'n8n has not answered.' }),
    },
  ],
] as const)('GET shows the same as a presented row for a job that %s', async (_, columns) => {
  const { job } = await harness.add();
  await harness.db.updateTable('jobs').set(columns).where('id', '=', job.id).execute();
  const path = `/api/jobs/${job.id.toUpperCase()}`;
  const { status, body } = await harness.request('GET', path, { token: SERVICE_KEY });
  expect({ status, body }).toEqual({ status: 200, body: presentJob(await harness.job(job.id)) });
});
