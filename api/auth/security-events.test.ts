import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod/v4';
import { CLIENT, startIssuer, type Issuer } from '../../test/harness/issuer.ts';
import { startHarness, type Harness } from '../../test/harness/portal.ts';

const RISC = 'https://schemas.openid.net/secevent/risc/event-type/';
const OAUTH = 'https://schemas.openid.net/secevent/oauth/event-type/';
const DAY = 24 * 60 * 60;

let issuer: Issuer;
let harness: Harness;
let serial = 0;
beforeAll(async () => {
  issuer = await startIssuer();
  harness = await startHarness({ google: { rootUrl: issuer.url } });
});
afterAll(async () => {
  await harness.stop();
  await issuer.close();
});

const seconds = () => Math.floor(Date.now() / 1_000);
const newSub = () => `3000${(serial += 1)}`;
const sessionSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  user: z.object({ id: z.number() }),
});

const about = (sub: string, more: object = {}) => ({
  subject: { subject_type: 'iss-sub', iss: 'https://accounts.google.com/', sub },
  ...more,
});
/** A security event token as Google signs it, with other claims. */
const token = (events: unknown, more: object = {}) =>
  issuer.token({
    iss: 'https://accounts.google.com/',
    exp: undefined,
    sub: undefined,
    email: undefined,
    email_verified: undefined,
    hd: undefined,
    jti: `event-${(serial += 1)}`,
    events,
    ...more,
  });
const send = (raw: string, type = 'application/secevent+jwt') =>
  harness.request('POST', '/api/auth/risc', { raw, headers: { 'Content-Type': type } });

const idToken = (sub: string, more: object = {}) => issuer.token({ sub, ...more });
const signInWith = (signed: string) =>
  harness.request('POST', '/api/auth/google', { body: { idToken: signed } });
const signIn = async (sub: string) => sessionSchema.parse((await signInWith(idToken(sub))).body);
const isSignedIn = async (accessToken: string) =>
  (await harness.request('GET', '/api/me', { token: accessToken })).status === 200;
