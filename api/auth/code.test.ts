import { createHash, randomBytes } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { pino } from 'pino';
import { codeExchange } from './exchangeCode.ts';
import { createLogger } from '../log.ts';
import { startGoogle, type GoogleStandIn } from '../../google-standin/index.ts';
import { call, startHarness, type Harness } from '../../test/harness/portal.ts';

const CLIENT = 'client.apps.example';
const SECRET = 'secret-of-the-oauth-client';
const REDIRECT = 'https://materi.contoh.sch.id/masuk';
const OTHER_REDIRECT = 'https://materi.contoh.sch.id/lain';
const EMAIL = 'sari@sekolah.sch.id';
const codeSignIn = { clientSecret: SECRET, redirectUris: [REDIRECT, OTHER_REDIRECT] };
const problem = (code: string, status: number) => ({
  status,
  body: { type: `/problems/${code}` },
});

let google: GoogleStandIn;
let harness: Harness;
beforeAll(async () => {
  // nock is active as soon as it is loaded.
  nock.restore();
  const redirectUris = codeSignIn.redirectUris;
  const client = { clientId: CLIENT, clientSecret: SECRET, redirectUris };
  const other = { ...client, clientId: 'other.apps.example' };
  google = await startGoogle({ clients: [client, other] });
  harness = await startHarness({ google: { rootUrl: google.url, codeSignIn } });
});
afterAll(async () => {
  await harness.stop();
  await google.close();
});

/** A person allows the sign-in on Google's page. @returns the body for the API */
async function allowed(more: Record<string, string> = {}) {
  const codeVerifier = randomBytes(32).toString('base64url');
  const asked = {
    client_id: CLIENT,
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: 'openid email profile',
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  };
  const response = await fetch(`${google.url}/o/oauth2/v2/auth`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: google.url },
    body: new URLSearchParams({ ...asked, email: EMAIL, decision: 'allow' }),
  });
  const back = new URL(response.headers.get('Location') ?? '');
  return { code: back.searchParams.get('code') ?? '', codeVerifier, redirectUri: REDIRECT };
}

const signIn = (body: object, at = harness) => at.request('POST', '/api/auth/google', { body });
const BODY = { code: '4/0code', codeVerifier: 'v'.repeat(43), redirectUri: REDIRECT };

