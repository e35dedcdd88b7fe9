import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sign } from '../../core/index.ts';
import { FROM_N8N, SERVICE_KEY, startHarness, type Harness } from '../../test/harness/portal.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

/** Sends a request byte for byte, and gives the status of the answer; 0: none, just closed. */
async function statusOf(method: string, path: string, headers: readonly string[], body = '') {
  const socket = connect(Number(new URL(harness.portal.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  const head = [`${method} ${path} HTTP/1.1`, 'Host: x', 'Connection: close', ...headers];
  socket.write(Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`, 'latin1'));
  const answer = await text(socket).catch(() => '');
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
}

const ROUTES = [
  ['GET', '/api/me'],
  ['GET', '/api/materials'],
  ['POST', '/api/materials'],
  ['PUT', '/api/materials/01a20614-c5a5-72ad-b22b-509a48f9aa7e'],
  ['GET', '/api/webhook/subscriptions'],
  ['PUT', '/api/webhook/subscriptions'],
  ['POST', '/api/webhook/n8n'],
  ['POST', '/api/auth/google'],
  ['POST', '/api/auth/refresh'],
  ['GET', '/problems/not-found'],
] as const;

const NAMES = [
  'Authorization',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'X-Request-Id',
  'Accept',
  'Cookie',
  'Content-Type',
  'Content-Encoding',
  'Content-Length',
  'Transfer-Encoding',
  'Expect',
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
];

const value = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((c) => String.fromCharCode(c)) }),
  fc.constantFrom(
    '',
    '*',
    'Bearer',
    'Bearer  ',
    'Bearer a b',
    'bearer ..',
    'Bearer e30.e30.e30',
    'Basic YTpi',
    `Bearer ${SERVICE_KEY}`,
    '"',
    '""',
    'W/"1"',
    '-1',
    '1e9',
    'NaN',
    '999999999999',
    'chunked',
    'gzip, gzip',
    '100-continue',
    'application/json; charset="',
    'text/html;q=2,*/*;q=-1',
    'v1,',
    'v1,AAAA v1,AAAA',
  ),
  fc.constantFrom(4_000, 12_000).map((length) => 'x'.repeat(length)),
  fc.constantFrom(2_000, 5_000).map((pairs) => 'a '.repeat(pairs)),
);

describe('no header makes the API fail', () => {
  it('answers a request with any header of any value, any number of times, without a 5xx', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ROUTES),
        fc.array(fc.tuple(fc.constantFrom(...NAMES), value), { maxLength: 6 }),
        fc.boolean(),
        async ([method, path], headers, signedIn) => {
          const lines = headers.map(([name, text]) => `${name}: ${text}`);
          const token = signedIn ? [`Authorization: Bearer ${SERVICE_KEY}`] : [];
          expect(await statusOf(method, path, [...token, ...lines])).toBeLessThan(500);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    ['a cookie of 12 KB', [`Cookie: ${'a=b; '.repeat(2_400)}`], 200],
    ['500 repeated headers', Array.from({ length: 500 }, (_, n) => `X-A: ${n}`), 200],
    ['two tokens, of which Node takes the first', ['Authorization: Basic x'], 200],
  ])('%s', async (_, headers, status) => {
    const token = `Authorization: Bearer ${SERVICE_KEY}`;
    expect(await statusOf('GET', '/api/materials', [token, ...headers])).toBe(status);
  });

  it('answers a cookie of 100 KB without a 5xx', async () => {
    const cookie = `Cookie: ${'a=b; '.repeat(20_000)}`;
    expect(await statusOf('GET', '/api/materials', [cookie])).toBeLessThan(500);
  });

  it.each([
    ['limit=1&limit=2', 422],
    ['limit[]=1', 200],
    ['limit=99999999999999999999', 422],
    ['limit=1e400', 422],
    ['cursor=%00', 422],
    [
      `cursor=${Buffer.from('["0000-01-01T00:00:00Z","01a20614-c5a5-72ad-b22b-509a48f9aa7e"]').toString('base64url')}`,
      200,
    ],
    [
      `cursor=${Buffer.from('["9999-12-31T23:59:59Z","01a20614-c5a5-72ad-b22b-509a48f9aa7e"]').toString('base64url')}`,
      200,
    ],
    ['__proto__=1&constructor=2', 200],
  ])('the query %s', async (query, status) => {
    const answer = await harness.request('GET', `/api/materials?${query}`, { token: SERVICE_KEY });
    expect(answer.status).toBe(status);
  });
});

describe('a subscription’s URL', () => {
  const put = (url: string) => harness.subscribe({ url });
  const origin = () => harness.receiver.url;

  it.each([
    ['a user name', () => origin().replace('//', '//guru@')],
    ['a password', () => origin().replace('//', '//guru:rahasia@')],
    ['a fragment', () => `${origin()}/webhook#part`],
    ['an empty fragment', () => `${origin()}/webhook#`],
    ['NUL', () => `${origin()}/a\0b`],
    ['letters that are not ASCII', () => `${origin()}/${'é'.repeat(1_500)}`],
    ['more than 2,000 characters', () => `${origin()}/${'x'.repeat(2_000)}`],
    ['no URL at all', () => 'webhook'],
    ['another scheme', () => 'ftp://127.0.0.1/'],
  ])('with %s is not valid', async (_, url) => {
    expect(await put(url())).toMatchObject({ status: 422, body: { errors: [{ path: 'url' }] } });
  });

  it('stores a subscription’s URL of almost 2,000 random characters', async () => {
    const path = Array.from({ length: 1_900 }, () => Math.floor(Math.random() * 36).toString(36));
    expect((await put(`${origin()}/${path.join('')}`)).status).toBe(200);
  });

  it.each(['%00', 'http://a/%00%23', '%ff'])(
    'refuses a broken text in a query: %s',
    async (url) => {
      const path = `/api/webhook/subscriptions?url=${url}`;
      expect((await harness.request('GET', path, { token: SERVICE_KEY })).status).toBe(422);
      expect((await harness.request('DELETE', path, { token: SERVICE_KEY })).status).toBe(422);
    },
  );
});

describe('a callback’s attempt', () => {
  it.each([2_147_483_648, 1e15, -1, 0, 1.5, '1'])(
    'refuses the attempt %s in a callback',
    async (attempt) => {
      const { job } = await harness.add();
      const claim = { jobId: job.id, attempt, executionId: 'e' };
      expect(await harness.callback('job.started', claim)).toMatchObject({
        status: 422,
        body: { errors: [{ path: 'data.attempt' }] },
      });
    },
  );

  it('answers that attempt 2,147,483,647 is over', async () => {
    const { job } = await harness.add();
    const claim = { jobId: job.id, attempt: 2_147_483_647, executionId: 'e' };
    expect((await harness.callback('job.started', claim)).status).toBe(409);
  });

  it('answers a callback with an execution id of 256 characters', async () => {
    const { job } = await harness.add();
    const body = JSON.stringify({
      type: 'job.started',
      timestamp: new Date().toISOString(),
      data: { jobId: job.id, attempt: 1, executionId: 'e' },
    });
    const timestamp = Math.floor(Date.now() / 1_000);
    const headers = { ...sign(FROM_N8N, { id: 'x'.repeat(256), timestamp, body }) };
    const answer = await harness.request('POST', '/api/webhook/n8n', { raw: body, headers });
    expect(answer.status).toBe(200);
  });
});