const audit = () =>
  harness.db
    .selectFrom('auditLog')
    .select(['actor', 'action', 'subject', 'details'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();

describe('A security event of Google', () => {
  it.each([
    ['sessions-revoked', `${RISC}sessions-revoked`, {}],
    ['tokens-revoked', `${OAUTH}tokens-revoked`, {}],
    ['account-disabled', `${RISC}account-disabled`, { reason: 'hijacking' }],
    ['account-credential-change-required', `${RISC}account-credential-change-required`, {}],
  ])('%s ends all sessions of the person, and no other person’s', async (kind, type, more) => {
    const [sub, otherSub] = [newSub(), newSub()];
    const sessions = [await signIn(sub), await signIn(sub)];
    const other = await signIn(otherSub);
    const answer = await send(token({ [type]: about(sub, more) }));
    expect([answer.status, answer.body]).toEqual([202, null]);
    for (const { accessToken, refreshToken } of sessions) {
      expect(await isSignedIn(accessToken)).toBe(false);
      const body = { refreshToken };
      expect((await harness.request('POST', '/api/auth/refresh', { body })).status).toBe(401);
    }
    expect(await isSignedIn(other.accessToken)).toBe(true);
    expect(await audit()).toEqual({
      actor: 'google',
      action: `google.${kind.replaceAll('-', '_')}`,
      subject: `user:${sessions[0]?.user.id}`,
      details: more,
    });
  });

  it('about an account that Google disabled as one of many ends its sessions too', async () => {
    const sub = newSub();
    const { accessToken } = await signIn(sub);
    const event = about(sub, { reason: 'bulk-account' });
    expect((await send(token({ [`${RISC}account-disabled`]: event }))).status).toBe(202);
    expect(await isSignedIn(accessToken)).toBe(false);
    expect(await audit()).toMatchObject({ details: { reason: 'bulk-account' } });
  });

  it('names the person also by the claims of an ID token, with the address', async () => {
    const sub = newSub();
    const { accessToken } = await signIn(sub);
    const subject = {
      subject_type: 'id_token_claims',
      iss: 'https://accounts.google.com/',
      sub,
      email: 'guru@contoh.sch.id',
    };
    expect((await send(token({ [`${OAUTH}tokens-revoked`]: { subject } }))).status).toBe(202);
    expect(await isSignedIn(accessToken)).toBe(false);
  });

  it('refuses ID tokens from before a security event, and takes later ones', async () => {
    const sub = newSub();
    await signIn(sub);
    const stolen = idToken(sub, { iat: seconds() - 60 });
    expect((await send(token({ [`${RISC}account-disabled`]: about(sub) }))).status).toBe(202);
    expect(await signInWith(stolen)).toMatchObject({
      status: 401,
      body: { type: '/problems/token-refused' },
    });
    expect((await signInWith(idToken(sub))).status).toBe(200);
  });

  it('handles a security event once, also if it arrives ten times at once', async () => {
    const sub = newSub();
    await signIn(sub);
    const signed = token({ [`${RISC}sessions-revoked`]: about(sub) });
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(signed)));
    expect(answers.every(({ status }) => status === 202)).toBe(true);
    const { user, accessToken } = await signIn(sub);
    expect((await send(signed)).status).toBe(202);
    expect(await isSignedIn(accessToken)).toBe(true);
    const recorded = await harness.db
      .selectFrom('auditLog')
      .select('id')
      .where('subject', '=', `user:${user.id}`)
      .where('action', '=', 'google.sessions_revoked')
      .execute();
    expect(recorded).toHaveLength(1);
  });

  it('ends no session at account-enabled, and writes it to the audit log', async () => {
    const sub = newSub();
    const { accessToken, user } = await signIn(sub);
    expect((await send(token({ [`${RISC}account-enabled`]: about(sub) }))).status).toBe(202);
    expect(await isSignedIn(accessToken)).toBe(true);
    expect(await audit()).toMatchObject({
      action: 'google.account_enabled',
      subject: `user:${user.id}`,
    });
  });

  it('answers 202 to a verification event, and writes it to the audit log', async () => {
    expect((await send(token({ [`${RISC}verification`]: { state: 'x' } }))).status).toBe(202);
    expect(await audit()).toMatchObject({ actor: 'google', action: 'google.verification' });
  });

  it.each([
    ['about nobody here', `${RISC}sessions-revoked`, about('999')],
    [
      'about a token',
      `${OAUTH}token-revoked`,
      {
        subject: {
          subject_type: 'oauth_token',
          token_type: 'refresh_token',
          token_identifier_alg: 'prefix',
          token: '1//0abcdefghijkl',
        },
      },
    ],
    ['of a kind that is not known', `${RISC}account-purged`, about('999')],
  ])('%s is answered 202', async (_, type, payload) => {
    expect((await send(token({ [type]: payload }))).status).toBe(202);
  });

  it.each([
    ['for several clients', { aud: ['another', CLIENT] }],
    ['with an end that has passed', { exp: 1 }],
    ['29 days old', { iat: seconds() - 29 * DAY }],
  ])('is taken %s', async (_, more) => {
    const sub = newSub();
    const { accessToken } = await signIn(sub);
    expect((await send(token({ [`${RISC}sessions-revoked`]: about(sub) }, more))).status).toBe(202);
    expect(await isSignedIn(accessToken)).toBe(false);
  });

  it('takes a security event with the other forms of the issuer and with any media type', async () => {
    for (const iss of ['https://accounts.google.com', 'accounts.google.com']) {
      const sub = newSub();
      const { accessToken } = await signIn(sub);
      const events = { [`${RISC}sessions-revoked`]: { subject: { iss, sub } } };
      expect((await send(token(events), 'text/plain')).status).toBe(202);
      expect(await isSignedIn(accessToken)).toBe(false);
    }
  });
});