describe('An authorization code', () => {
  it('signs a person in with an authorization code, and again as the same user', async () => {
    const first = await signIn(await allowed());
    expect(first).toMatchObject({ status: 200, body: { user: { email: EMAIL } } });
    const { user } = first.body as { user: object };
    expect(await signIn(await allowed())).toMatchObject({ status: 200, body: { user } });
  });

  it('takes an authorization code once', async () => {
    const body = await allowed();
    expect((await signIn(body)).status).toBe(200);
    expect(await signIn(body)).toMatchObject(problem('code-refused', 401));
  });

  it('takes one of ten sign-ins at once with one authorization code', async () => {
    const body = await allowed();
    const answers = await Promise.all(Array.from({ length: 10 }, () => signIn(body)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(9);
  });

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['another code verifier', {}, { codeVerifier: 'v'.repeat(43) }],
    ['the challenge as its verifier', {}, { codeVerifier: 'c'.repeat(128) }],
    ['another redirect URI of the portal', {}, { redirectUri: OTHER_REDIRECT }],
    ['a code of another client', { client_id: 'other.apps.example' }, {}],
    ['a code that Google has not made', {}, { code: '4/0made-up' }],
    ['a code without the scope openid', { scope: 'email' }, {}],
  ])('is refused with 401 for %s', async (_, asked, sent) => {
    const answer = await signIn({ ...(await allowed(asked)), ...sent });
    expect(answer).toMatchObject(problem('code-refused', 401));
    expect(answer.body).toMatchObject({ detail: expect.stringMatching(/again|openid/) });
  });

  it('compares the nonce with the nonce of the request to Google', async () => {
    const asked = { nonce: 'n-1' };
    expect((await signIn({ ...(await allowed(asked)), nonce: 'n-1' })).status).toBe(200);
    for (const body of [
      { ...(await allowed(asked)), nonce: 'n-2' },
      await allowed(asked),
      { ...(await allowed()), nonce: 'n-1' },
    ]) {
      expect(await signIn(body)).toMatchObject(problem('token-refused', 401));
    }
  });

  it.each([
    ['an address that is not in GOOGLE_REDIRECT_URIS', 'redirectUri', 'https://attacker.example/'],
    ['an address that begins like one of them', 'redirectUri', `${REDIRECT}/`],
    ['an address in other letters’ case', 'redirectUri', REDIRECT.toUpperCase()],
    ['a verifier of 42 characters', 'codeVerifier', 'v'.repeat(42)],
    ['a verifier of 129 characters', 'codeVerifier', 'v'.repeat(129)],
    ['a verifier with a plus sign', 'codeVerifier', `+${'v'.repeat(43)}`],
    ['a verifier that ends with a line break', 'codeVerifier', `${'v'.repeat(43)}\n`],
    ['a code with a blank', 'code', '4/0 x'],
    ['a code of 2,001 characters', 'code', 'c'.repeat(2_001)],
    ['no code', 'code', ''],
  ])('is refused with 422 for %s, and Google is not asked', async (_, path, value) => {
    const answer = await signIn({ ...BODY, [path]: value });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path }] } });
  });

  it.each([
    ['a part of the form', { code: '4/0code' }, ['codeVerifier', 'redirectUri']],
    ['nothing', {}, ['idToken']],
    ['both forms', { ...BODY, idToken: 'x' }, ['idToken']],
  ])('is refused with 422 for %s, with the fields of one form', async (_, body, paths) => {
    const errors = paths.map((path) => ({ path }));
    expect(await signIn(body)).toMatchObject({ status: 422, body: { errors } });
  });

  it('answers 403 to an authorization code if no client secret is set', async () => {
    const without = await startHarness({ google: { rootUrl: google.url } });
    const answer = await signIn(await allowed(), without);
    await without.stop();
    expect(answer).toMatchObject(problem('code-sign-in-off', 403));
  });

  it('answers 500 if the client secret is wrong, and the log says what to correct', async () => {
    const lines: string[] = [];
    const out = new PassThrough().on('data', (line: Buffer) => lines.push(line.toString('utf8')));
    const wrong = await startHarness({
      google: {
        rootUrl: google.url,
        codeSignIn: { ...codeSignIn, clientSecret: 'a-wrong-secret' },
      },
      log: pino({}, out),
    });
    const body = await allowed();
    const answer = await signIn(body, wrong);
    await wrong.stop();
    expect(answer).toMatchObject(problem('internal', 500));
    expect(lines.join('')).toContain('GOOGLE_CLIENT_SECRET');
    for (const hidden of ['a-wrong-secret', body.code, body.codeVerifier]) {
      expect(lines.join('') + JSON.stringify(answer.body)).not.toContain(hidden);
    }
  });
});

