import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OAuth2Client } from 'google-auth-library';
import * as z from 'zod/v4-mini';
import { startGoogle, type GoogleStandIn, type OAuthClient } from '../index.ts';
import { sheetsClient } from '../../test/harness/google/clients.ts';

const redirectUri = 'http://127.0.0.1:5678/rest/oauth2-credential/callback';
const client: OAuthClient = {
  clientId: 'portal.apps.googleusercontent.com',
  clientSecret: 'rahasia',
  redirectUris: [redirectUri],
};
const other: OAuthClient = { ...client, clientId: 'other.apps.googleusercontent.com' };

let google: GoogleStandIn;
beforeAll(async () => {
  google = await startGoogle({ clients: [client, other] });
});
afterAll(() => google.close());

const asked = {
  client_id: client.clientId,
  redirect_uri: redirectUri,
  response_type: 'code',
  scope: 'openid email profile https://www.googleapis.com/auth/spreadsheets',
  state: 'keadaan & lain',
  access_type: 'offline',
};
const authUrl = (more: Record<string, string> = {}) =>
  `${google.url}/o/oauth2/v2/auth?${new URLSearchParams({ ...asked, ...more }).toString()}`;

/** Posts the page's form as a person's browser does; gives where it is sent. */
async function decide(decision: 'allow' | 'refuse', more: Record<string, string> = {}) {
  const response = await fetch(`${google.url}/o/oauth2/v2/auth`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: google.url },
    body: new URLSearchParams({ ...asked, email: 'budi@sekolah.sch.id', decision, ...more }),
  });
  expect(response.status).toBe(302);
  return new URL(response.headers.get('location') ?? '');
}

const codeOf = async (more: Record<string, string> = {}) =>
  (await decide('allow', more)).searchParams.get('code') ?? '';

async function token(form: Record<string, string>): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${google.url}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: client.clientId,
      client_secret: client.clientSecret,
      redirect_uri: redirectUri,
      ...form,
    }),
  });
  return { status: response.status, body: await response.json() };
}

const userClient = () =>
  new OAuth2Client({
    clientId: client.clientId,
    clientSecret: client.clientSecret,
    redirectUri,
    endpoints: {
      oauth2AuthBaseUrl: `${google.url}/o/oauth2/v2/auth`,
      oauth2TokenUrl: `${google.url}/token`,
      oauth2RevokeUrl: `${google.url}/revoke`,
      oauth2FederatedSignonPemCertsUrl: `${google.url}/oauth2/v1/certs`,
    },
  });

describe('the consent page', () => {
  it('lets a person choose, in two languages, and runs no script', async () => {
    const response = await fetch(authUrl({ login_hint: 'budi@sekolah.sch.id', state: '"><b>' }));
    const text = await response.text();
    for (const part of ['Pilih akun', 'Choose an account', 'Izinkan', 'Tolak', 'Ratna Admin']) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('<b>');
    expect(text).toMatch(/value="budi@sekolah\.sch\.id"\s+checked/);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' http://127.0.0.1:5678");
  });

  it('sends an allowance back with a code and the state, a refusal with access_denied', async () => {
    const allowed = await decide('allow');
    expect(allowed.href.startsWith(`${redirectUri}?code=4`)).toBe(true);
    expect(allowed.searchParams.get('state')).toBe(asked.state);
    const refused = await decide('refuse');
    expect(Object.fromEntries(refused.searchParams)).toEqual({
      error: 'access_denied',
      state: asked.state,
    });
  });

  it.each([
    [{ client_id: 'nobody' }, 401, 'invalid_client'],
    [{ redirect_uri: `${redirectUri}/x` }, 400, 'redirect_uri_mismatch'],
    [{ redirect_uri: 'https://attacker.example/' }, 400, 'redirect_uri_mismatch'],
    [{ response_type: 'token' }, 400, 'unsupported_response_type'],
    [{ scope: '' }, 400, 'invalid_request'],
    [{ code_challenge: 'short', code_challenge_method: 'S256' }, 400, 'invalid_request'],
  ])('refuses %j without sending the person anywhere', async (more, status, error) => {
    const response = await fetch(authUrl(more), { redirect: 'manual' });
    expect(response.status).toBe(status);
    expect(response.headers.get('location')).toBeNull();
    expect(await response.text()).toContain(error);
  });

  it('takes no decision from a page of another origin', async () => {
    const response = await fetch(`${google.url}/o/oauth2/v2/auth`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Origin: 'https://attacker.example' },
      body: new URLSearchParams({ ...asked, email: 'budi@sekolah.sch.id', decision: 'allow' }),
    });
    expect(response.status).toBe(403);
  });
});

