import { createServer, type Server } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { selfSignedCertificate } from '../../local/google/signin/x509.ts';
import { idTokenVerifier, type VerifyIdToken } from '../auth/googleIdToken.ts';

const CLIENT = 'client.apps.example';
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Claims that Google would sign, and this server's key does. */
const RIGHT = {
  iss: 'https://accounts.google.com',
  aud: CLIENT,
  sub: '110000000000000000001',
  email: 'Sari@sekolah.sch.id',
  email_verified: true,
  hd: 'sekolah.sch.id',
};

let server: Server;
let verify: VerifyIdToken;
beforeAll(async () => {
  const body = JSON.stringify({ key: selfSignedCertificate(privateKey, 'google') });
  server = createServer((req, res) => {
    if (req.url !== '/oauth2/v1/certs') res.writeHead(404).end();
    else res.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  verify = idTokenVerifier({
    clientId: CLIENT,
    hostedDomain: 'sekolah.sch.id',
    rootUrl: `http://127.0.0.1:${port}`,
    serviceAccount: { client_email: '', private_key: '' },
    spreadsheetId: '',
    tab: '',
  });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const token = (claims: object, expiresIn = 3600) =>
  jwt.sign({ ...RIGHT, ...claims }, privateKey, { algorithm: 'RS256', keyid: 'key', expiresIn });

describe('an ID token', () => {
  it('gives the person, known by sub', async () => {
    expect(await verify(token({ name: 'Sari', picture: 'https://p' }))).toEqual({
      googleId: RIGHT.sub,
      email: RIGHT.email,
      name: 'Sari',
      picture: 'https://p',
    });
  });

  it('may have the issuer’s other form', async () => {
    expect(await verify(token({ iss: 'accounts.google.com' }))).toMatchObject({
      googleId: RIGHT.sub,
    });
  });

  it.each([
    ['an issuer that is not Google', { iss: 'https://accounts.example.com' }],
    ['the issuer of another Google service', { iss: 'googleapis.com' }],
    ['another audience', { aud: 'another' }],
    ['an address that is not verified', { email_verified: false }],
    ['no word on whether the address is verified', { email_verified: undefined }],
    ['no address', { email: undefined }],
    ['no sub', { sub: undefined }],
    ['another domain', { hd: 'example.com' }],
    ['no domain, as a private account has', { hd: undefined }],
    ['a nonce that nobody gave', { nonce: 'n' }],
  ])('with %s is refused', async (_, claims) => {
    await expect(verify(token(claims))).rejects.toMatchObject({ code: 'token_refused' });
  });

  it('that has run out is refused, beyond the clocks’ five minutes', async () => {
    await expect(verify(token({}, -301))).rejects.toMatchObject({ code: 'token_refused' });
  });
});