describe('A security event token is refused with', () => {
  const sub = '310000000000000000000';
  const EVENTS = { [`${RISC}sessions-revoked`]: about(sub) };
  let accessToken: string;
  beforeAll(async () => {
    ({ accessToken } = await signIn(sub));
  });

  it.each<[string, string, () => string]>([
    [
      'invalid_issuer',
      'the issuer of ID tokens',
      () => token(EVENTS, { iss: 'https://accounts.google.com' }),
    ],
    ['invalid_issuer', 'another issuer', () => token(EVENTS, { iss: 'https://attacker.example/' })],
    ['invalid_audience', 'another client', () => token(EVENTS, { aud: 'another' })],
    ['invalid_audience', 'no client', () => token(EVENTS, { aud: [] })],
    ['invalid_request', 'no audience', () => token(EVENTS, { aud: undefined })],
    ['invalid_request', 'no jti', () => token(EVENTS, { jti: undefined })],
    ['invalid_request', 'an age of 31 days', () => token(EVENTS, { iat: seconds() - 31 * DAY })],
    ['invalid_request', 'a time of tomorrow', () => token(EVENTS, { iat: seconds() + DAY })],
    ['invalid_request', 'a time that is a text', () => token(EVENTS, { iat: 'now' })],
    ['invalid_request', 'no event', () => token({})],
    ['invalid_request', 'events that are a list', () => token([])],
    ['invalid_request', 'no subject', () => token({ [`${RISC}sessions-revoked`]: {} })],
    [
      'invalid_request',
      'a subject of another issuer',
      () => token({ [`${RISC}sessions-revoked`]: { subject: { iss: 'https://a.example', sub } } }),
    ],
    [
      'invalid_request',
      'eleven events',
      () => token(Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`x:${n}`, {}]))),
    ],
    ['invalid_request', 'an ID token', () => idToken(sub)],
    ['invalid_request', 'an empty body', () => ''],
    ['invalid_request', 'a text', () => 'x'],
    ['invalid_key', 'three parts that are no token', () => 'a.b.c'],
    ['invalid_key', 'an unknown key', () => issuer.token({ events: EVENTS }, { keyid: 'key-9' })],
    [
      'invalid_key',
      'changed claims',
      () => {
        const [header, , signature] = token(EVENTS, { aud: 'another' }).split('.');
        return [header, token(EVENTS).split('.')[1], signature].join('.');
      },
    ],
    [
      'invalid_key',
      'no signature',
      () => {
        const header = Buffer.from('{"alg":"none","kid":"key-1"}').toString('base64url');
        return `${header}.${token(EVENTS).split('.')[1]}.x`;
      },
    ],
  ])('%s for %s, and no session ends', async (err, _, make) => {
    const signed = make();
    const answer = await send(signed);
    expect(answer).toMatchObject({ status: 400, body: { err, description: expect.any(String) } });
    expect(Object.keys(answer.body as object).toSorted()).toEqual(['description', 'err']);
    expect(answer.headers.get('Content-Type')).toMatch(/^application\/json/);
    expect(answer.headers.get('Content-Language')).toBe('en');
    expect(await isSignedIn(accessToken)).toBe(true);
  });

  it('refuses a security event of more than 64 KB with 413, and ends no session', async () => {
    expect((await send('x'.repeat(64 * 1024 + 1))).status).toBe(413);
    expect(await isSignedIn(accessToken)).toBe(true);
  });
});

it('refuses a security event token as an ID token', async () => {
  const signed = token({ [`${RISC}sessions-revoked`]: about('1') });
  expect((await signInWith(signed)).status).toBe(401);
});

it('answers 503 to a security event while Google’s certificates cannot be had', async () => {
  const away = await startIssuer();
  away.answer = (res) => void res.writeHead(500).end();
  const cut = await startHarness({ google: { rootUrl: away.url } });
  const answer = await cut.request('POST', '/api/auth/risc', {
    raw: token({ [`${RISC}sessions-revoked`]: about('1') }),
  });
  await cut.stop();
  await away.close();
  expect(answer).toMatchObject({ status: 503, body: { type: '/problems/google-unavailable' } });
  expect(answer.headers.get('Retry-After')).toMatch(/^\d+$/);
});
