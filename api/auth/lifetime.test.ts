import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { sql } from 'kysely';
import { z } from 'zod/v4';
import { MIGRATIONS } from '../db/migrate.ts';
import { startIssuer, type Issuer } from '../../test/harness/issuer.ts';
import { startHarness, type Harness } from '../../test/harness/portal.ts';

const sessionSchema = z.object({
  accessToken: z.string(),
  expiresIn: z.number(),
  refreshToken: z.string(),
});

let issuer: Issuer;
let harness: Harness;
beforeAll(async () => {
  issuer = await startIssuer();
  harness = await startHarness({ google: { rootUrl: issuer.url } });
});
afterAll(async () => {
  await harness.stop();
  await issuer.close();
});

/** Makes a session with a sign-in and a last use so long ago. */
async function signedIn(ago: string) {
  const answer = await harness.request('POST', '/api/auth/google', {
    body: { idToken: issuer.token() },
  });
  await sql`update sessions set created_at = created_at - ${ago}::interval
    where family = (select family from sessions order by created_at desc limit 1)`.execute(
    harness.db,
  );
  return sessionSchema.parse(answer.body);
}
const refresh = (refreshToken: string) =>
  harness.request('POST', '/api/auth/refresh', { body: { refreshToken } });
const me = async (token: string) => (await harness.request('GET', '/api/me', { token })).status;

describe('a session', () => {
  it('refreshes a session for 7 days after its last use', async () => {
    const { refreshToken } = await signedIn('0 s');
    const next = sessionSchema.parse((await refresh(refreshToken)).body);
    const rows = await sql<{ days: number }>`
      select extract(epoch from expires_at - now())::float8 / 86400 as days from sessions
      order by created_at desc limit 1`.execute(harness.db);
    expect(rows.rows[0]?.days).toBeCloseTo(7, 2);
    await sql`update sessions set expires_at = expires_at - interval '7 days 1 s'`.execute(
      harness.db,
    );
    expect((await refresh(next.refreshToken)).status).toBe(401);
    expect(await me(next.accessToken)).toBe(401);
  });

  it('ends a session 30 days after its sign-in, also if it is used all the time', async () => {
    let { refreshToken } = await signedIn('29 days 23 hours');
    const next = sessionSchema.parse((await refresh(refreshToken)).body);
    expect(await me(next.accessToken)).toBe(200);
    refreshToken = next.refreshToken;
    await sql`update sessions set created_at = created_at - interval '1 hour'`.execute(harness.db);
    expect((await refresh(refreshToken)).status).toBe(401);
    expect(await me(next.accessToken)).toBe(401);
  });

  it('gives no access token that outlives its session', async () => {
    const { refreshToken } = await signedIn('29 days 23 hours 58 minutes');
    const next = sessionSchema.parse((await refresh(refreshToken)).body);
    expect(next.expiresIn).toBeLessThanOrEqual(120);
    expect(next.expiresIn).toBeGreaterThan(60);
    const { iat, exp } = z
      .object({ iat: z.number(), exp: z.number() })
      .parse(jwt.decode(next.accessToken));
    expect(exp - iat).toBe(next.expiresIn);
  });

  it('ends a session of an earlier version after 7 days without use, and 30 days after its sign-in', async () => {
    const old = await signedIn('10 days');
    const recent = await signedIn('3 days');
    await sql`update sessions set expires_at = created_at + interval '30 days'`.execute(harness.db);
    await sql`drop table used_id_tokens;
      drop index idempotency_keys_created, webhook_deliveries_created, sessions_expires, users_address`.execute(
      harness.db,
    );
    await MIGRATIONS['005_sessions']?.up(harness.db);
    expect((await refresh(old.refreshToken)).status).toBe(401);
    expect((await refresh(recent.refreshToken)).status).toBe(200);
  });
});
