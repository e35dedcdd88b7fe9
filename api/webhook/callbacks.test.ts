import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { sign } from '../../core/index.ts';
import {
  FROM_N8N,
  someResult,
  startHarness,
  TO_N8N,
  type Harness,
} from '../../test/harness/portal.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

async function open() {
  const { job } = await harness.add();
  const executionId = `e-${job.id}`;
  return { id: job.id, claim: { jobId: job.id, attempt: 1, executionId } };
}
const event = (data: unknown, type = 'job.started') =>
  JSON.stringify({ type, timestamp: new Date().toISOString(), data });
const post = (raw: string, headers: object = {}) =>
  harness.request('POST', '/api/webhook/n8n', { raw, headers: { ...headers } });
const seconds = () => Math.floor(Date.now() / 1_000);
const isUnclaimed = async (id: Awaited<ReturnType<typeof open>>['id']) =>
  expect((await harness.job(id)).stage).not.toBe('claimed');

describe('a refused callback', () => {
  const unsigned = { status: 401, body: { type: '/problems/not-signed' } };

  it('refuses a callback without a signature, and changes nothing', async () => {
    const { id, claim } = await open();
    expect(await post(event(claim))).toMatchObject(unsigned);
    await isUnclaimed(id);
  });

  it('refuses a callback with another body than the signed one, and changes nothing', async () => {
    const { id, claim } = await open();
    const message = { id: 'm1', timestamp: seconds(), body: event({ ...claim, attempt: 9 }) };
    expect(await post(event(claim), sign(FROM_N8N, message))).toMatchObject(unsigned);
    await isUnclaimed(id);
  });

  it('refuses a callback that was signed more than five minutes ago, and changes nothing', async () => {
    const { id, claim } = await open();
    const body = event(claim);
    const stale = sign(FROM_N8N, { id: 'm2', timestamp: seconds() - 301, body });
    expect(await post(body, stale)).toMatchObject(unsigned);
    await isUnclaimed(id);
  });

  it('refuses a callback that is signed with the secret of the other direction, and changes nothing', async () => {
    const { id, claim } = await open();
    const answer = await harness.callback('job.started', claim, { secret: TO_N8N[0] });
    expect(answer).toMatchObject(unsigned);
    await isUnclaimed(id);
  });

  it('refuses a signed callback that is no JSON or no event, and changes nothing', async () => {
    const { claim } = await open();
    const signed = (body: string) =>
      post(body, sign(FROM_N8N, { id: uuidv7(), timestamp: seconds(), body }));
    expect(await signed('{')).toMatchObject({ status: 400 });
    expect(await signed('')).toMatchObject({ status: 400 });
    expect(await signed(event(claim, 'job.forgotten'))).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'type' }] },
    });
    expect(await signed(event({ ...claim, attempt: 0 }))).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'data.attempt' }] },
    });
  });
});

describe('a callback', () => {
  it('takes a callback that is signed with any of the secrets', async () => {
    const { claim } = await open();
    for (const secret of FROM_N8N) {
      expect((await harness.callback('job.started', claim, { secret })).status).toBe(200);
    }
  });

  it('gives the first answer to a webhook-id that comes again, whatever happened since', async () => {
    const { id, claim } = await open();
    const first = await harness.callback('job.started', claim, { id: 'again' });
    await harness.callback('job.completed', { ...claim, result: someResult() });
    const before = await harness.state(id);
    const again = await harness.callback('job.started', claim, { id: 'again' });
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
    expect(await harness.state(id)).toEqual(before);
  });

  it('refuses a refused callback again with the first answer', async () => {
    const { claim } = await open();
    const progress = { ...claim, progress: 5 };
    const first = await harness.callback('job.progress', progress, { id: 'refused' });
    expect(first.status).toBe(409);
    await harness.callback('job.started', claim);
    const again = await harness.callback('job.progress', progress, { id: 'refused' });
    expect(again).toMatchObject({
      status: 409,
      body: { ...(first.body as object), requestId: expect.any(String) },
    });
  });

  it('gives a callback that comes ten times at once one effect and one answer', async () => {
    const { id, claim } = await open();
    await harness.callback('job.started', claim);
    const error = { code: 'model_quota', message: '429', retryable: true };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        harness.callback('job.failed', { ...claim, error }, { id: 'ten' }),
      ),
    );
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    expect((await harness.job(id)).attempt).toBe(2);
    const replayed = answers.filter(({ headers }) => headers.get('Idempotency-Replayed') !== null);
    expect(replayed).toHaveLength(9);
  });

  it('forgets a callback after a day', async () => {
    const { claim } = await open();
    await harness.callback('job.started', claim, { id: 'old' });
    await sql`update webhook_deliveries set created_at = now() - interval '25 hours'`.execute(
      harness.db,
    );
    const answer = await harness.callback('job.started', claim, { id: 'old' });
    expect(answer.headers.get('Idempotency-Replayed')).toBeNull();
  });

  it('undoes the effect of a callback if its answer could not be kept', async () => {
    const { id, claim } = await open();
    await sql`alter table webhook_deliveries add constraint broken check (false) not valid`.execute(
      harness.db,
    );
    const failed = await harness.callback('job.started', claim, { id: 'unkept' });
    await sql`alter table webhook_deliveries drop constraint broken`.execute(harness.db);
    expect(failed.status).toBe(500);
    await isUnclaimed(id);
    expect((await harness.callback('job.started', claim, { id: 'unkept' })).status).toBe(200);
  });
});
