import { generateKeyPairSync, sign, verify, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod/v4-mini';
import { startGoogle, type GoogleStandIn } from '../index.ts';
import { driveClient, errorOf, sheetsClient } from '../../test/harness/google/clients.ts';
import { makeSpreadsheet } from '../../test/harness/google/controls.ts';

let google: GoogleStandIn;

beforeAll(async () => {
  google = await startGoogle();
});

afterAll(() => google.close());

const now = () => Math.floor(Date.now() / 1000);

function jwt(claims: object, key = google.serviceAccount.private_key, alg = 'RS256'): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const { client_email, private_key_id } = google.serviceAccount;
  const head = part({ alg, typ: 'JWT', kid: private_key_id });
  const whole = { iss: client_email, sub: client_email, iat: now(), exp: now() + 3600, ...claims };
  const body = `${head}.${part(whole)}`;
  return `${body}.${sign('sha256', Buffer.from(body), key).toString('base64url')}`;
}

const scope = 'https://www.googleapis.com/auth/spreadsheets';

async function read(token?: string) {
  const response = await fetch(`${google.url}/v4/spreadsheets/${google.spreadsheetId}`, {
    headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
  });
  return { status: response.status, body: await response.json() };
}

describe('who may read a spreadsheet', () => {
  it('is nobody without a token', async () => {
    expect(await read()).toEqual({
      status: 401,
      body: {
        error: {
          code: 401,
          message:
            'Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.',
          status: 'UNAUTHENTICATED',
          details: [
            {
              '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
              reason: 'CREDENTIALS_MISSING',
              domain: 'googleapis.com',
              metadata: {
                method: 'google.apps.sheets.v4.SpreadsheetsService.GetSpreadsheet',
                service: 'sheets.googleapis.com',
              },
            },
          ],
        },
      },
    });
  });

  it('is the service account with a JWT it signed itself, for scopes or for the API', async () => {
    expect((await read(jwt({ scope }))).status).toBe(200);
    expect((await read(jwt({ aud: 'https://sheets.googleapis.com/' }))).status).toBe(200);
  });

  it.each([
    ['a made-up token', () => 'ya29.abc.def'],
    ['a JWT signed with another key', () => jwt({ scope }, otherKey())],
    ['an expired JWT', () => jwt({ scope, iat: now() - 7200, exp: now() - 3600 })],
    ['a JWT that lives too long', () => jwt({ scope, exp: now() + 86_400 })],
    ['a JWT of another account', () => jwt({ scope, iss: 'x@y.z', sub: 'x@y.z' })],
    ['a JWT for another API', () => jwt({ aud: 'https://gmail.googleapis.com/' })],
    ['a JWT that names no signature', () => jwt({ scope }, undefined, 'none')],
  ])('is not who shows %s', async (_what, token) => {
    const { status, body } = await read(token());
    expect(status).toBe(401);
    expect(body).toMatchObject({ error: { status: 'UNAUTHENTICATED' } });
  });

  it('is not who has the scopes of something else', async () => {
    const drive = 'https://www.googleapis.com/auth/drive.metadata.readonly';
    const { status, body } = await read(jwt({ scope: drive }));
    expect(status).toBe(403);
    expect(body).toMatchObject({
      error: {
        message: 'Request had insufficient authentication scopes.',
        status: 'PERMISSION_DENIED',
        details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }],
      },
    });
  });

  it('may not write with a scope for reading', async () => {
    const sheets = sheetsClient(google, [`${scope}.readonly`]);
    const { spreadsheetId } = google;
    await sheets.spreadsheets.get({ spreadsheetId });
    const requests = [{ addSheet: {} }];
    const call = sheets.spreadsheets.batchUpdate({ spreadsheetId, requestBody: { requests } });
    expect((await errorOf(call)).code).toBe(403);
  });
});

describe('a token of the token endpoint', () => {
  const ask = async (
    assertion: string,
    grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  ) => {
    const body = new URLSearchParams({ grant_type, assertion });
    const response = await fetch(google.serviceAccount.token_uri, { method: 'POST', body });
    return { status: response.status, body: await response.json() };
  };

  it('is given for an assertion, and accepted', async () => {
    const { status, body } = await ask(jwt({ scope, aud: google.serviceAccount.token_uri }));
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String),
      expires_in: 3599,
      token_type: 'Bearer',
    });
    const { access_token } = z.parse(z.object({ access_token: z.string() }), body);
    expect((await read(access_token)).status).toBe(200);
    expect((await read(`${access_token.slice(0, -1)}!`)).status).toBe(401);
  });

  it('is refused for a wrong signature, audience, time or grant', async () => {
    const aud = google.serviceAccount.token_uri;
    expect(await ask(jwt({ scope, aud }, otherKey()))).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' },
    });
    expect((await ask(jwt({ scope, aud: 'https://example.com' }))).status).toBe(400);
    expect((await ask(jwt({ scope, aud, exp: now() - 1 }))).status).toBe(400);
    expect((await ask(jwt({ scope, aud }), 'password')).status).toBe(400);
  });
});

describe('which spreadsheets it may read', () => {
  it('not one that is not there', async () => {
    const call = sheetsClient(google).spreadsheets.get({ spreadsheetId: 'test' });
    expect(await errorOf(call)).toEqual({
      code: 404,
      message: 'Requested entity was not found.',
      status: 'NOT_FOUND',
    });
  });

  it('not one that is not shared with it', async () => {
    const spreadsheetId = await makeSpreadsheet(google, [{ title: 'A' }], { shared: false });
    expect(await errorOf(sheetsClient(google).spreadsheets.get({ spreadsheetId }))).toEqual({
      code: 403,
      message: 'The caller does not have permission',
      status: 'PERMISSION_DENIED',
    });
    const file = await errorOf(driveClient(google).files.get({ fileId: spreadsheetId }));
    expect(file).toMatchObject({ code: 404, errors: [{ reason: 'notFound', location: 'fileId' }] });
  });
});

it('the certificate of the service account is of its key', async () => {
  const { client_x509_cert_url, private_key_id, private_key } = google.serviceAccount;
  const answer: unknown = await (await fetch(client_x509_cert_url)).json();
  const certificates = z.parse(z.record(z.string(), z.string()), answer);
  const certificate = new X509Certificate(certificates[private_key_id] ?? '');
  const signature = sign('sha256', Buffer.from('x'), private_key);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(verify('sha256', Buffer.from('x'), certificate.publicKey, signature)).toBe(true);
});

let other: string | undefined;
function otherKey(): string {
  const make = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  return (other ??= String(make().export({ type: 'pkcs8', format: 'pem' })));
}
