import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHmac, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { z } from 'zod/v4';
import { CLIENT, RIGHT, startIssuer, type Issuer } from '../../test/harness/issuer.ts';
import { SERVICE_KEY, startHarness, type Answer, type Harness } from '../../test/harness/portal.ts';

const sessionSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  user: z.object({ id: z.number(), role: z.string() }),
});
type Session = z.infer<typeof sessionSchema>;

let issuer: Issuer;
let harness: Harness;
/** A server of the attacker, which would give the attacker's keys. */
let attacker: Server;
let attackerUrl: string;
let asked = 0;
beforeAll(async () => {
  issuer = await startIssuer();
  harness = await startHarness({ google: { rootUrl: issuer.url } });
  attacker = createServer((_req, res) => {
    asked += 1;
    res.end('{"keys":[]}');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => attacker.once('listening', resolve));
  attackerUrl = `http://127.0.0.1:${(attacker.address() as AddressInfo).port}/keys`;
});
afterAll(async () => {
  await harness.stop();
  await issuer.close();
  attacker.close();
});

const signIn = (idToken: string, more: object = {}): Promise<Answer> =>
  harness.request('POST', '/api/auth/google', { body: { idToken, ...more } });
const refresh = (refreshToken: string): Promise<Answer> =>
  harness.request('POST', '/api/auth/refresh', { body: { refreshToken } });
const me = async (token: string) => (await harness.request('GET', '/api/me', { token })).status;
const session = async (claims: object = {}): Promise<Session> =>
  sessionSchema.parse((await signIn(issuer.token(claims))).body);

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const claims = () => {
  const iat = Math.floor(Date.now() / 1_000);
  return { ...RIGHT, iat, exp: iat + 3_600 };
};
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** The attacker's token, with a header of the attacker's choice. */
const signedByAttacker = (header: object) =>
  jwt.sign(JSON.stringify(claims()), privateKey, {
    algorithm: 'RS256',
    header: { alg: 'RS256', kid: 'key-1', ...header },
  });
const withoutSignature = (alg: string) =>
  `${encoded({ alg, typ: 'JWT', kid: 'key-1' })}.${encoded(claims())}.`;

/** Signed with the text of a public key as the secret of an HMAC. */
function hmacOf(secret: string, alg: 'HS256' | 'HS512' = 'HS256'): string {
  const signed = `${encoded({ alg, typ: 'JWT', kid: 'key-1' })}.${encoded(claims())}`;
  const hash = alg === 'HS256' ? 'sha256' : 'sha512';
  return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`;
}

async function certificate(): Promise<string> {
  const answer = await fetch(`${issuer.url}/oauth2/v1/certs`);
  return z.record(z.string(), z.string()).parse(await answer.json())['key-1'] ?? '';
}

describe('a forged ID token is refused', () => {
  it.each<[string, () => string | Promise<string>]>([
    ['with the algorithm none', () => withoutSignature('none')],
    ['with the algorithm None in other letters', () => withoutSignature('nOnE')],
    ['with no algorithm', () => withoutSignature('')],
    ['with RS256 and an empty signature', () => withoutSignature('RS256')],
    [
      'signed by HS256 with Google’s certificate as the secret',
      async () => hmacOf(await certificate()),
    ],
    [
      'signed by HS256 with Google’s public key as the secret',
      async () =>
        hmacOf(
          new X509Certificate(await certificate()).publicKey
            .export({ type: 'spki', format: 'pem' })
            .toString(),
        ),
    ],
    ['signed by HS512 with Google’s certificate', async () => hmacOf(await certificate(), 'HS512')],
    ['signed by HS256 with an empty secret', () => hmacOf('')],
    [
      'with the key itself in its header (jwk)',
      () => signedByAttacker({ jwk: publicKey.export({ format: 'jwk' }) }),
    ],
    ['with the address of keys in its header (jku)', () => signedByAttacker({ jku: attackerUrl })],
    ['with the address of a certificate (x5u)', () => signedByAttacker({ x5u: attackerUrl })],
    ['with a certificate in its header (x5c)', () => signedByAttacker({ x5c: ['MIIB'] })],
    ['with a kid that is a path', () => signedByAttacker({ kid: '../../../../dev/null' })],
    ['with a kid that is an address', () => signedByAttacker({ kid: attackerUrl })],
    ['with a kid that is SQL', () => signedByAttacker({ kid: "' union select 'key' --" })],
    ['with a kid that is no text', () => signedByAttacker({ kid: { toString: 'key-1' } })],
    ['with the kid of Google and the attacker’s key', () => signedByAttacker({})],
    ['with a critical extension', () => signedByAttacker({ crit: ['b64'], b64: false })],
    [
      'with the signature of another token',
      () => {
        const [header, , signature] = issuer.token().split('.');
        return `${header}.${encoded({ ...claims(), sub: 'somebody' })}.${signature}`;
      },
    ],
  ])('%s', async (_, make) => {
    expect(await signIn(await make())).toMatchObject({
      status: 401,
      body: { type: '/problems/token-refused' },
    });
    expect(asked).toBe(0);
  });

  it.each([
    ['https://accounts.google.com.evil.example'],
    ['https://accounts.google.com/'],
    ['https://accounts.google.com@evil.example'],
    ['http://accounts.google.com'],
    ['https://accounts.g\u043eogle.com'],
    ['ACCOUNTS.GOOGLE.COM'],
    ['accounts.google.com\0'],
    ['evil.accounts.google.com'],
  ])('with an issuer that only looks like Google: %s', async (iss) => {
    expect((await signIn(issuer.token({ iss }))).status).toBe(401);
  });

  it.each([
    [`${CLIENT}.evil.example`],
    [`evil.${CLIENT}`],
    [` ${CLIENT}`],
    [CLIENT.toUpperCase()],
    [''],
    ['*'],
  ])('for an audience that only looks like this portal: %j', async (aud) => {
    expect((await signIn(issuer.token({ aud }))).status).toBe(401);
  });
});

describe('an account with the address of another person', () => {
  it('makes another user of an account with a person’s address, without the sessions and the role of that person', async () => {
    const email = 'sama@sekolah.sch.id';
    const first = await session({ sub: '1', email });
    await harness.db
      .updateTable('users')
      .set({ role: 'admin' })
      .where('googleId', '=', '1')
      .execute();
    const second = await session({ sub: '2', email });
    expect(second.user.id).not.toBe(first.user.id);
    expect(second.user.role).toBe('teacher');
    const { body } = await harness.request('GET', '/api/sessions', { token: second.accessToken });
    expect((body as { items: unknown[] }).items).toHaveLength(1);
  });

  it('does not take over a user when an account changes its own address', async () => {
    const first = await session({ sub: '3', email: 'lama@sekolah.sch.id' });
    const thief = await session({ sub: '4', email: 'baru@sekolah.sch.id' });
    const again = await session({ sub: '4', email: 'lama@sekolah.sch.id' });
    expect(again.user.id).toBe(thief.user.id);
    expect(again.user.id).not.toBe(first.user.id);
  });
});

describe('a token of one kind is refused in the place of another', () => {
  it.each<[string, (own: Session) => Promise<number> | number]>([
    ['an access token as a refresh token', async (own) => (await refresh(own.accessToken)).status],
    ['an access token as an ID token', async (own) => (await signIn(own.accessToken)).status],
    ['a refresh token as an access token', (own) => me(own.refreshToken)],
    ['a refresh token as an ID token', async (own) => (await signIn(own.refreshToken)).status],
    ['an ID token as an access token', () => me(issuer.token())],
    [
      'an ID token as a refresh token',
      async () => (await refresh(issuer.token().slice(0, 500))).status,
    ],
    ['a service key as a refresh token', async () => (await refresh(SERVICE_KEY)).status],
    ['a service key as an ID token', async () => (await signIn(SERVICE_KEY)).status],
    [
      'the hash of a service key as a service key',
      () => me(harness.config.serviceKeys[0]?.sha256 ?? ''),
    ],
    [
      'the stored hash of a refresh token as a refresh token',
      async () => {
        const row = await harness.db
          .selectFrom('sessions')
          .select('tokenHash')
          .orderBy('id', 'desc')
          .executeTakeFirstOrThrow();
        return (await refresh(row.tokenHash)).status;
      },
    ],
    [
      'the id of a session as a refresh token',
      async (own) => {
        const { sid } = z.object({ sid: z.string() }).parse(jwt.decode(own.accessToken));
        return (await refresh(sid)).status;
      },
    ],
    [
      'a successor that somebody computes without the key',
      async (own) =>
        (await refresh(createHmac('sha256', '').update(own.refreshToken).digest('base64url')))
          .status,
    ],
  ])('%s', async (_, use) => {
    expect(await use(await session())).toBe(401);
  });

  it.each<[string, (token: string) => { path?: string; headers?: Record<string, string> }]>([
    ['in the query', (token) => ({ path: `/api/me?access_token=${token}` })],
    ['in a cookie', (token) => ({ headers: { Cookie: `accessToken=${token}; token=${token}` } })],
    ['as Basic', (token) => ({ headers: { Authorization: `Basic ${token}` } })],
    ['without a scheme', (token) => ({ headers: { Authorization: token } })],
    [
      'with a second one behind it',
      (token) => ({ headers: { Authorization: `Bearer ${token} x` } }),
    ],
    ['in X-Authorization', (token) => ({ headers: { 'X-Authorization': `Bearer ${token}` } })],
  ])('an access token %s', async (_, place) => {
    const { accessToken } = await session();
    const { path = '/api/me', headers = {} } = place(accessToken);
    expect((await harness.request('GET', path, { headers })).status).toBe(401);
  });
});

describe('the session after a sign-in', () => {
  it.each(['refreshToken', 'accessToken', 'session', 'sid', 'family', 'role', 'user'])(
    'is not one that the request names in %s',
    async (name) => {
      const known = await session({ sub: 'attacker' });
      const answer = await signIn(issuer.token(), { [name]: known.refreshToken });
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: name }] } });
    },
  );

  it('makes a new session at each sign-in, also if the request carries the cookie and tokens of another', async () => {
    const known = await session();
    const body = { idToken: issuer.token() };
    const headers = { Cookie: `sid=${known.refreshToken}` };
    const { accessToken: token } = known;
    const answer = await harness.request('POST', '/api/auth/google', { body, headers, token });
    const next = sessionSchema.parse(answer.body);
    const sid = (text: string) => z.object({ sid: z.string() }).parse(jwt.decode(text)).sid;
    expect(sid(next.accessToken)).not.toBe(sid(known.accessToken));
    expect(next.refreshToken).not.toBe(known.refreshToken);
  });

  it.each([
    ['another person', (payload: object) => ({ ...payload, sub: '1' })],
    ['a role', (payload: object) => ({ ...payload, role: 'admin' })],
    ['a longer life', (payload: object) => ({ ...payload, exp: 9_999_999_999 })],
  ])('does not change by writing %s into the access token', async (_, change) => {
    const { accessToken } = await session();
    const [header, , signature] = accessToken.split('.');
    const payload = change(jwt.decode(accessToken) as object);
    expect(await me(`${header}.${encoded(payload)}.${signature}`)).toBe(401);
  });
});

it('asks Google for its certificates once for 1,000 sign-ins with invented key ids', async () => {
  await signIn(issuer.token());
  const before = issuer.fetches;
  const tokens = Array.from({ length: 1_000 }, (_, n) =>
    signedByAttacker({ kid: `invented-${n}` }),
  );
  for (let first = 0; first < tokens.length; first += 50) {
    const some = tokens.slice(first, first + 50);
    const answers = await Promise.all(some.map((token) => signIn(token)));
    expect(answers.every(({ status }) => status === 401)).toBe(true);
  }
  expect(issuer.fetches - before).toBeLessThanOrEqual(1);
}, 120_000);
