import { connect as connectSocket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startHttpServer, type HttpServer } from './http/server.ts';
import { createLogger } from './log.ts';

const silent = createLogger('silent');

let server: HttpServer;
beforeAll(async () => {
  server = await startHttpServer(
    (req, res) => {
      res.setHeader('X-Request-Id', 'the-request');
      req.on('end', () => res.end('ok')).resume();
    },
    {
      port: 0,
      host: '127.0.0.1',
      log: silent,
      limits: { headersTimeout: 300, requestTimeout: 600, connectionsCheckingInterval: 50 },
    },
  );
});
afterAll(() => server.close(0));

/** Sends text as it is and reads until the server closes the connection. */
function exchange(...parts: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectSocket(Number(new URL(server.url).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('utf8')));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
    for (const part of parts) socket.write(part);
  });
}

function read(answer: string) {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const [name = '', value = ''] = line.split(': ');
    headers[name.toLowerCase()] = value;
  }
  return {
    status: Number(first.split(' ')[1]),
    headers,
    problem: JSON.parse(body) as Record<string, unknown>,
  };
}

const HOST = 'Host: a\r\n';

describe('a request that cannot be read', () => {
  const cases = [
    { what: 'is no HTTP', sent: 'NOT HTTP AT ALL\r\n\r\n', status: 400 },
    {
      what: 'has a chunk whose size is no number',
      sent: `POST /x HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
      status: 400,
    },
    {
      what: 'has more headers than 16 KB',
      sent: `GET / HTTP/1.1\r\n${HOST}X-Long: ${'a'.repeat(20_000)}\r\n\r\n`,
      status: 431,
    },
    {
      what: 'has an address longer than 16 KB',
      sent: `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n${HOST}\r\n`,
      status: 431,
    },
    {
      what: 'expects something that HTTP does not know',
      sent: `POST / HTTP/1.1\r\n${HOST}Expect: miracles\r\nContent-Length: 1\r\n\r\n`,
      status: 417,
    },
    { what: 'names no host', sent: 'GET / HTTP/1.1\r\n\r\n', status: 400 },
    { what: 'stops within its headers', sent: `GET / HTTP/1.1\r\n${HOST}`, status: 408 },
    { what: 'never begins', sent: '', status: 408 },
    {
      what: 'stops within its body',
      sent: `POST / HTTP/1.1\r\n${HOST}Content-Length: 100\r\n\r\nhalf`,
      status: 408,
    },
  ];

  it.each(cases)(
    'answers $status as problem+json with a request id to an unreadable request: $what',
    async (one) => {
      const { status, headers, problem } = read(await exchange(one.sent));
      expect(status).toBe(one.status);
      expect(headers).toMatchObject({
        'content-type': 'application/problem+json; charset=utf-8',
        connection: 'close',
      });
      expect(problem).toMatchObject({ status, requestId: headers['x-request-id'] });
      expect(String(problem['requestId'])).toMatch(/^(the-request|[0-9a-f-]{36})$/);
      expect(problem['detail']).toEqual(expect.any(String));
      // The text for all malformed requests refers to a detail of one request.
      expect(problem['detail']).not.toMatch(/The detail says/);
    },
  );

  it('keeps the request id of an unreadable request', async () => {
    const sent = `POST / HTTP/1.1\r\n${HOST}Content-Length: 100\r\n\r\nhalf`;
    expect(read(await exchange(sent)).problem).toMatchObject({ requestId: 'the-request' });
  });

  it('ends a request with a dripping body with 408', async () => {
    const socket = connectSocket(Number(new URL(server.url).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('utf8')));
    socket.write(`POST / HTTP/1.1\r\n${HOST}Content-Length: 100000\r\n\r\n`);
    const drip = setInterval(() => socket.write('x'), 20);
    await new Promise<void>((resolve) => {
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
    });
    clearInterval(drip);
    expect(read(answer).status).toBe(408);
  });
});

it('does not wait for unused connections when the server closes', async () => {
  const closing = await startHttpServer((_req, res) => res.end(), {
    port: 0,
    host: '127.0.0.1',
    log: silent,
  });
  const socket = connectSocket(Number(new URL(closing.url).port), '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  const ended = new Promise((resolve) => socket.once('close', resolve));
  // The patience is longer than this test may take.
  expect(await closing.close(300_000)).toEqual([]);
  await ended;
});