describe('a code', () => {
  it('works once', async () => {
    const code = await codeOf();
    expect((await token({ code })).status).toBe(200);
    expect(await token({ code })).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect((await token({ code: 'made-up' })).status).toBe(400);
  });

  it.each([
    [{ client_secret: 'salah' }, 401, 'invalid_client'],
    [{ client_secret: '' }, 400, 'invalid_request'],
    [{ client_id: 'nobody' }, 401, 'invalid_client'],
    [{ client_id: other.clientId }, 401, 'unauthorized_client'],
    [{ redirect_uri: 'http://127.0.0.1:1/' }, 400, 'redirect_uri_mismatch'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ])('is refused with %j', async (form, status, error) => {
    expect(await token({ code: await codeOf(), ...form })).toMatchObject({
      status,
      body: { error },
    });
  });

  it('asked for with a challenge needs its verifier (PKCE)', async () => {
    const verifier = randomBytes(32).toString('base64url');
    const code_challenge = createHash('sha256').update(verifier).digest('base64url');
    const pkce = { code_challenge, code_challenge_method: 'S256' };
    expect((await token({ code: await codeOf(pkce) })).body).toMatchObject({
      error: 'invalid_grant',
      error_description: 'Missing code verifier.',
    });
    const wrong = await token({ code: await codeOf(pkce), code_verifier: code_challenge });
    expect(wrong.body).toMatchObject({ error_description: 'Invalid code verifier.' });
    const right = await token({ code: await codeOf(pkce), code_verifier: verifier });
    expect(right.status).toBe(200);
  });
});

describe("Google's own client", () => {
  it('signs in: an ID token with the nonce, a profile, the sheet, a refresh, and back', async () => {
    const oauth = userClient();
    const { tokens } = await oauth.getToken(await codeOf({ nonce: 'sekali' }));
    const ticket = await oauth.verifyIdToken({
      idToken: tokens.id_token ?? '',
      audience: client.clientId,
    });
    expect(ticket.getPayload()).toMatchObject({
      email: 'budi@sekolah.sch.id',
      hd: 'sekolah.sch.id',
      nonce: 'sekali',
    });
    const call = (path: string, accessToken: string) =>
      fetch(google.url + path, { headers: { Authorization: `Bearer ${accessToken}` } });
    const sheet = `/v4/spreadsheets/${google.spreadsheetId}`;
    expect((await call(sheet, tokens.access_token ?? '')).status).toBe(200);
    const profile: unknown = await (
      await call('/oauth2/v3/userinfo', tokens.access_token ?? '')
    ).json();
    expect(profile).toMatchObject({
      sub: ticket.getUserId(),
      name: 'Budi Santoso',
      email: 'budi@sekolah.sch.id',
      email_verified: true,
    });

    oauth.setCredentials({ refresh_token: tokens.refresh_token ?? null });
    const { token: refreshed } = await oauth.getAccessToken();
    expect((await call(sheet, refreshed ?? '')).status).toBe(200);
    await oauth.revokeToken(tokens.refresh_token ?? '');
    expect((await call(sheet, refreshed ?? '')).status).toBe(401);
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' };
    expect((await token(form)).body).toMatchObject({ error: 'invalid_grant' });
    expect((await call('/oauth2/v3/userinfo', refreshed ?? '')).status).toBe(401);
  });

  it('gets no refresh token unless it asks for one, and no more than its scopes', async () => {
    const more = { access_type: 'online', scope: 'email' };
    const { body } = await token({ code: await codeOf(more) });
    expect(body).not.toHaveProperty('refresh_token');
    expect(body).not.toHaveProperty('id_token');
    const { access_token } = z.parse(z.object({ access_token: z.string() }), body);
    const headers = { Authorization: `Bearer ${access_token}` };
    const profile: unknown = await (
      await fetch(`${google.url}/oauth2/v2/userinfo`, { headers })
    ).json();
    expect(profile).toEqual({
      id: expect.any(String),
      email: 'budi@sekolah.sch.id',
      verified_email: true,
      hd: 'sekolah.sch.id',
    });
    const sheet = `${google.url}/v4/spreadsheets/${google.spreadsheetId}`;
    expect((await fetch(sheet, { headers })).status).toBe(403);
  });

  it('leaves the service account as it was', async () => {
    const { spreadsheetId } = google;
    expect((await sheetsClient(google).spreadsheets.get({ spreadsheetId })).status).toBe(200);
  });
});
