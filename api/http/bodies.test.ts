import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sign } from '../../core/index.ts';
import { issueAccessToken } from '../auth/accessToken.ts';
import { sessionFamilySchema, userIdSchema } from '../db/ids.ts';
import {
  FROM_N8N,
  SERVICE_KEY,
  someMaterial,
  startHarness,
  until,
  type Harness,
} from '../../test/harness/portal.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const EXPIRED = () =>
  issueAccessToken(
    harness.config.jwtKey,
    userIdSchema.parse(1),
    sessionFamilySchema.parse('01a20614-c5a5-72ad-b22b-509a48f9aa7e'),
    -1,
  );

/** A connection that sends a request's head, and says what came back and whether it was closed. */
function open(...head: readonly string[]) {
  const { port } = new URL(harness.portal.url);
  const socket: Socket = connect(Number(port), '127.0.0.1');
  const seen = { text: '', closed: false };
  socket.on('data', (chunk: Buffer) => (seen.text += chunk.toString('utf8')));
  socket.on('close', () => (seen.closed = true)).on('error', () => undefined);
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  return { socket, seen };
}

/** Sends zeros until the other side ends the connection; gives how many bytes that took. */
async function flood({ socket, seen }: ReturnType<typeof open>): Promise<number> {
  const block = Buffer.alloc(64 * 1024);
  while (!seen.closed) {
    socket.write(block);
    await new Promise((resolve) => setImmediate(resolve));
    await until(() => seen.closed || !socket.writableNeedDrain);
  }
  return socket.bytesWritten;
}

describe('the body of a caller who has not signed in', () => {
  it.each([
    ['no token', []],
    ['a malformed token', ['Authorization: Bearer nonsense']],
    ['an expired token', () => [`Authorization: Bearer ${EXPIRED()}`]],
  ])('answers before it reads the body of an unknown caller with %s', async (_, headers) => {
    const { socket, seen } = open(
      'POST /api/materials HTTP/1.1',
      'Host: x',
      ...(typeof headers === 'function' ? headers() : headers),
      'Content-Type: application/json',
      'Content-Length: 1000000',
    );
    await until(() => seen.text.includes('\r\n\r\n'));
    expect(seen.text).toMatch(/^HTTP\/1.1 401 /);
    expect(seen.text).toContain('/problems/not-signed-in');
    socket.destroy();
  });

  it.each([
    ['of a lawful size', 1_000_000],
    ['three times too large', 6_000_000],
  ])(
    'keeps the connection for the next request when the body of an unknown caller is %s',
    async (_, length) => {
      const body = '"'.padEnd(length, ' ');
      const { socket, seen } = open(
        'POST /api/materials HTTP/1.1',
        'Host: x',
        `Content-Length: ${body.length}`,
      );
      await until(() => seen.text.includes('HTTP/1.1 401'));
      socket.write(body);
      socket.write('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n');
      await until(() => seen.text.includes('HTTP/1.1 200'));
      socket.destroy();
    },
  );

  it.each([
    ['a chunked one', 'Transfer-Encoding: chunked', 'fffffff\r\n'],
    ['a long one', 'Content-Length: 99999999999', ''],
  ])(
    'cuts off the body of an unknown caller if it does not end after the answer: %s',
    async (_, header, start) => {
      const opened = open('POST /api/materials HTTP/1.1', 'Host: x', header);
      opened.socket.write(start);
      const sent = await flood(opened);
      expect(opened.seen.text).toMatch(/^HTTP\/1.1 401 /);
      // The count includes bytes in the buffers of the kernel, which no process reads.
      expect(sent).toBeLessThan(20_000_000);
    },
  );

  it('cuts off a large body also at a route that reads no body', async () => {
    const opened = open('GET /livez HTTP/1.1', 'Host: x', 'Content-Length: 99999999999');
    expect(await flood(opened)).toBeLessThan(20_000_000);
  });

  it('takes 64 KB for a sign-in, and refuses more', async () => {
    const signIn = (bytes: number) => {
      const raw = JSON.stringify({ idToken: 'x' }).padEnd(bytes, ' ');
      return harness.request('POST', '/api/auth/google', { raw });
    };
    expect(await signIn(64 * 1024)).toMatchObject({ status: 401 });
    expect(await signIn(64 * 1024 + 1)).toMatchObject({
      status: 413,
      body: { type: '/problems/too-large', detail: expect.stringContaining('64 KB') },
    });
  });

  it('refuses a sign-in over 64 KB also without Content-Length', async () => {
    const opened = open(
      'POST /api/auth/refresh HTTP/1.1',
      'Host: x',
      'Content-Type: application/json',
      'Transfer-Encoding: chunked',
    );
    opened.socket.write('fffffff\r\n');
    await flood(opened);
    expect(opened.seen.text).toMatch(/^HTTP\/1.1 413 /);
  });

  it('gives a small answer to a sign-in with 60 KB of unknown fields', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 6_000 }, (_, n) => [`k${n}`, 1]));
    const answer = await harness.request('POST', '/api/auth/google', { body: unknown });
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body).length).toBeLessThan(10_000);
  });
});

