import { createSecretKey } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ACCESS_TOKEN_LIFE, issueAccessToken } from '../auth/accessToken.ts';
import { sessionFamilySchema, userIdSchema } from '../db/ids.ts';
import { startIssuer, type Issuer } from '../../test/harness/issuer.ts';
import { SERVICE_KEY, startHarness, type Answer, type Harness } from '../../test/harness/portal.ts';
import { startRedis, withRedis, type RedisServer } from '../../test/harness/redis.ts';

const RATE_LIMITS = { user: 5, service: 8, address: 6, signIn: 3 };
const SESSION = sessionFamilySchema.parse('01a20614-c5a5-72ad-b22b-509a48f9aa7e');

/** The number of requests that are left, by the header RateLimit. */
const left = ({ headers }: Answer) => Number(/r=(\d+)/.exec(headers.get('RateLimit') ?? '')?.[1]);

async function statuses(times: number, send: (time: number) => Promise<Answer>): Promise<number[]> {
  const found: number[] = [];
  for (let time = 0; time < times; time += 1) found.push((await send(time)).status);
  return found;
}

/** What holds wherever the counts are. */
function limits(openRedisServer: () => Promise<RedisServer | undefined>) {
  let redis: RedisServer | undefined;
  let issuer: Issuer;
  let harness: Harness;
  beforeAll(async () => {
    redis = await openRedisServer();
    issuer = await startIssuer();
    harness = await startHarness({
      google: { rootUrl: issuer.url },
      config: {
        rateLimits: RATE_LIMITS,
        trustProxy: 1,
        redis: redis === undefined ? null : { url: redis.url, prefix: 'test:' },
      },
    });
  });
  afterAll(async () => {
    await harness.stop();
    await issuer.close();
    await redis?.kill();
  });

  const me = (token: string, address = '203.0.113.1') =>
    harness.request('GET', '/api/me', { token, headers: { 'X-Forwarded-For': address } });
  const unknown = (address: string, path = '/api/me') =>
    harness.request('GET', path, { headers: { 'X-Forwarded-For': address } });
  const signIn = (address: string, idToken: string) =>
    harness.request('POST', '/api/auth/google', {
      body: { idToken },
      headers: { 'X-Forwarded-For': address },
    });

  it('answers 429 to a person who sent too many requests, and 200 to another at the same address', async () => {
    const [sari, budi] = [await harness.person(), await harness.person()];
    expect(await statuses(5, () => me(sari.token))).toEqual([200, 200, 200, 200, 200]);
    const refused = await me(sari.token);
    expect(refused).toMatchObject({
      status: 429,
      body: { type: '/problems/too-many-requests', status: 429, requestId: expect.any(String) },
    });
    expect(refused.headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
    expect((await me(budi.token)).status).toBe(200);
  });

  it('counts a person by the account and not by the address', async () => {
    const { token } = await harness.person();
    const found = await statuses(6, (time) => me(token, `203.0.113.${time + 10}`));
    expect(found).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it('sends RateLimit and RateLimit-Policy of draft 8, and Retry-After with each 429', async () => {
    const { token } = await harness.person();
    const { headers } = await me(token);
    expect(headers.get('RateLimit')).toMatch(/^"user"; r=4; t=\d{1,2}$/);
    expect(headers.get('RateLimit-Policy')).toMatch(/^"user"; q=5; w=60; pk=:[\w+/=]+:$/);
    expect(headers.get('X-RateLimit-Limit')).toBeNull();
    expect(headers.get('Retry-After')).toBeNull();
    await statuses(4, () => me(token));
    const refused = await me(token);
    expect(refused.headers.get('RateLimit')).toMatch(/^"user"; r=0; t=\d{1,2}$/);
    const seconds = Number(refused.headers.get('Retry-After'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
  });

  it('counts requests with a forged token for their address, and none for the person they name', async () => {
    const { id, token } = await harness.person();
    const key = createSecretKey('another key of more than 32 characters', 'utf8');
    const forged = issueAccessToken(key, userIdSchema.parse(id), SESSION, ACCESS_TOKEN_LIFE);
    const found = await statuses(7, () => me(forged, '203.0.113.2'));
    expect(found).toEqual([401, 401, 401, 401, 401, 401, 429]);
    expect(left(await me(token, '203.0.113.2'))).toBe(4);
  });

  it('counts each request under /api without a sign-in for its IP address, also one for an unknown path', async () => {
    const paths = ['/api/me', '/api/nothing', '/api/openapi.json', '/api/docs/none', '/api/jobs'];
    for (const path of paths) expect((await unknown('203.0.113.3', path)).status).not.toBe(429);
    expect((await unknown('203.0.113.3', '/api')).status).toBe(404);
    expect((await unknown('203.0.113.3', '/API/me')).status).toBe(429);
    expect((await unknown('203.0.113.4')).status).toBe(401);
  });

  it('limits n8n’s callbacks by IP address, because their signature is read with the body', async () => {
    const callback = () =>
      harness.request('POST', '/api/webhook/n8n', {
        body: {},
        headers: { 'X-Forwarded-For': '203.0.113.5' },
      });
    expect(await statuses(7, callback)).toEqual([401, 401, 401, 401, 401, 401, 429]);
  });

  it('limits a service key by itself', async () => {
    const found = await statuses(9, () =>
      harness.request('GET', '/api/jobs', { token: SERVICE_KEY }),
    );
    expect(found).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 429]);
  });

  it('counts the addresses of one IPv6 connection together', async () => {
    const found = await statuses(7, (time) => unknown(`2001:db8:1:${time}::${time}`));
    expect(found).toEqual([401, 401, 401, 401, 401, 401, 429]);
    expect((await unknown('2001:db8:2::1')).status).toBe(401);
  });

  it('counts a request for the proxy if its X-Forwarded-For names no address', async () => {
    const found = await statuses(7, (time) => unknown('x'.repeat(1_000 + time)));
    expect(found).toEqual([401, 401, 401, 401, 401, 401, 429]);
  });

  it('answers 429 before the body has arrived', async () => {
    const address = '203.0.113.6';
    await statuses(6, () => unknown(address));
    const socket = connect(Number(new URL(harness.portal.url).port), '127.0.0.1');
    const head = ['POST /api/auth/refresh HTTP/1.1', 'Host: x', `X-Forwarded-For: ${address}`];
    socket.write(`${[...head, 'Content-Length: 9', 'Connection: close'].join('\r\n')}\r\n\r\n`);
    const answer = text(socket);
    await new Promise((resolve) => socket.once('data', resolve));
    socket.end();
    expect(await answer).toMatch(/^HTTP\/1\.1 429 /);
  });

  it('answers 429 after too many failed sign-ins, and still 401 at another address', async () => {
    const found = await statuses(4, () => signIn('203.0.113.7', 'forged'));
    expect(found).toEqual([401, 401, 401, 429]);
    const refused = await signIn('203.0.113.7', issuer.token());
    expect(refused).toMatchObject({ status: 429, body: { type: '/problems/too-many-requests' } });
    expect(refused.headers.get('RateLimit')).toContain('"sign-in"; r=0');
    expect(refused.headers.get('Retry-After')).toMatch(/^\d{1,2}$/);
    expect((await signIn('203.0.113.8', 'forged')).status).toBe(401);
  });

  it('does not count successful sign-ins', async () => {
    const address = '203.0.113.9';
    const first = await statuses(4, () => signIn(address, issuer.token()));
    expect(first).toEqual([200, 200, 200, 200]);
    const refused = await signIn(address, 'forged');
    expect(refused.status).toBe(401);
    expect(refused.headers.get('RateLimit')).toContain('"sign-in"; r=2');
  });

  it('never limits livez and readyz', async () => {
    const found = await statuses(20, () => harness.request('GET', '/livez'));
    const ready = await statuses(20, () => harness.request('GET', '/readyz'));
    expect(new Set([...found, ...ready])).toEqual(new Set([200]));
  });

  it('refuses exactly the requests above the limit when they come at once', async () => {
    const { token } = await harness.person();
    const answers = await Promise.all(Array.from({ length: 30 }, () => me(token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(RATE_LIMITS.user);
  });
}

describe('Limits that are counted in this process', () => {
  limits(() => Promise.resolve(undefined));
});

withRedis('Limits that are counted in Redis', () => {
  limits(startRedis);
});

describe('Without a trusted proxy', () => {
  it('counts a request with a forged X-Forwarded-For for its real address if no proxy is trusted', async () => {
    const harness = await startHarness({ config: { rateLimits: RATE_LIMITS } });
    const found = await statuses(7, (time) =>
      harness.request('GET', '/api/me', {
        headers: { 'X-Forwarded-For': `203.0.113.${time}`, Forwarded: `for=203.0.113.${time}` },
      }),
    );
    await harness.stop();
    expect(found).toEqual([401, 401, 401, 401, 401, 401, 429]);
  });
});
