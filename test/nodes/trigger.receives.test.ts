import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sign } from '../../core/index.ts';
import { listen, type Listening } from '../harness/nodes/engine/webhook.ts';
import { aMaterial, JOB } from '../harness/nodes/materials.ts';
import { API_KEY, FROM_N8N, secret, TO_N8N } from '../harness/nodes/portal/testPortal.ts';

const credential = (secretToN8n: string) => ({
  credentials: {
    materiPortalApi: {
      baseUrl: 'http://portal.test',
      apiKey: API_KEY,
      secretToN8n,
      secretFromN8n: FROM_N8N,
    },
  },
});

let trigger: Listening;
beforeEach(async () => {
  trigger = await listen(credential(TO_N8N));
});
afterEach(async () => {
  await trigger.stop();
});

const EVENT = {
  type: 'material.created',
  timestamp: '2026-11-23T01:02:03.000Z',
  data: { job: JOB, material: aMaterial() },
};
const now = () => Math.floor(Date.now() / 1_000);

interface Delivery {
  readonly body?: string;
  readonly with?: string;
  readonly timestamp?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const deliver = async ({ body = JSON.stringify(EVENT), ...delivery }: Delivery = {}) => {
  const { with: by = TO_N8N, timestamp = now(), headers } = delivery;
  return await fetch(trigger.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(headers ?? sign([by], { id: 'msg_42', timestamp, body })),
    },
    body,
  });
};

describe('Materi Trigger receives', () => {
  it('starts the workflow on a signed event, with its job and material', async () => {
    const response = await deliver();
    expect(response.status).toBe(202);
    expect(trigger.started).toEqual([
      {
        eventId: 'msg_42',
        type: 'material.created',
        test: false,
        timestamp: EVENT.timestamp,
        job: JOB,
        material: aMaterial(),
      },
    ]);
  });

  it('marks a sample, and an event without a job', async () => {
    await deliver({
      body: JSON.stringify({ ...EVENT, test: true, data: { job: null, material: aMaterial() } }),
    });
    expect(trigger.started).toMatchObject([{ test: true, job: null }]);
  });

  it('starts the workflow on a job for a gap, which has no material', async () => {
    const options = { content: 'quiz', gap: { subject: 'IPA', level: 'Fase B' } };
    const job = { ...JOB, kind: 'generate', options };
    const event = { ...EVENT, type: 'job.requested', data: { job, material: null } };
    expect((await deliver({ body: JSON.stringify(event) })).status).toBe(202);
    expect(trigger.started).toMatchObject([{ job, material: null }]);
  });

  it.each<[string, Delivery]>([
    ['unsigned', { headers: {} }],
    ['signed with another secret', { with: secret('somebody else’s secret') }],
    ['signed with the secret of the other direction', { with: FROM_N8N }],
    ['six minutes old', { timestamp: now() - 360 }],
    ['dated six minutes ahead', { timestamp: now() + 360 }],
    [
      'changed after it was signed',
      { headers: { ...sign([TO_N8N], { id: 'msg_42', timestamp: now(), body: '{}' }) } },
    ],
  ])('refuses an event that is %s with 401 and starts nothing', async (_, delivery) => {
    const response = await deliver(delivery);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ status: 401, detail: expect.any(String) });
    expect(trigger.started).toEqual([]);
  });

  it.each([
    ['no JSON', '{"type": '],
    ['of another type', JSON.stringify({ ...EVENT, type: 'user.deleted' })],
    ['without a material field', JSON.stringify({ ...EVENT, data: { job: JOB } })],
    ['empty', ''],
  ])('refuses a signed body that is %s with 400 and starts nothing', async (_, body) => {
    const response = await deliver({ body });
    expect(response.status).toBe(400);
    expect(trigger.started).toEqual([]);
  });

  it('takes either secret while they are rotated', async () => {
    await trigger.stop();
    const old = secret('the secret before');
    trigger = await listen(credential(`${TO_N8N} ${old}`));
    expect((await deliver({ with: old })).status).toBe(202);
    expect((await deliver()).status).toBe(202);
  });

  it('trusts nothing while the credential has no secret', async () => {
    await trigger.stop();
    trigger = await listen(credential(' '));
    expect((await deliver()).status).toBe(500);
    expect(trigger.started).toEqual([]);
  });
});
