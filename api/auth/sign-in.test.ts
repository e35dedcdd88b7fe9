import { createSign, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { z } from 'zod/v4';
import { startGoogle, type GoogleStandIn } from '../../google-standin/index.ts';
import { startHarness, type Harness } from '../../test/harness/portal.ts';

const CLIENT = 'client.apps.example';
const sessionSchema = z.object({
  accessToken: z.string(),
  expiresIn: z.literal(600),
  refreshToken: z.string(),
  user: z.object({ id: z.number(), email: z.string(), name: z.string(), role: z.string() }),
});

let google: GoogleStandIn;
let harness: Harness;
let ofDomain: Harness;
beforeAll(async () => {
  google = await startGoogle();
  harness = await startHarness({ google: { rootUrl: google.url } });
  ofDomain = await startHarness({ google: { rootUrl: google.url, hostedDomain: 'lain.sch.id' } });
});
afterAll(async () => {
  await harness.stop();
  await ofDomain.stop();
  await google.close();
});

async function idToken(email: string, more: Record<string, string> = {}): Promise<string> {
  const query = new URLSearchParams({ email, aud: CLIENT, ...more });
  const response = await fetch(`${google.url}/stand-in/id-token?${query.toString()}`);
  return z.object({ idToken: z.string() }).parse(await response.json()).idToken;
}

const signIn = (body: unknown, at = harness) => at.request('POST', '/api/auth/google', { body });

/** Google's token with other claims, signed again with a key that is not Google's. */
function forged(token: string, claims: object): string {
  const [header = '', payload = ''] = token.split('.');
  const read = z.record(z.string(), z.unknown());
  const old = read.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  const next = Buffer.from(JSON.stringify({ ...old, ...claims })).toString('base64url');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const signature = createSign('sha256').update(`${header}.${next}`).sign(privateKey, 'base64url');
  return `${header}.${next}.${signature}`;
}

describe('signing in with Google', () => {
  it('gives a first-time user the role teacher, and finds the same user again', async () => {
    const first = await signIn({ idToken: await idToken('sari@sekolah.sch.id') });
    expect(first.status).toBe(200);
    const { user, accessToken } = sessionSchema.parse(first.body);
    expect(user).toMatchObject({ name: 'Sari Wulandari', role: 'teacher' });

    const me = await harness.request('GET', '/api/me', { token: accessToken });
    expect(me.body).toMatchObject({ user: { id: user.id, email: 'sari@sekolah.sch.id' } });

    const again = await signIn({ idToken: await idToken('sari@sekolah.sch.id') });
    expect(sessionSchema.parse(again.body).user.id).toBe(user.id);
  });

  it('makes an address of ADMIN_EMAILS an admin once, so that a demotion stays', async () => {
    const first = sessionSchema.parse(
      (await signIn({ idToken: await idToken('admin@sekolah.sch.id') })).body,
    );
    expect(first.user.role).toBe('admin');
    await harness.db
      .updateTable('users')
      .set({ role: 'teacher' })
      .where('email', '=', 'admin@sekolah.sch.id')
      .execute();
    const again = await signIn({ idToken: await idToken('admin@sekolah.sch.id') });
    expect(sessionSchema.parse(again.body).user.role).toBe('teacher');
  });

  it('takes a token with its nonce, and refuses it with another or none', async () => {
    const token = await idToken('budi@sekolah.sch.id', { nonce: 'n-1' });
    expect((await signIn({ idToken: token, nonce: 'n-1' })).status).toBe(200);
    expect((await signIn({ idToken: token, nonce: 'n-2' })).status).toBe(401);
    expect((await signIn({ idToken: token })).status).toBe(401);
    const without = await idToken('budi@sekolah.sch.id');
    expect((await signIn({ idToken: without, nonce: 'n-1' })).status).toBe(401);
  });

  it('refuses a token for another client', async () => {
    const token = await idToken('sari@sekolah.sch.id', { aud: 'someone-else' });
    expect((await signIn({ idToken: token })).status).toBe(401);
  });

  it('refuses a token that Google did not sign', async () => {
    const token = forged(await idToken('sari@sekolah.sch.id'), { sub: 'somebody' });
    expect((await signIn({ idToken: token })).status).toBe(401);
  });

  it.each(['', 'x', 'a.b.c'])('refuses %j, and does not repeat it', async (token) => {
    const { status, body } = await signIn({ idToken: `${token}secret-token-text` });
    expect(status).toBe(401);
    expect(JSON.stringify(body)).not.toContain('secret-token-text');
  });

  it('refuses an account of another domain than GOOGLE_HOSTED_DOMAIN', async () => {
    const answer = await signIn({ idToken: await idToken('sari@sekolah.sch.id') }, ofDomain);
    expect(answer).toMatchObject({
      status: 401,
      body: { type: '/problems/token-refused', detail: expect.stringContaining('lain.sch.id') },
    });
  });

  it('names the wrong fields of a sign-in', async () => {
    expect(await signIn({ idtoken: 'x' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'idToken' }, { path: 'idtoken' }] },
    });
  });

  it('answers 503, and not 401, to a right token while Google is away', async () => {
    const away = await startGoogle();
    const cut = await startHarness({ google: { rootUrl: away.url } });
    await away.close();
    const answer = await signIn({ idToken: await idToken('sari@sekolah.sch.id') }, cut);
    await cut.stop();
    expect(answer).toMatchObject({ status: 503, body: { type: '/problems/google-unavailable' } });
  }, 20_000);
});

describe('an access token', () => {
  const claims = { sid: '01a20614-c5a5-72ad-b22b-509a48f9aa7e' };
  const right = {
    algorithm: 'HS256',
    subject: '1',
    issuer: 'digital-materi-portal',
    audience: 'digital-materi-portal/api',
    expiresIn: 600,
  } as const;

  it.each([
    ['with another secret', () => jwt.sign(claims, 'x'.repeat(40), right)],
    ['with no signature', () => jwt.sign(claims, '', { ...right, algorithm: 'none' })],
    [
      'with another algorithm',
      () => jwt.sign(claims, harness.config.jwtKey, { ...right, algorithm: 'HS512' }),
    ],
    ['run out', () => jwt.sign(claims, harness.config.jwtKey, { ...right, expiresIn: -1 })],
    [
      'of another issuer',
      () => jwt.sign(claims, harness.config.jwtKey, { ...right, issuer: 'another' }),
    ],
    [
      'for another audience',
      () => jwt.sign(claims, harness.config.jwtKey, { ...right, audience: 'another' }),
    ],
    ['without a session', () => jwt.sign({}, harness.config.jwtKey, right)],
    ['of a session that never was', () => jwt.sign(claims, harness.config.jwtKey, right)],
  ])('%s is refused', async (_, make) => {
    const { status, headers } = await harness.request('GET', '/api/me', { token: make() });
    expect(status).toBe(401);
    expect(headers.get('WWW-Authenticate')).toBe('Bearer');
  });
});
