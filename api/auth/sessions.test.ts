import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod/v4';
import { startGoogle, type GoogleStandIn } from '../../google-standin/index.ts';
import { SERVICE_KEY, startHarness, type Harness } from '../../test/harness/portal.ts';

const tokensSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  user: z.object({ id: z.number() }),
});
const sessionsSchema = z.object({
  items: z.array(
    z.strictObject({
      id: z.uuid(),
      signedInAt: z.iso.datetime(),
      refreshedAt: z.iso.datetime(),
      isCurrent: z.boolean(),
    }),
  ),
});

let google: GoogleStandIn;
let harness: Harness;
beforeAll(async () => {
  google = await startGoogle();
  harness = await startHarness({
    google: { rootUrl: google.url },
    adminEmails: ['budi@sekolah.sch.id'],
  });
});
afterAll(async () => {
  await harness.stop();
  await google.close();
});

async function idToken(email: string): Promise<unknown> {
  const query = `email=${email}&aud=client.apps.example`;
  return (await fetch(`${google.url}/stand-in/id-token?${query}`)).json();
}
async function signIn(email = 'sari@sekolah.sch.id') {
  const answer = await harness.request('POST', '/api/auth/google', { body: await idToken(email) });
  return tokensSchema.parse(answer.body);
}
const refresh = (refreshToken: string) =>
  harness.request('POST', '/api/auth/refresh', { body: { refreshToken } });
const ask = (method: string, path: string, token: string) =>
  harness.request(method, path, { token });
const me = async (token: string) => (await ask('GET', '/api/me', token)).status;
const sessionsOf = async (token: string) =>
  sessionsSchema.parse((await ask('GET', '/api/sessions', token)).body).items;

describe('A sign-out', () => {
  it('ends the session and its refresh at once at a sign-out, and no other session', async () => {
    const [one, other] = [await signIn(), await signIn()];
    expect((await ask('POST', '/api/auth/logout', one.accessToken)).status).toBe(204);
    expect(await me(one.accessToken)).toBe(401);
    expect((await refresh(one.refreshToken)).status).toBe(401);
    expect(await me(other.accessToken)).toBe(200);
    expect((await ask('POST', '/api/auth/logout', one.accessToken)).status).toBe(401);
  });

  it('ends every session of the person at a sign-out everywhere, and none of another person', async () => {
    const [one, other, budi] = [
      await signIn(),
      await signIn(),
      await signIn('budi@sekolah.sch.id'),
    ];
    const path = '/api/auth/logout?everywhere=true';
    expect((await ask('POST', path, one.accessToken)).status).toBe(204);
    expect([await me(one.accessToken), await me(other.accessToken)]).toEqual([401, 401]);
    expect((await refresh(other.refreshToken)).status).toBe(401);
    expect(await me(budi.accessToken)).toBe(200);
  });

  it('leaves no working session if a sign-out races a refresh', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { accessToken, refreshToken } = await signIn();
      const [, refreshed] = await Promise.all([
        ask('POST', '/api/auth/logout', accessToken),
        refresh(refreshToken),
      ]);
      expect(await me(accessToken)).toBe(401);
      const next = tokensSchema.safeParse(refreshed.body);
      if (!next.success) continue;
      expect(await me(next.data.accessToken)).toBe(401);
      expect((await refresh(next.data.refreshToken)).status).toBe(401);
    }
  });

  it('refuses the sign-out of a service key', async () => {
    expect((await ask('POST', '/api/auth/logout', SERVICE_KEY)).status).toBe(403);
    expect((await ask('GET', '/api/sessions', SERVICE_KEY)).status).toBe(403);
  });
});

describe('The sessions of a person', () => {
  it('lists a person’s sessions, marks the session that asks, and counts it once after a refresh', async () => {
    const { accessToken } = await signIn('budi@sekolah.sch.id');
    await ask('POST', '/api/auth/logout?everywhere=true', accessToken);
    const [one, other] = [await signIn('budi@sekolah.sch.id'), await signIn('budi@sekolah.sch.id')];
    await refresh(other.refreshToken);
    const sessions = await sessionsOf(one.accessToken);
    expect(sessions.map(({ isCurrent }) => isCurrent)).toEqual([false, true]);
  });

  it('ends one of a person’s sessions', async () => {
    const [one, other] = [await signIn(), await signIn()];
    const ended = (await sessionsOf(other.accessToken)).find(({ isCurrent }) => isCurrent);
    const path = `/api/sessions/${ended?.id ?? ''}`;
    expect((await ask('DELETE', path, one.accessToken)).status).toBe(204);
    expect(await me(other.accessToken)).toBe(401);
    expect((await ask('DELETE', path, one.accessToken)).status).toBe(404);
  });

  it('answers 404 for the session of another person', async () => {
    const [sari, budi] = [await signIn(), await signIn('budi@sekolah.sch.id')];
    const [session] = await sessionsOf(sari.accessToken);
    const path = `/api/sessions/${session?.id ?? ''}`;
    expect((await ask('DELETE', path, budi.accessToken)).status).toBe(404);
    expect(await me(sari.accessToken)).toBe(200);
  });
});

describe('A disabled account', () => {
  it('refuses the sign-in and the refresh of a disabled account until it is enabled', async () => {
    const [admin, { user, refreshToken }] = [await signIn('budi@sekolah.sch.id'), await signIn()];
    const set = (verb: string) => ask('POST', `/api/users/${user.id}/${verb}`, admin.accessToken);
    await set('disable');
    expect((await refresh(refreshToken)).status).toBe(401);
    const body = await idToken('sari@sekolah.sch.id');
    expect(await harness.request('POST', '/api/auth/google', { body })).toMatchObject({
      status: 403,
      body: { type: '/problems/account-disabled' },
    });
    await set('enable');
    expect(await me((await signIn()).accessToken)).toBe(200);
  });
});
