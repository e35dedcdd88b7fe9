import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idTokenVerifier, type VerifyIdToken } from './googleIdToken.ts';
import { certificateFinder } from './googleSignature.ts';
import { createLogger } from '../log.ts';
import { CLIENT, RIGHT, startIssuer, type Issuer } from '../../test/harness/issuer.ts';

let issuer: Issuer;
let verify: VerifyIdToken;
beforeAll(async () => {
  issuer = await startIssuer();
  const google = {
    clientId: CLIENT,
    hostedDomain: 'sekolah.sch.id',
    rootUrl: issuer.url,
  };
  verify = idTokenVerifier(google, certificateFinder(google, createLogger('silent')));
});
afterAll(() => issuer.close());

const REFUSED = { code: 'token_refused' };
const seconds = () => Math.floor(Date.now() / 1_000);

describe('an ID token', () => {
  it('gives the person of an ID token, known by sub', async () => {
    expect(await verify(issuer.token({ name: 'Sari', picture: 'https://p' }))).toEqual({
      googleId: RIGHT.sub,
      email: RIGHT.email,
      name: 'Sari',
      picture: 'https://p',
      issuedAt: expect.any(Date),
    });
  });

  it('takes an ID token with the issuer’s other form', async () => {
    expect(await verify(issuer.token({ iss: 'accounts.google.com' }))).toMatchObject({
      googleId: RIGHT.sub,
    });
  });

  it('gives a person’s name without NUL, cut to 200 characters', async () => {
    const { name } = await verify(issuer.token({ name: `\0${'n'.repeat(500)}` }));
    expect(name).toBe('n'.repeat(200));
  });

  it.each([
    ['an issuer that is not Google', { iss: 'https://accounts.example.com' }],
    ['the issuer of another Google service', { iss: 'googleapis.com' }],
    ['another audience', { aud: 'another' }],
    ['several audiences', { aud: [CLIENT, 'another'] }],
    ['an address that is not verified', { email_verified: false }],
    ['an address that is verified only as a text', { email_verified: 'true' }],
    ['no word on whether the address is verified', { email_verified: undefined }],
    ['no address', { email: undefined }],
    ['no sub', { sub: undefined }],
    ['another domain', { hd: 'example.com' }],
    ['a domain with a Kelvin sign for k', { hd: 'se\u212Aolah.sch.id' }],
    ['no domain, as a private account has', { hd: undefined }],
    ['a nonce that nobody gave', { nonce: 'n' }],
    ['no expiry', { exp: undefined }],
    ['no time of issue', { iat: undefined }],
  ])('with %s is refused', async (_, claims) => {
    await expect(verify(issuer.token(claims))).rejects.toMatchObject(REFUSED);
  });

  it.each([
    ['issued 10 minutes ago', () => ({ iat: seconds() - 600 })],
    ['issued 25 seconds from now, by a clock that is fast', () => ({ iat: seconds() + 25 })],
    ['expired 25 seconds ago', () => ({ iat: seconds() - 100, exp: seconds() - 25 })],
    ['valid in 25 seconds', () => ({ nbf: seconds() + 25 })],
    ['of a domain in other letters', () => ({ hd: 'SEKOLAH.sch.id' })],
  ])('%s is taken', async (_, claims) => {
    expect(await verify(issuer.token(claims()))).toMatchObject({ googleId: RIGHT.sub });
  });

  it.each([
    ['issued 11 minutes ago', () => ({ iat: seconds() - 660 })],
    [
      'issued three days ago, for a week',
      () => ({ iat: seconds() - 3 * 86_400, exp: seconds() + 4 * 86_400 }),
    ],
    ['issued 60 seconds from now', () => ({ iat: seconds() + 60 })],
    ['expired 31 seconds ago', () => ({ iat: seconds() - 100, exp: seconds() - 31 })],
    ['valid in 60 seconds', () => ({ nbf: seconds() + 60 })],
  ])('%s is refused', async (_, claims) => {
    await expect(verify(issuer.token(claims()))).rejects.toMatchObject(REFUSED);
  });

  it.each(['', '.', '..', 'a.b', 'a.b.c', 'null.null.null', '!'.repeat(9_000)])(
    'that is none is refused: %j',
    async (text) => {
      await expect(verify(text)).rejects.toMatchObject(REFUSED);
    },
  );

  it.each(['__proto__', 'constructor', 'toString'])(
    'with the key id %s is refused',
    async (keyid) => {
      await expect(verify(issuer.token({}, { keyid }))).rejects.toMatchObject(REFUSED);
    },
  );
});
