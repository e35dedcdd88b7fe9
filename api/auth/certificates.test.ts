import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ServerResponse } from 'node:http';
import { googleCertificates } from './googleCertificates.ts';
import { createLogger } from '../log.ts';
import { give, startIssuer, type Issuer } from '../../test/harness/issuer.ts';
import { startHarness, until } from '../../test/harness/portal.ts';

const HOUR = 60 * 60 * 1_000;
const UNAVAILABLE = { code: 'google_unavailable' };

let issuer: Issuer;
let now: number;
let certificatesFor: ReturnType<typeof googleCertificates>;
beforeEach(async () => {
  issuer = await startIssuer();
  now = Date.now();
  const url = `${issuer.url}/oauth2/v1/certs`;
  certificatesFor = googleCertificates(url, createLogger('silent'), () => now);
});
afterEach(() => issuer.close());

const never = () => undefined;
const fail = (res: ServerResponse) => void res.writeHead(500).end('broken');
/** Sends a body byte by byte, and never its end. */
const drip = (res: ServerResponse) => {
  res.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => res.write(' '), 50);
  res.on('close', () => clearInterval(timer));
};
const endless = (res: ServerResponse) => {
  res.writeHead(200);
  const more = () => {
    while (!res.destroyed && res.write(Buffer.alloc(65_536, ' ')));
  };
  res.on('drain', more);
  more();
};

describe('Google’s certificates', () => {
  it('fetches Google’s certificates once for 50 sign-ins at once, and then keeps them for max-age', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => certificatesFor('key-1')));
    expect(all.every((certificates) => 'key-1' in certificates)).toBe(true);
    now += HOUR - 1;
    await certificatesFor('key-1');
    expect(issuer.fetches).toBe(1);
  });

  it('keeps certificates for at most a day, whatever max-age says', async () => {
    issuer.answer = (res, body) => give(res, body, 'max-age=99999999');
    await certificatesFor('key-1');
    now += 25 * HOUR;
    await certificatesFor('key-1');
    await until(() => issuer.fetches === 2);
  });

  it.each([
    ['never answers', never],
    ['answers one byte at a time', drip],
    ['answers without an end', endless],
    ['answers 500', fail],
    ['answers what is no JSON', (res: ServerResponse) => give(res, '<html>')],
    ['answers no certificate', (res: ServerResponse) => give(res, '{}')],
    [
      'points elsewhere',
      (res: ServerResponse) => void res.writeHead(302, { location: '/oauth2/v1/certs' }).end(),
    ],
  ])('end 50 sign-ins with google_unavailable when the endpoint %s', async (_, answer) => {
    issuer.answer = answer;
    const waiting = Array.from({ length: 50 }, () => certificatesFor('key-1'));
    const ended = await Promise.allSettled(waiting);
    for (const one of ended) expect(one).toMatchObject({ status: 'rejected', reason: UNAVAILABLE });
    expect(issuer.fetches).toBe(1);
  });

  it.each([
    ['never answers', never],
    ['answers 500', fail],
  ])('serve on for a day when they are stale and the endpoint %s', async (_, answer) => {
    await certificatesFor('key-1');
    issuer.answer = answer;
    now += 2 * HOUR;
    for (let sign = 0; sign < 10; sign += 1) {
      expect(await certificatesFor('key-1')).toHaveProperty('key-1');
    }
    await until(() => issuer.fetches === 2);
    now += 22 * HOUR;
    expect(await certificatesFor('key-1')).toHaveProperty('key-1');
    now += 2 * HOUR;
    await expect(certificatesFor('key-1')).rejects.toMatchObject(UNAVAILABLE);
  });

  it('renews stale certificates while a sign-in uses them', async () => {
    await certificatesFor('key-1');
    issuer.rotate('key-2');
    now += 2 * HOUR;
    expect(await certificatesFor('key-1')).toHaveProperty('key-1');
    await until(async () => 'key-2' in (await certificatesFor('key-2')));
    expect(issuer.fetches).toBe(2);
  });

  it('fetches certificates at most once a minute for unknown key ids', async () => {
    await certificatesFor('key-1');
    now += 61_000;
    await Promise.all(Array.from({ length: 50 }, (__, n) => certificatesFor(`invented-${n}`)));
    expect(issuer.fetches).toBe(2);
    now += 59_000;
    await certificatesFor('invented');
    expect(issuer.fetches).toBe(2);
    issuer.rotate('key-2');
    now += 2_000;
    expect(await certificatesFor('key-2')).toHaveProperty('key-2');
  });

  it('signs in with a known key while an unknown key is asked for', async () => {
    await certificatesFor('key-1');
    now += 61_000;
    issuer.answer = never;
    const unknown = certificatesFor('invented');
    expect(await certificatesFor('key-1')).toHaveProperty('key-1');
    expect(await unknown).not.toHaveProperty('invented');
  });
});

it('answers 503 to a sign-in if Google’s certificate endpoint never answers', async () => {
  issuer.answer = never;
  const harness = await startHarness({ google: { rootUrl: issuer.url } });
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      harness.request('POST', '/api/auth/google', { body: { idToken: issuer.token() } }),
    ),
  );
  await harness.stop();
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 503, body: { type: '/problems/google-unavailable' } });
  }
  expect(issuer.fetches).toBe(1);
});
