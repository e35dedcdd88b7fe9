import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  SERVICE_KEY,
  someMaterial,
  startHarness,
  type Harness,
} from '../../test/harness/portal.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

/** Sends bytes as they are, and reads until the API closes the connection. */
async function exchange(raw: string): Promise<string> {
  const socket = connect(Number(new URL(harness.portal.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(Buffer.from(raw, 'latin1'));
  return text(socket).catch(() => '');
}

const SMUGGLED = 'GET /livez?smuggled HTTP/1.1\r\nHost: x\r\n\r\n';
const post = (headers: readonly string[], body: string) =>
  ['POST /api/auth/refresh HTTP/1.1', 'Host: x', ...headers, '', body].join('\r\n');

describe('a request whose end two servers may see in two places', () => {
  it.each([
    [
      'a length and chunks',
      ['Content-Length: 5', 'Transfer-Encoding: chunked'],
      `0\r\n\r\n${SMUGGLED}`,
    ],
    [
      'chunks and a length',
      ['Transfer-Encoding: chunked', 'Content-Length: 5'],
      `0\r\n\r\n${SMUGGLED}`,
    ],
    ['two lengths', ['Content-Length: 0', `Content-Length: ${SMUGGLED.length}`], SMUGGLED],
    ['two lengths in one header', [`Content-Length: 0, ${SMUGGLED.length}`], SMUGGLED],
    ['a length with a sign', ['Content-Length: +0'], SMUGGLED],
    ['a negative length', ['Content-Length: -1'], SMUGGLED],
    ['a length in hexadecimal', ['Content-Length: 0x0'], SMUGGLED],
    ['a length with a blank in it', ['Content-Length: 0 0'], SMUGGLED],
    ['an unknown coding', ['Transfer-Encoding: xchunked'], `0\r\n\r\n${SMUGGLED}`],
    [
      'chunks that are not the last coding',
      ['Transfer-Encoding: chunked, identity'],
      `0\r\n\r\n${SMUGGLED}`,
    ],
    [
      'chunks twice',
      ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity'],
      `0\r\n\r\n${SMUGGLED}`,
    ],
    ['a blank before the colon', ['Transfer-Encoding : chunked'], `0\r\n\r\n${SMUGGLED}`],
    [
      'a folded header',
      ['Transfer-Encoding:', ' chunked', 'Content-Length: 3'],
      `0\r\n\r\n${SMUGGLED}`,
    ],
    ['a chunk size with a sign', ['Transfer-Encoding: chunked'], `+0\r\n\r\n${SMUGGLED}`],
    [
      'a chunk size that overflows',
      ['Transfer-Encoding: chunked'],
      `10000000000000000\r\n\r\n${SMUGGLED}`,
    ],
    ['a line that ends with LF in a chunk', ['Transfer-Encoding: chunked'], `0\n\n${SMUGGLED}`],
    ['NUL in a header', ['X-A: a\0b', 'Content-Length: 0'], SMUGGLED],
    ['a bare CR in a header', ['X-A: a\rContent-Length: 0'], SMUGGLED],
    ['a header without a name', [': x', 'Content-Length: 0'], SMUGGLED],
  ])(
    'refuses a request with two possible ends with 400, and answers nothing behind it: %s',
    async (_, headers, body) => {
      const answer = await exchange(post(headers, body));
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer.match(/HTTP\/1\.1 \d/g)).toHaveLength(1);
      expect(answer).not.toContain('alive');
    },
  );
});

it('gives one answer, and none for the next request, if a chunk is longer than its size', async () => {
  const answer = await exchange(
    post(['Transfer-Encoding: chunked'], `1\r\nxx\r\n0\r\n\r\n${SMUGGLED}`),
  );
  expect(answer.match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 415']);
});

describe('a header that comes back in the answer', () => {
  it.each([
    ['a bare LF', 'X-Request-Id: a\nX-Injected: 1'],
    ['a bare CR', 'X-Request-Id: a\rX-Injected: 1'],
    ['a folded line', 'X-Request-Id: a\r\n X-Injected: 1'],
    ['escapes', 'X-Request-Id: a%0d%0aX-Injected: 1'],
    ['other letters for CR and LF', 'X-Request-Id: a\u008d\u008aX-Injected: 1'],
    ['markup', 'X-Request-Id: <script>X-Injected</script>'],
  ])(
    'brings no header and no text of the caller with it: X-Request-Id with %s',
    async (_, line) => {
      const answer = await exchange(
        `GET /livez HTTP/1.1\r\nHost: x\r\n${line}\r\nConnection: close\r\n\r\n`,
      );
      if (!line.includes('\nX-Injected')) expect(answer).not.toMatch(/X-Injected/i);
      expect(answer).not.toMatch(/^X-Request-Id: .*[^\w.:/+=\r-]/m);
      expect(answer.split('\r\n\r\n')[0]).not.toMatch(/^X-Injected/im);
    },
  );

  it.each([
    ['Idempotency-Key', 'POST', '/api/materials'],
    ['If-Match', 'PUT', '/api/materials/01a20614-c5a5-72ad-b22b-509a48f9aa7e'],
    ['If-None-Match', 'GET', '/api/materials'],
    ['Last-Event-ID', 'GET', '/api/jobs/01a20614-c5a5-72ad-b22b-509a48f9aa7e/events'],
    ['webhook-id', 'POST', '/api/webhook/check'],
    ['Accept', 'GET', '/problems/gone'],
    ['Origin', 'GET', '/livez'],
  ])('is not %s', async (name, method, path) => {
    const answer = await exchange(
      `${method} ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${SERVICE_KEY}\r\n` +
        `${name}: injected-text%0d%0aSet-Cookie: a=b\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 [234]/);
    expect(answer).not.toContain('injected-text');
    expect(answer).not.toMatch(/^Set-Cookie/im);
  });
});

describe('the method of a request', () => {
  it.each(['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'])(
    'is not the one in %s',
    async (name) => {
      const { material } = await harness.add();
      const headers = { [name]: 'DELETE', 'If-Match': '"1"' };
      const path = `/api/materials/${material.id}`;
      const answer = await harness.request('GET', path, { token: SERVICE_KEY, headers });
      expect(answer.status).toBe(200);
    },
  );

  it('ignores a method in the query or in the body', async () => {
    const path = '/api/webhook/subscriptions?_method=DELETE';
    const body = { _method: 'DELETE' };
    expect((await harness.request('PUT', path, { token: SERVICE_KEY, body })).status).toBe(422);
  });

  it.each(['TRACE', 'CONNECT', 'OPTIONS', 'PROPFIND', 'PATCH', 'get', 'GETT', 'PURGE', 'DEBUG'])(
    'is refused, and nothing of the request comes back: %s',
    async (method) => {
      const answer = await exchange(
        `${method} /api/materials HTTP/1.1\r\nHost: x\r\nX-Secret: rahasia\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).not.toContain('rahasia');
      expect(answer).not.toMatch(/^HTTP\/1\.1 [2357]/);
    },
  );

  it('answers HEAD without a sign-in with 401 and no body', async () => {
    const answer = await exchange(
      'HEAD /api/materials HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    expect(answer.split('\r\n\r\n')[1]).toBe('');
  });
});

describe('the address of a request', () => {
  const get = (target: string, headers = '') =>
    exchange(`GET ${target} HTTP/1.1\r\nHost: x\r\n${headers}Connection: close\r\n\r\n`);

  it.each([
    'http://evil.example/api/materials',
    'http://x/api/materials',
    '//evil.example/api/materials',
    '/api//materials',
    '/api/./materials',
    '/api/../api/materials',
    '/api/materials/',
    '/API/materials',
    '/api/materials;x=1',
    '/api%2fmaterials',
    '/livez/../api/materials',
    '/api/docs/../materials',
  ])('requires the sign-in also for the address %s', async (target) => {
    expect(await get(target)).toMatch(/^HTTP\/1\.1 (401|404|400) /);
  });

  it.each([
    '//evil.example',
    '//evil.example/%2e%2e',
    '/\\evil.example',
    '/%5cevil.example',
    '/http://evil.example',
    '/api/docs//evil.example/..',
    '/api/docs?url=http://evil.example',
  ])('does not redirect for the address %s', async (target) => {
    const answer = await get(target);
    expect(answer).not.toMatch(/^HTTP\/1\.1 3/);
    expect(answer.split('\r\n\r\n')[0]).not.toMatch(/^Location/im);
  });

  it.each([
    '/api/docs/../../package.json',
    '/api/docs/..%2f..%2fpackage.json',
    '/api/docs/..%5c..%5cpackage.json',
    '/api/docs/%2e%2e%2f%2e%2e%2fpackage.json',
    '/api/docs/%252e%252e%252fpackage.json',
    '/api/docs/....//package.json',
    '/api/docs//etc/passwd',
    '/api/docs/swagger-ui.css%00.js',
    '/api/docs/__proto__',
    '/problems/..%2f..%2fpackage.json',
  ])('reads no other file for the address %s', async (target) => {
    expect(await get(target)).toMatch(/^HTTP\/1\.1 (400|404) /);
  });

  it.each(['Host: evil.example', 'X-Forwarded-Host: evil.example', 'Forwarded: host=evil.example'])(
    'in an answer comes from no header: %s',
    async (line) => {
      const body = JSON.stringify(someMaterial());
      const host = line.startsWith('Host') ? '' : 'Host: x\r\n';
      const answer = await exchange(
        `POST /api/materials HTTP/1.1\r\n${host}${line}\r\nAuthorization: Bearer ${SERVICE_KEY}\r\n` +
          `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 201 /);
      expect(answer).toMatch(/^Location: \/api\/materials\//m);
      expect(answer).not.toContain('evil.example');
    },
  );

  it.each(['X-Forwarded-For', 'X-Real-IP', 'True-Client-IP', 'X-Original-URL', 'X-Rewrite-URL'])(
    'and its sender are not those in %s',
    async (name) => {
      const value = name.endsWith('URL') ? '/livez' : '127.0.0.1';
      expect(await get('/api/materials', `${name}: ${value}\r\n`)).toMatch(/^HTTP\/1\.1 401 /);
    },
  );
});
