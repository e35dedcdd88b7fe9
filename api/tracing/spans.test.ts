import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger } from '../log.ts';
import { openTracer } from './openTracer.ts';
import {
  startCollector,
  type Collector,
  type CollectedSpan,
} from '../../test/harness/collector.ts';
import {
  createdSchema,
  FROM_N8N,
  JWT_SECRET,
  SERVICE_KEY,
  someMaterial,
  startHarness,
  TO_N8N,
  until,
  type Harness,
} from '../../test/harness/portal.ts';

const TRACE = 'a1'.repeat(16);
const PARENT = 'b2'.repeat(8);
const given = (traceId: string, flags = '01') => `00-${traceId}-${PARENT}-${flags}`;

let collector: Collector;
let harness: Harness;
beforeAll(async () => {
  // The SDK reads these. A batch waits for 5 s by default.
  process.env['OTEL_BSP_SCHEDULE_DELAY'] = '20';
  process.env['OTEL_SERVICE_NAME'] = 'portal-sekolah';
  process.env['OTEL_EXPORTER_OTLP_HEADERS'] = 'x-tenant=sekolah';
  collector = await startCollector();
  harness = await startHarness({ config: { tracesUrl: `${collector.url}/v1/traces` } });
  await harness.subscribe();
});
afterAll(async () => {
  await harness.stop();
  await collector.close();
});

const span = (name: string, traceId: string) =>
  until(() => collector.spans.find((one) => one.name === name && one.traceId === traceId));
const childrenOf = ({ spanId }: CollectedSpan) =>
  collector.spans.filter(({ parentSpanId }) => parentSpanId === spanId);
const add = async (
  traceparent: string,
  more: Record<string, unknown> = {},
  headers: Record<string, string> = {},
) =>
  createdSchema.parse(
    (
      await harness.request('POST', '/api/materials', {
        token: SERVICE_KEY,
        body: someMaterial(more),
        headers: { traceparent, ...headers },
      })
    ).body,
  );

it('OTEL_TRACES_SAMPLER decides which traces are recorded', async () => {
  process.env['OTEL_TRACES_SAMPLER'] = 'always_off';
  const tracer = await openTracer({ tracesUrl: collector.url }, createLogger('silent'));
  delete process.env['OTEL_TRACES_SAMPLER'];
  expect(tracer?.begin('step', 'internal', null).trace.isSampled).toBe(false);
  await tracer?.close();
});

describe('a request that continues a sampled trace', () => {
  it('is a span below that of the caller, with its statements and its post to n8n below it', async () => {
    const { material } = await add(given(TRACE), {}, { 'Idempotency-Key': TRACE });
    const request = await span('POST /materials', TRACE);
    expect(request).toMatchObject({
      parentSpanId: PARENT,
      kind: 2,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/materials',
        'http.response.status_code': 201,
      },
      status: { code: 0 },
    });
    const post = await span('POST job.requested', TRACE);
    expect(post).toMatchObject({
      parentSpanId: request.spanId,
      kind: 3,
      attributes: { 'http.response.status_code': 202 },
    });
    const statements = childrenOf(request).filter(
      ({ kind, spanId }) => kind === 3 && spanId !== post.spanId,
    );
    expect(statements.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['BEGIN', 'WITH', 'INSERT', 'COMMIT']),
    );
    expect(statements.map(({ attributes }) => attributes['db.query.text'])).toContainEqual(
      expect.stringMatching(/insert into materials [^;]*\$1/),
    );
    const { headers } = await until(() =>
      harness.receiver.received.find(({ event }) => event.data.material?.id === material.id),
    );
    expect(headers['traceparent']).toBe(`00-${TRACE}-${post.spanId}-01`);
  });

  it('is reported under the name and with the headers that the environment sets', async () => {
    await add(given('c3'.repeat(16)));
    await span('POST /materials', 'c3'.repeat(16));
    expect(collector.service).toMatchObject({ 'service.name': 'portal-sekolah' });
    expect(collector.headers).toMatchObject({ 'x-tenant': 'sekolah' });
  });

  it('has the code of an error, and no text of it', async () => {
    const traceId = 'd4'.repeat(16);
    harness.receiver.answer = (res) => void res.writeHead(503).end();
    await add(given(traceId));
    const post = await span('POST job.requested', traceId);
    harness.receiver.answer = (res) => void res.writeHead(202).end('{}');
    expect(post).toMatchObject({ attributes: { 'error.type': 'refused' }, status: { code: 2 } });
  });
});

