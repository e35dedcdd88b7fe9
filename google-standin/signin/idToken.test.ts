import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OAuth2Client } from 'google-auth-library';
import * as z from 'zod/v4-mini';
import { startGoogle, type GoogleStandIn } from '../index.ts';

const clientId = 'digital-materi.apps.googleusercontent.com';

let google: GoogleStandIn;
let client: OAuth2Client;

beforeAll(async () => {
  google = await startGoogle();
  client = new OAuth2Client({
    clientId,
    endpoints: { oauth2FederatedSignonPemCertsUrl: `${google.url}/oauth2/v1/certs` },
  });
});

afterAll(() => google.close());

async function idToken(email: string, more: Record<string, string> = {}): Promise<string> {
  const query = new URLSearchParams({ email, aud: clientId, ...more });
  const answer: unknown = await (
    await fetch(`${google.url}/stand-in/id-token?${String(query)}`)
  ).json();
  return z.parse(z.object({ idToken: z.string() }), answer).idToken;
}

const payloadOf = async (token: string, audience = clientId) =>
  (await client.verifyIdToken({ idToken: token, audience })).getPayload();

describe('an ID token', () => {
  it('is accepted by the library of Google, with the claims of Google', async () => {
    const payload = await payloadOf(await idToken('sari@sekolah.sch.id', { nonce: 'n-1' }));
    expect(payload).toMatchObject({
      iss: 'https://accounts.google.com',
      aud: clientId,
      azp: clientId,
      email: 'sari@sekolah.sch.id',
      email_verified: true,
      hd: 'sekolah.sch.id',
      name: 'Sari Wulandari',
      given_name: 'Sari',
      family_name: 'Wulandari',
      nonce: 'n-1',
    });
    expect(payload?.sub).toMatch(/^[0-9]{21}$/);
    expect((payload?.exp ?? 0) - (payload?.iat ?? 0)).toBe(3600);
    const picture = await fetch(payload?.picture ?? '');
    expect(picture.headers.get('content-type')).toContain('image/svg+xml');
  });

  it('names the same person by the same sub, and others by others', async () => {
    const subs = await Promise.all(
      ['budi@sekolah.sch.id', 'BUDI@sekolah.sch.id', 'admin@sekolah.sch.id'].map(
        async (email) => (await payloadOf(await idToken(email)))?.sub,
      ),
    );
    expect(subs[0]).toBe(subs[1]);
    expect(subs[0]).not.toBe(subs[2]);
  });

  it('is refused for another audience, and when it was changed', async () => {
    const token = await idToken('sari@sekolah.sch.id');
    await expect(payloadOf(token, 'someone-else')).rejects.toThrow('audience');
    const [head, body, signature] = token.split('.');
    const payload = Buffer.from(body ?? '', 'base64url').toString();
    const forged = Buffer.from(payload.replaceAll('sari@', 'admin@')).toString('base64url');
    await expect(payloadOf(`${head}.${forged}.${signature}`)).rejects.toThrow('signature');
  });

  it('is given to nobody who is not there', async () => {
    const response = await fetch(`${google.url}/stand-in/id-token?email=x@y.z&aud=${clientId}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      error:
        'Nobody here has the address "x@y.z". There are: sari@sekolah.sch.id, budi@sekolah.sch.id, admin@sekolah.sch.id.',
    });
  });

  it('has no hd outside the domain', async () => {
    const people = [{ email: 'tamu@gmail.com', name: 'Tamu', role: 'teacher' as const }];
    const elsewhere = await startGoogle({ people });
    try {
      const url = `${elsewhere.url}/stand-in/id-token?email=tamu@gmail.com&aud=a`;
      const answer: unknown = await (await fetch(url)).json();
      const { idToken: token } = z.parse(z.object({ idToken: z.string() }), answer);
      const claims: unknown = JSON.parse(
        Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
      );
      expect(claims).toMatchObject({ email: 'tamu@gmail.com', name: 'Tamu' });
      expect(claims).not.toHaveProperty('hd');
      expect(claims).not.toHaveProperty('nbf');
    } finally {
      await elsewhere.close();
    }
  });
});