/** Google's real address: nock answers in its place. */
describe('The exchange of a code at Google', () => {
  beforeEach(() => nock.activate());
  afterEach(() => {
    nock.cleanAll();
    nock.restore();
  });

  /** Exchanges with what Google answers. @returns the ID token or the error, and the log */
  async function exchanged(status: number, answer: nock.Body) {
    const scope = nock('https://oauth2.googleapis.com').post('/token').reply(status, answer);
    const lines: string[] = [];
    const out = new PassThrough().on('data', (line: Buffer) => lines.push(line.toString('utf8')));
    const settings = { clientId: CLIENT, codeSignIn, rootUrl: null };
    const result = await codeExchange(
      settings,
      pino({}, out),
    )(BODY).catch((error: unknown) => error);
    expect(scope.isDone()).toBe(true);
    return { result, log: lines.join('') };
  }

  it('sends Google exactly the form of RFC 7636, and asks for no profile', async () => {
    const scope = nock('https://oauth2.googleapis.com')
      .post('/token', {
        grant_type: 'authorization_code',
        code: BODY.code,
        code_verifier: BODY.codeVerifier,
        redirect_uri: REDIRECT,
        client_id: CLIENT,
        client_secret: SECRET,
      })
      .matchHeader('content-type', 'application/x-www-form-urlencoded')
      .reply(200, { access_token: 'a', id_token: 'the ID token', expires_in: 3599 });
    const settings = { clientId: CLIENT, codeSignIn, rootUrl: null };
    const exchange = codeExchange(settings, createLogger('silent'));
    expect(await exchange(BODY)).toBe('the ID token');
    expect(scope.isDone()).toBe(true);
  });

  it.each<[string, number, nock.Body, string]>([
    ['no JSON', 200, '<html>access_token=a&id_token=b</html>', 'google_unavailable'],
    ['half of a JSON object', 200, '{"access_token":"hidden-token', 'google_unavailable'],
    ['null', 200, 'null', 'google_unavailable'],
    ['a list', 200, '[]', 'google_unavailable'],
    ['nothing', 200, '', 'google_unavailable'],
    ['no access token', 200, { id_token: 'x' }, 'google_unavailable'],
    ['a redirect', 302, '', 'google_unavailable'],
    ['429', 429, { error: 'rate_limit_exceeded' }, 'google_unavailable'],
    ['500', 500, { error: 'internal_failure' }, 'google_unavailable'],
    ['503 with a page', 503, '<html>', 'google_unavailable'],
    ['400 with a page', 400, '<html>', 'google_unavailable'],
    ['400 with null', 400, 'null', 'google_unavailable'],
    ['400 with an error of another form', 400, { error: { code: 400 } }, 'google_unavailable'],
    ['invalid_grant', 400, { error: 'invalid_grant' }, 'code_refused'],
    ['redirect_uri_mismatch', 400, { error: 'redirect_uri_mismatch' }, 'code_refused'],
    ['an error that nobody knows', 400, { error: 'a_new_error' }, 'code_refused'],
    ['no ID token', 200, { access_token: 'a' }, 'code_refused'],
    ['an ID token that is a number', 200, { access_token: 'a', id_token: 1 }, 'code_refused'],
    [
      'an ID token without an end',
      200,
      { access_token: 'a', id_token: 'x'.repeat(10_001) },
      'code_refused',
    ],
  ])('ends with an error of ours for %s', async (_, status, answer, code) => {
    const { result, log } = await exchanged(status, answer);
    expect(result).toMatchObject({ name: 'PortalError', code });
    for (const hidden of [SECRET, BODY.code, BODY.codeVerifier, 'hidden-token']) {
      expect(log + String(result)).not.toContain(hidden);
    }
  });

  it('logs that Google has deleted the OAuth client', async () => {
    const { result } = await exchanged(401, { error: 'deleted_client' });
    expect(result).toMatchObject({ message: expect.stringContaining('deleted_client') });
    expect(result).not.toHaveProperty('code');
  });
});

/** Answers that need a real connection: without an end, too large, broken. */
describe('A token endpoint', () => {
  const drip = (res: ServerResponse) => {
    res.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => res.write(' '), 50);
    res.on('close', () => clearInterval(timer));
  };
  it.each([
    ['never answers', () => undefined],
    ['answers one byte at a time', drip],
    [
      'answers too much',
      (res: ServerResponse) =>
        void res.writeHead(200).end(`{"access_token":"${'a'.repeat(200_000)}"}`),
    ],
    [
      'breaks off within its answer',
      (res: ServerResponse) => {
        res.writeHead(200, { 'content-length': 100 });
        res.write('{', () => res.destroy());
      },
    ],
  ])('ends 20 sign-ins with 503 if it %s', async (_, answer) => {
    const server = createServer((_req, res) => answer(res));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const own = await startHarness({
      google: { rootUrl: `http://127.0.0.1:${port}`, codeSignIn },
    });
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(BODY, own)));
    expect((await call(own.portal.url, 'GET', '/livez')).status).toBe(200);
    await own.stop();
    server.closeAllConnections();
    server.close();
    for (const one of answers) {
      expect(one).toMatchObject(problem('google-unavailable', 503));
      expect(one.headers.get('Retry-After')).toMatch(/^\d+$/);
    }
  });
});
