import { describe, expect, it } from '@jest/globals';
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { accessTokenOf, CredentialError, tokenRequest, TokenUnavailable } from './index.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const PEM = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const encrypted = privateKey
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'rahasia' })
  .toString();
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();

const request = (key: string) =>
  tokenRequest(
    {
      email: ' n8n@sekolah.iam.gserviceaccount.com ',
      privateKey: key,
      tokenUrl: 'https://oauth2.googleapis.com/token',
      scopes: ['a', 'b'],
    },
    1_000,
  );

describe('the request for an access token', () => {
  it.each([
    ['as the key file has it', PEM],
    ['with its line ends written as \\n', PEM.replaceAll('\n', '\\n')],
    ['with the quotes of the key file', `"${PEM.replaceAll('\n', '\\n')}"`],
    ['with blanks around it', `  ${PEM}\n\n`],
  ])('is signed with a private key %s', (_, key) => {
    const assertion = new URLSearchParams(request(key)).get('assertion') ?? '';
    const [head = '', claim = '', signature = ''] = assertion.split('.');
    const signed = Buffer.from(`${head}.${claim}`);
    expect(verify('sha256', signed, privateKey, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(JSON.parse(Buffer.from(claim, 'base64url').toString())).toEqual({
      iss: 'n8n@sekolah.iam.gserviceaccount.com',
      sub: 'n8n@sekolah.iam.gserviceaccount.com',
      scope: 'a b',
      aud: 'https://oauth2.googleapis.com/token',
      iat: 1_000,
      exp: 4_600,
    });
  });

  it.each([
    ['missing', ' ', 'is missing'],
    ['no key', 'not a key', 'cannot be read'],
    ['cut off', PEM.slice(0, 400), 'cannot be read'],
    ['without its last line', PEM.replace('-----END PRIVATE KEY-----', ''), 'cannot be read'],
    ['a public key', publicKey, 'cannot be read'],
    ['encrypted', encrypted, 'protected by a passphrase'],
    ['not an RSA key', elliptic, 'not an RSA key'],
    ['endless', 'x'.repeat(1_000_000), 'cannot be read'],
  ])('is refused with advice when the private key is %s', (_, key, said) => {
    expect(() => request(key)).toThrow(CredentialError);
    expect(() => request(key)).toThrow(said);
    expect(() => request(key)).toThrow('Paste private_key of the key file whole');
  });
});

describe('the answer of the token service', () => {
  const answered = (status: number, body: unknown) => () =>
    accessTokenOf('n8n@sekolah.iam.gserviceaccount.com', status, body);

  it('gives the token', () => {
    expect(answered(200, { access_token: 'ya29' })()).toBe('ya29');
  });

  it.each([
    ['Invalid grant: account not found', 'knows no service account n8n@sekolah'],
    ['Invalid JWT Signature.', 'Copy client_email and private_key from one key file.'],
    [
      'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.',
      'The clock of the machine that runs n8n is wrong',
    ],
    ['Something new', 'Check the e-mail address and the key'],
  ])('with "%s" is refused with advice', (error_description, said) => {
    const answer = answered(400, { error: 'invalid_grant', error_description });
    expect(answer).toThrow(CredentialError);
    expect(answer).toThrow(error_description);
    expect(answer).toThrow(said);
  });

  it('that another server gave is refused, and says to leave API Base URL empty', () => {
    const answer = answered(404, { type: '/problems/not-found', detail: 'There is nothing here.' });
    expect(answer).toThrow("not from Google's token service. Leave API Base URL");
  });

  it.each([429, 500, 503])('with status %i may be another one later', (status) => {
    expect(answered(status, undefined)).toThrow(TokenUnavailable);
  });

  it.each([null, 'text', [], { access_token: 1 }])('%j is no token', (body) => {
    expect(answered(200, body)).toThrow(CredentialError);
  });
});
