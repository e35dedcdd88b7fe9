import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sign } from '../../core/index.ts';
import {
  FROM_N8N,
  SERVICE_KEY,
  startHarness,
  TO_N8N,
  type Harness,
} from '../../test/harness/portal.ts';

let harness: Harness;
let job: { id: Parameters<Harness['job']>[0] };
let claim: object;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
beforeEach(async () => {
  ({ job } = await harness.add());
  claim = { jobId: job.id, attempt: 1, executionId: 'e' };
});

/** What a callback may change of a job. Dispatch moves other parts of it. */
const stateOfJob = async () => {
  const { status, attempt, executionId, leaseUntil, progress, error } = await harness.job(job.id);
  return { status, attempt, executionId, leaseUntil, progress, error };
};
const seconds = () => Math.floor(Date.now() / 1_000);
const bodyOf = (data: object, type = 'job.started') =>
  JSON.stringify({ type, timestamp: new Date().toISOString(), data });
const post = (raw: string, headers: Record<string, string>) =>
  harness.request('POST', '/api/webhook/n8n', { raw, headers });

describe('a callback is not signed', () => {
  type Headers = Record<string, string>;
  const signature = (headers: Headers) => headers['webhook-signature'] ?? '';
  it.each<[string, (headers: Headers, body: string) => Headers]>([
    [
      'with the prefix v1a',
      (h) => ({ ...h, 'webhook-signature': signature(h).replace('v1,', 'v1a,') }),
    ],
    [
      'with the prefix v2',
      (h) => ({ ...h, 'webhook-signature': signature(h).replace('v1,', 'v2,') }),
    ],
    [
      'with the prefix V1',
      (h) => ({ ...h, 'webhook-signature': signature(h).replace('v1,', 'V1,') }),
    ],
    ['with no prefix', (h) => ({ ...h, 'webhook-signature': signature(h).slice(3) })],
    [
      'with a comma between signatures',
      (h) => ({ ...h, 'webhook-signature': `v1,AAAA,${signature(h)}` }),
    ],
    [
      'with a signature cut by a byte',
      (h) => ({ ...h, 'webhook-signature': signature(h).slice(0, -5) }),
    ],
    [
      'with a signature in hexadecimal',
      (h) => ({
        ...h,
        'webhook-signature': `v1,${Buffer.from(signature(h).slice(3), 'base64').toString('hex')}`,
      }),
    ],
    [
      'with the time of a later second',
      (h) => ({ ...h, 'webhook-timestamp': String(seconds() + 60) }),
    ],
    ['with another id', (h) => ({ ...h, 'webhook-id': 'other' })],
    [
      'with the dots in other places',
      (h) => ({ ...h, 'webhook-id': `m.${h['webhook-timestamp'] ?? ''}` }),
    ],
    [
      'signed ten minutes ago',
      (_, body) => ({ ...sign(FROM_N8N, { id: 'm', timestamp: seconds() - 600, body }) }),
    ],
    [
      'signed ten minutes from now',
      (_, body) => ({ ...sign(FROM_N8N, { id: 'm', timestamp: seconds() + 600, body }) }),
    ],
    [
      'with a time in milliseconds',
      (_, body) => ({ ...sign(FROM_N8N, { id: 'm', timestamp: Date.now(), body }) }),
    ],
    [
      'signed for the other direction',
      (_, body) => ({ ...sign(TO_N8N, { id: 'm', timestamp: seconds(), body }) }),
    ],
    [
      'signed with the text of the secret instead of its bytes',
      (h, body) => {
        const text = `${h['webhook-id']}.${h['webhook-timestamp']}.${body}`;
        const mac = createHmac('sha256', FROM_N8N[0]).update(text).digest('base64');
        return { ...h, 'webhook-signature': `v1,${mac}` };
      },
    ],
    [
      'signed over the body alone',
      (h, body) => {
        const key = Buffer.from(FROM_N8N[0].slice(6), 'base64');
        return {
          ...h,
          'webhook-signature': `v1,${createHmac('sha256', key).update(body).digest('base64')}`,
        };
      },
    ],
    [
      'with 300 wrong signatures',
      (h) => ({ ...h, 'webhook-signature': `v1,${'A'.repeat(43)}= `.repeat(300) }),
    ],
    ['with a service key instead', () => ({ Authorization: `Bearer ${SERVICE_KEY}` })],
  ])('%s', async (_, change) => {
    const body = bodyOf(claim);
    const right = { ...sign(FROM_N8N, { id: 'm', timestamp: seconds(), body }) };
    const before = await stateOfJob();
    expect(await post(body, change(right, body))).toMatchObject({
      status: 401,
      body: { type: '/problems/not-signed' },
    });
    expect(await stateOfJob()).toEqual(before);
  });

  it('refuses a right signature over a body that was swapped for another of the same length', async () => {
    const body = bodyOf(claim);
    const headers = { ...sign(FROM_N8N, { id: 'm', timestamp: seconds(), body }) };
    const swapped = body.replace('"attempt":1', '"attempt":2');
    expect((await post(swapped, headers)).status).toBe(401);
  });

  it('changes no job with the signature of a question for another address', async () => {
    const question = '{}';
    const headers = { ...sign(FROM_N8N, { id: 'q', timestamp: seconds(), body: question }) };
    expect((await post(question, headers)).status).toBe(422);
  });
});

it('gives a webhook-id that comes again with another body no second effect', async () => {
  const id = `again-${job.id}`;
  expect((await harness.callback('job.started', claim, { id })).status).toBe(200);
  const before = await stateOfJob();
  const error = { code: 'workflow_error', message: 'x', retryable: false };
  const again = await harness.callback('job.failed', { ...claim, error }, { id });
  expect(again.headers.get('Idempotency-Replayed')).toBe('true');
  expect(await stateOfJob()).toEqual(before);
});

it('takes a callback with one right signature among 100 wrong ones, because senders rotate secrets', async () => {
  const body = bodyOf(claim);
  const right = { ...sign(FROM_N8N, { id: 'many', timestamp: seconds(), body }) };
  const wrong = `v1,${'A'.repeat(43)}=`;
  const signatures = [...Array.from({ length: 100 }, () => wrong), right['webhook-signature']];
  const headers = { ...right, 'webhook-signature': signatures.join(' ') };
  expect((await post(body, headers)).status).toBe(200);
});