describe('a callback', () => {
  const seconds = () => Math.floor(Date.now() / 1_000);
  const head = (headers: object) =>
    Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
  const signed = (more: { id?: string; timestamp?: number }) =>
    sign(FROM_N8N, { id: 'm', timestamp: seconds(), body: '{}', ...more });

  it.each([
    ['no signature', () => ({})],
    ['a time ten minutes ago', () => signed({ timestamp: seconds() - 600 })],
    ['an id of 257 characters', () => signed({ id: 'x'.repeat(257) })],
    ['a signature of another form', () => ({ ...signed({}), 'webhook-signature': 'v1,AAAA' })],
  ])('refuses a callback with %s before it reads the body', async (_, headers) => {
    const { socket, seen } = open(
      'POST /api/webhook/n8n HTTP/1.1',
      'Host: x',
      'Content-Length: 100000',
      ...head(headers()),
    );
    await until(() => seen.text.includes('\r\n\r\n'));
    expect(seen.text).toMatch(/^HTTP\/1.1 401 /);
    expect(seen.text).toContain('/problems/not-signed"');
    socket.destroy();
  });

  it('refuses a callback of more than 1 MB', async () => {
    const raw = ' '.repeat(1024 * 1024 + 1);
    const headers = { ...signed({}) };
    expect(await harness.request('POST', '/api/webhook/n8n', { raw, headers })).toMatchObject({
      status: 413,
    });
  });

  it.each([4_000, 257])(
    'answers not_signed to a callback with a webhook-id of %i characters',
    async (length) => {
      const answer = await harness.callback('job.started', {}, { id: 'x'.repeat(length) });
      expect(answer).toMatchObject({ status: 401, body: { type: '/problems/not-signed' } });
    },
  );

  it('answers malformed to a callback 100,000 levels deep', async () => {
    const raw = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    const headers = { ...sign(FROM_N8N, { id: 'deep', timestamp: seconds(), body: raw }) };
    expect(await harness.request('POST', '/api/webhook/n8n', { raw, headers })).toMatchObject({
      status: 400,
      body: { type: '/problems/malformed' },
    });
  });
});

describe('the body of a caller who has signed in', () => {
  const post = (raw: string, headers: Record<string, string> = {}) =>
    harness.request('POST', '/api/materials', { token: SERVICE_KEY, raw, headers });

  it.each([
    ['objects', '{"a":', '1', '}'],
    ['arrays', '[', '', ']'],
    ['a known field', '{"metadata":', '1', '}'],
  ])('answers malformed to a body 100,000 levels deep: %s', async (_, left, middle, right) => {
    const raw = `${left.repeat(100_000)}${middle}${right.repeat(100_000)}`;
    expect(await post(raw)).toMatchObject({
      status: 400,
      body: { type: '/problems/malformed', detail: expect.stringContaining('levels') },
    });
  });

  it('answers too_large to a body with more than 50,000 values', async () => {
    expect(await post(JSON.stringify(Array.from({ length: 50_001 }, () => 1)))).toMatchObject({
      status: 413,
    });
  });

  it('names 20 of 40,000 unknown fields, and the number of the others', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 40_000 }, (_, n) => [`key${n}`, 1]));
    const { status, body } = await post(JSON.stringify(someMaterial(unknown)));
    expect({ status, body }).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('and 39980 more') },
    });
    expect((body as { errors: unknown[] }).errors).toHaveLength(20);
  });

  it('cuts a field’s name of 1 MB in the error', async () => {
    const { status, body } = await post(JSON.stringify({ ['x'.repeat(1_000_000)]: 1 }));
    expect(status).toBe(422);
    expect(JSON.stringify(body).length).toBeLessThan(5_000);
    const inMetadata = await post(
      JSON.stringify(someMaterial({ metadata: { ['y'.repeat(1_000_000)]: 1 } })),
    );
    expect(inMetadata.status).toBe(422);
    expect(JSON.stringify(inMetadata.body).length).toBeLessThan(5_000);
  });

  it.each([
    ['compressed', { 'Content-Encoding': 'gzip' }],
    ['in another charset', { 'Content-Type': 'application/json; charset=utf-16' }],
    ['of another type', { 'Content-Type': 'text/plain' }],
  ])('refuses a body with %s', async (_, headers) => {
    expect(await post(JSON.stringify(someMaterial()), headers)).toMatchObject({
      status: 415,
      body: { type: '/problems/unsupported-media-type' },
    });
  });

  it('ends a request if the body ends before its announced length', async () => {
    const { socket } = open(
      'POST /api/materials HTTP/1.1',
      'Host: x',
      `Authorization: Bearer ${SERVICE_KEY}`,
      'Content-Type: application/json',
      'Content-Length: 1000',
    );
    socket.end('{');
    await until(() => socket.closed);
  });
});

describe('an address', () => {
  it('cuts a long unknown path in the answer', async () => {
    const { status, body } = await harness.request('GET', `/api/${'x'.repeat(5_000)}`);
    expect(status).toBe(404);
    expect(JSON.stringify(body).length).toBeLessThan(1_000);
  });
});
