import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { z } from 'zod/v4';
import { startGoogle, type GoogleStandIn } from '../../google-standin/index.ts';
import { startHarness, type Answer, type Harness } from '../../test/harness/portal.ts';

const tokensSchema = z.object({ accessToken: z.string(), refreshToken: z.string() });

let google: GoogleStandIn;
let harness: Harness;
beforeAll(async () => {
  google = await startGoogle();
  harness = await startHarness({ google: { rootUrl: google.url } });
});
afterAll(async () => {
  await harness.stop();
  await google.close();
});

async function signIn(): Promise<z.infer<typeof tokensSchema>> {
  const query = 'email=sari@sekolah.sch.id&aud=client.apps.example';
  const response = await fetch(`${google.url}/stand-in/id-token?${query}`);
  const answer = await harness.request('POST', '/api/auth/google', { body: await response.json() });
  return tokensSchema.parse(answer.body);
}

const refresh = (refreshToken: string): Promise<Answer> =>
  harness.request('POST', '/api/auth/refresh', { body: { refreshToken } });
const me = async (token: string) => (await harness.request('GET', '/api/me', { token })).status;
/** As if it had happened so many seconds ago. */
const ago = (seconds: number) =>
  harness.db
    .updateTable('sessions')
    .set({ rotatedAt: sql<Date>`rotated_at - ${seconds} * interval '1 s'` })
    .execute();

describe('a refresh token', () => {
  it('exchanges a refresh token for its successor, again and again', async () => {
    let { refreshToken } = await signIn();
    const seen = new Set([refreshToken]);
    for (let round = 0; round < 3; round += 1) {
      const next = tokensSchema.parse((await refresh(refreshToken)).body);
      expect(seen.has(next.refreshToken)).toBe(false);
      expect(await me(next.accessToken)).toBe(200);
      seen.add((refreshToken = next.refreshToken));
    }
  });

  it('gives twenty parallel requests one and the same successor', async () => {
    const { refreshToken } = await signIn();
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(refreshToken)));
    const successors = answers.map(({ body }) => tokensSchema.parse(body).refreshToken);
    expect(new Set(successors).size).toBe(1);
    expect((await refresh(successors[0] ?? '')).status).toBe(200);
  });

  it('gives the same successor again within ten seconds, because an answer may be lost', async () => {
    const { refreshToken } = await signIn();
    const first = tokensSchema.parse((await refresh(refreshToken)).body);
    await ago(9);
    expect(tokensSchema.parse((await refresh(refreshToken)).body).refreshToken).toBe(
      first.refreshToken,
    );
  });

  it('ends the session if a thief uses a refresh token after the owner', async () => {
    const { refreshToken: stolen } = await signIn();
    const owner = tokensSchema.parse((await refresh(stolen)).body);
    await ago(11);
    expect((await refresh(stolen)).status).toBe(401);
    expect((await refresh(owner.refreshToken)).status).toBe(401);
    expect(await me(owner.accessToken)).toBe(401);
    const audit = await harness.db
      .selectFrom('auditLog')
      .select('action')
      .where('action', '=', 'session.reused')
      .execute();
    expect(audit).toHaveLength(1);
  });

  it('ends the session if the owner uses a refresh token after a thief', async () => {
    const { refreshToken: stolen } = await signIn();
    const thief = tokensSchema.parse((await refresh(stolen)).body);
    const further = tokensSchema.parse((await refresh(thief.refreshToken)).body);
    await ago(11);
    expect((await refresh(stolen)).status).toBe(401);
    expect((await refresh(further.refreshToken)).status).toBe(401);
    expect(await me(further.accessToken)).toBe(401);
  });

  it('leaves no successor alive if a rotation races the end of its family', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { refreshToken: old } = await signIn();
      const leaf = tokensSchema.parse((await refresh(old)).body);
      await ago(11);
      const [, rotated] = await Promise.all([refresh(old), refresh(leaf.refreshToken)]);
      const next = tokensSchema.safeParse(rotated.body);
      if (next.success) expect((await refresh(next.data.refreshToken)).status).toBe(401);
      expect(await me(leaf.accessToken)).toBe(401);
    }
  });

  it('does not end another session of the same person if a refresh token is used again', async () => {
    const { refreshToken: stolen } = await signIn();
    const other = await signIn();
    await refresh(stolen);
    await ago(11);
    await refresh(stolen);
    expect(await me(other.accessToken)).toBe(200);
    expect((await refresh(other.refreshToken)).status).toBe(200);
  });

  it('refuses an expired or invented refresh token', async () => {
    const { refreshToken } = await signIn();
    await harness.db
      .updateTable('sessions')
      .set({ expiresAt: sql<Date>`now() - interval '1 s'` })
      .where('rotatedAt', 'is', null)
      .execute();
    expect((await refresh(refreshToken)).status).toBe(401);
    expect((await refresh('never-was')).status).toBe(401);
  });

  it('keeps no refresh token in the database', async () => {
    const { refreshToken } = await signIn();
    const { refreshToken: next } = tokensSchema.parse((await refresh(refreshToken)).body);
    const dump = JSON.stringify(await harness.db.selectFrom('sessions').selectAll().execute());
    expect(dump).not.toContain(refreshToken);
    expect(dump).not.toContain(next);
  });
});