it('a callback of n8n is linked to the request that opened its job', async () => {
  const traceId = 'e5'.repeat(16);
  const { job } = await add(given(traceId));
  const request = await span('POST /materials', traceId);
  await harness.callback('job.started', { jobId: job.id, attempt: 1, executionId: '1' });
  const callback = await until(() =>
    collector.spans.find(({ links }) => links.some((link) => link.traceId === traceId)),
  );
  expect(callback).toMatchObject({
    name: 'POST /webhook/n8n',
    attributes: { 'portal.event.type': 'job.started' },
    links: [{ spanId: request.spanId }],
  });
});

it('a trace that its caller does not sample is not exported, and goes to n8n', async () => {
  const [unsampled, next] = ['f6'.repeat(16), 'a7'.repeat(16)];
  const { material } = await add(given(unsampled, '00'));
  const { headers } = await until(() =>
    harness.receiver.received.find(({ event }) => event.data.material?.id === material.id),
  );
  expect(headers['traceparent']).toMatch(new RegExp(`^00-${unsampled}-[0-9a-f]{16}-00$`));
  await add(given(next));
  await span('POST job.requested', next);
  expect(collector.spans.filter(({ traceId }) => traceId === unsampled)).toEqual([]);
});

it('a probe and an unknown address are not recorded by their text', async () => {
  const traceId = 'a8'.repeat(16);
  await harness.request('GET', '/readyz', { headers: { traceparent: given(traceId) } });
  await harness.request('GET', '/rahasia-1?token=rahasia-2', {
    headers: { traceparent: given(traceId) },
  });
  await span('GET', traceId);
  expect(collector.spans.filter((one) => one.traceId === traceId)).toHaveLength(1);
  expect(collector.bodies.join('')).not.toContain('rahasia');
});

it('no exported span has a text of a person, a secret, an address or a parameter', async () => {
  const traceId = 'b9'.repeat(16);
  const { id, token } = await harness.person('admin');
  const { email, googleId } = await harness.db
    .selectFrom('users')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const { material, job } = await add(given(traceId), {
    title: 'Judul pribadi',
    metadata: { NIS: 'pribadi-7' },
  });
  const headers = { traceparent: given(traceId), 'User-Agent': 'pribadi-agent' };
  await harness.request('GET', '/api/materials?q=pribadi-kata', { token, headers });
  await harness.request('GET', `/api/materials/${material.id}`, { token, headers });
  await harness.request('POST', '/api/auth/google', {
    body: { idToken: 'pribadi.id.token' },
    headers,
  });
  await harness.request('POST', '/api/auth/refresh', {
    body: { refreshToken: 'pribadi-refresh' },
    headers,
  });
  await harness.request('POST', '/api/invites', {
    token,
    headers,
    body: { email: 'pribadi@sekolah.sch.id', role: 'teacher' },
  });
  await harness.callback('job.started', { jobId: job.id, attempt: 1, executionId: 'pribadi-e' });
  for (const name of [
    'GET /materials',
    'GET /materials/:id',
    'POST /auth/google',
    'POST /auth/refresh',
    'POST /invites',
  ]) {
    await span(name, traceId);
  }
  await until(() =>
    collector.spans.some(({ attributes }) => attributes['portal.event.type'] === 'job.started'),
  );
  const all = collector.bodies.join('');
  for (const hidden of [
    'ribadi',
    SERVICE_KEY,
    token,
    email,
    googleId,
    JWT_SECRET,
    TO_N8N[0],
    FROM_N8N[0],
    material.id,
    job.id,
    harness.receiver.url,
    harness.url,
  ]) {
    expect(all).not.toContain(hidden);
  }
});
