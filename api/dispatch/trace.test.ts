import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { MaterialId } from '../../core/index.ts';
import { createLogger } from '../log.ts';
import {
  createdSchema,
  SERVICE_KEY,
  someMaterial,
  startHarness,
  until,
  type Harness,
} from '../../test/harness/portal.ts';

const TRACE = 'a1'.repeat(16);
const GIVEN = `00-${TRACE}-${'b2'.repeat(8)}-00`;

let lines: Record<string, unknown>[] = [];
let harness: Harness;
beforeAll(async () => {
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  harness = await startHarness({ log: createLogger('info', { write }) });
});
afterAll(() => harness.stop());
beforeEach(async () => {
  lines = [];
  await harness.db.deleteFrom('subscriptions').execute();
});

const post = async (traceparent?: string) => {
  const answer = await harness.request('POST', '/api/materials', {
    token: SERVICE_KEY,
    body: someMaterial(),
    headers: traceparent === undefined ? {} : { traceparent },
  });
  return { ...createdSchema.parse(answer.body), answer };
};
const eventOf = (type: string, id: MaterialId) =>
  until(() =>
    harness.receiver.received.find(
      ({ event }) => event.type === type && event.data.material?.id === id,
    ),
  );
const line = (msg: string, more: (line: Record<string, unknown>) => boolean = () => true) =>
  until(() => lines.find((one) => one['msg'] === msg && more(one)));

describe('the trace of a request', () => {
  it('goes to n8n with the job that it opened, under a new parent id, and is in the log', async () => {
    await harness.subscribe();
    const { material, job, answer } = await post(GIVEN);
    const { headers } = await eventOf('job.requested', material.id);
    const sent = String(headers['traceparent']);
    expect(sent).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-00$`));
    expect(sent).not.toBe(GIVEN);
    expect(
      await line('event delivered', (one) => String(one['webhookId']).includes(job.id)),
    ).toMatchObject({
      traceId: TRACE,
    });
    const reqId = answer.headers.get('X-Request-Id');
    expect(await line('request completed', (one) => one['reqId'] === reqId)).toMatchObject({
      traceId: TRACE,
    });
    expect(answer.headers.get('traceparent')).toBeNull();
  });

  it('goes to n8n with an edit', async () => {
    await harness.subscribe({ eventTypes: ['material.updated'], kinds: [] });
    const { material } = await post();
    await harness.request('PUT', `/api/materials/${material.id}`, {
      token: SERVICE_KEY,
      headers: { 'If-Match': '"1"', traceparent: GIVEN },
      body: someMaterial({ theme: 'Cahaya' }),
    });
    const { headers } = await eventOf('material.updated', material.id);
    expect(headers['traceparent']).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-00$`));
  });

  it.each([undefined, `00-${TRACE}`, `${GIVEN}<script>`, 'x'.repeat(8_000)])(
    'begins anew when the header is missing or not valid: %s',
    async (given) => {
      await harness.subscribe();
      const { material, job } = await post(given);
      const { headers } = await eventOf('job.requested', material.id);
      const { traceparent: kept } = await harness.job(job.id);
      expect(headers['traceparent']).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
      expect(headers['traceparent']).not.toContain(TRACE);
      expect(String(headers['traceparent']).slice(0, 35)).toBe(kept?.slice(0, 35));
    },
  );

  it('of a retry replaces that of the request that opened the job', async () => {
    const { job } = await post();
    await harness.callback('job.started', { jobId: job.id, attempt: 1, executionId: '1' });
    const error = { code: 'model_refused', message: 'SAFETY', retryable: false };
    await harness.callback('job.failed', { jobId: job.id, attempt: 1, executionId: '1', error });
    const { token } = await harness.person('admin');
    const headers = { traceparent: GIVEN };
    const { status } = await harness.request('POST', `/api/jobs/${job.id}/retry`, {
      token,
      headers,
    });
    expect(status).toBe(200);
    expect((await harness.job(job.id)).traceparent).toContain(TRACE);
  });
});
