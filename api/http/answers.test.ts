import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import {
  SERVICE_KEY,
  someMaterial,
  startHarness,
  type Harness,
} from '../../test/harness/portal.ts';

let logged = '';
let harness: Harness;
beforeAll(async () => {
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged += chunk.toString('utf8');
      done();
    },
  });
  harness = await startHarness({ log: pino({ level: 'trace' }, sink) });
});
afterAll(() => harness.stop());

const post = (raw: string, headers: Record<string, string> = {}) =>
  harness.request('POST', '/api/materials', { token: SERVICE_KEY, raw, headers });

describe('every answer', () => {
  it('gives every answer a request id: the caller’s if it is valid, else a new one', async () => {
    const idOf = async (given?: string) => {
      const headers: Record<string, string> = given === undefined ? {} : { 'X-Request-Id': given };
      const answer = await harness.request('GET', '/api/nowhere', { headers });
      const id = answer.headers.get('X-Request-Id');
      expect(answer.body).toMatchObject({ requestId: id });
      return id;
    };
    expect(await idOf('trace-1:a/b')).toBe('trace-1:a/b');
    const made = /^[0-9a-f-]{36}$/;
    expect(await idOf()).toMatch(made);
    expect(await idOf('x'.repeat(129))).toMatch(made);
    expect(await idOf('a b"<script>')).toMatch(made);
  });

  it('gives every answer helmet’s headers, and no header that names the server', async () => {
    const { headers } = await harness.request('GET', '/livez');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Content-Security-Policy')).not.toBeNull();
    expect(headers.get('X-Powered-By')).toBeNull();
  });
});

it.each(['/livez', '/api/materials', '/api/catalog/status'])(
  'a request to %s with If-None-Match: * gets the whole answer, for it has no ETag',
  async (path) => {
    const headers = { 'If-None-Match': '*' };
    const { status, body } = await harness.request('GET', path, { token: SERVICE_KEY, headers });
    expect(status).toBe(200);
    expect(body).not.toBeNull();
  },
);

describe('a problem', () => {
  it('answers 404 for an unknown path', async () => {
    for (const path of ['/', '/api', '/api/nowhere', '/api/materials/a/b']) {
      const { status, headers, body } = await harness.request('GET', path);
      expect({ status, body }).toMatchObject({
        status: 404,
        body: { type: '/problems/not-found', status: 404, title: 'Not found' },
      });
      expect(headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
    }
  });

  it('answers 405 for an unknown method, and names the methods of the path', async () => {
    const answer = await harness.request('DELETE', '/api/materials', { token: SERVICE_KEY });
    expect(answer).toMatchObject({ status: 405, body: { type: '/problems/method-not-allowed' } });
    expect(answer.headers.get('Allow')).toBe('GET, POST, HEAD');
    expect((await harness.request('PATCH', '/api/webhook/n8n')).status).toBe(405);
  });

  it('answers 400, 413 or 415 to a body that is no JSON or too large', async () => {
    expect(await post('{"title":')).toMatchObject({
      status: 400,
      body: { type: '/problems/malformed' },
    });
    expect(await post('"text"')).toMatchObject({ status: 400 });
    expect(await post(JSON.stringify({ title: 'x'.repeat(2_100_000) }))).toMatchObject({
      status: 413,
      body: { type: '/problems/too-large' },
    });
    expect(await post('title=x', { 'Content-Type': 'text/plain' })).toMatchObject({
      status: 415,
      body: { type: '/problems/unsupported-media-type' },
    });
    expect((await harness.request('GET', '/api/materials/%E0%A4%A')).status).toBe(400);
  });

  it('hides the reason of an internal error in the answer, and logs it with the request id', async () => {
    const headers = { 'X-Request-Id': 'the-broken-one' };
    await harness.db.schema.alterTable('materials').renameTo('gone').execute();
    const answer = await harness.request('GET', '/api/materials', { token: SERVICE_KEY, headers });
    await harness.db.schema.alterTable('gone').renameTo('materials').execute();
    expect(answer).toMatchObject({ status: 500, body: { type: '/problems/internal' } });
    expect(JSON.stringify(answer.body)).not.toMatch(/relation|materials/);
    const line = logged.split('\n').find((text) => text.includes('relation'));
    expect(line).toContain('the-broken-one');
  });
});

describe('the log', () => {
  it('logs a line for each request, without a token, key, signature or body', async () => {
    logged = '';
    const { token } = await harness.person();
    await harness.request('POST', '/api/auth/google', { body: { idToken: 'secret-id-token' } });
    await harness.request('POST', '/api/auth/refresh', {
      body: { refreshToken: 'secret-refresh' },
    });
    await harness.request('GET', '/api/me?access_token=secret-in-query', { token });
    await harness.request('POST', '/api/materials', {
      token: SERVICE_KEY,
      body: someMaterial({ title: 'secret-title' }),
      headers: { Cookie: 'secret-cookie' },
    });
    await harness.callback('job.started', { jobId: 'secret-job' }, { id: 'm' });
    expect(logged).toContain('"path":"/api/auth/refresh"');
    expect(logged).toContain('"status":201');
    for (const secret of ['secret', token, SERVICE_KEY, 'v1,', ...harness.config.n8n.secretsFrom]) {
      expect(logged).not.toContain(secret);
    }
  });
});
