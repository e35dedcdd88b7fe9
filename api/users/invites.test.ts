import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod/v4';
import { startIssuer, type Issuer } from '../../test/harness/issuer.ts';
import { SERVICE_KEY, startHarness, type Harness } from '../../test/harness/portal.ts';

let issuer: Issuer;
let harness: Harness;
let admin: Awaited<ReturnType<Harness['person']>>;
let serial = 0;
beforeAll(async () => {
  issuer = await startIssuer();
  harness = await startHarness({ google: { rootUrl: issuer.url }, needsInvite: true });
  admin = await harness.person('admin');
});
afterAll(async () => {
  await harness.stop();
  await issuer.close();
});

const inviteSchema = z.object({ invite: z.looseObject({ id: z.number(), expiresAt: z.string() }) });
const auditSchema = z.object({ items: z.array(z.looseObject({ action: z.string() })) });

const newAddress = () => `guru${(serial += 1)}@contoh.sch.id`;
const invite = (body: object, token = admin.token) =>
  harness.request('POST', '/api/invites', { token, body });
const invited = async (body: object) => inviteSchema.parse((await invite(body)).body).invite;
const revoke = (id: number | string, token = admin.token) =>
  harness.request('DELETE', `/api/invites/${id}`, { token });
const list = (query = '', token = admin.token) =>
  harness.request('GET', `/api/invites${query}`, { token });
const signIn = (email: string, sub: string, more = {}) =>
  harness.request('POST', '/api/auth/google', {
    body: { idToken: issuer.token({ email, sub, ...more }) },
  });
const problem = (code: string, status: number) => ({
  status,
  body: { type: `/problems/${code}` },
});
const NOT_INVITED = problem('not-invited', 403);

/** The actions of the audit log, the newest first. */
async function lastActions(count: number): Promise<string[]> {
  const { body } = await harness.request('GET', `/api/audit?limit=${count}`, admin);
  return auditSchema.parse(body).items.map(({ action }) => action);
}

describe('A first sign-in', () => {
  it('refuses a first sign-in without an invite with 403, and makes no user', async () => {
    const email = newAddress();
    expect(await signIn(email, email)).toMatchObject(NOT_INVITED);
    const known = await harness.db.selectFrom('users').where('email', '=', email).execute();
    expect(known).toEqual([]);
  });

  it('gives a first-time user the role of the invite, and uses the invite up', async () => {
    const email = newAddress();
    await invite({ email, role: 'admin' });
    expect(await signIn(email, email)).toMatchObject({
      status: 200,
      body: { user: { email, role: 'admin' } },
    });
    expect(await lastActions(3)).toEqual(['invite.used', 'user.created', 'invite.created']);
    expect((await list('?limit=1')).body).toMatchObject({
      items: [{ email, usedAt: expect.stringMatching(/^20/), usedBy: expect.any(Number) }],
    });
  });

  it('refuses a first sign-in if the invite was revoked, has expired, or was used by another account', async () => {
    const [revoked, expired, used] = [newAddress(), newAddress(), newAddress()];
    await revoke((await invited({ email: revoked })).id);
    await invite({ email: expired });
    await harness.db
      .updateTable('invites')
      .set({ expiresAt: new Date(Date.now() - 1_000) })
      .where('email', '=', expired)
      .execute();
    await invite({ email: used });
    expect((await signIn(used, 'first-account')).status).toBe(200);
    for (const email of [revoked, expired, used]) {
      expect(await signIn(email, `other-${email}`)).toMatchObject(NOT_INVITED);
    }
  });

  it('refuses a first sign-in with an address that Google has not verified', async () => {
    const email = newAddress();
    await invite({ email });
    expect(await signIn(email, email, { email_verified: false })).toMatchObject(
      problem('token-refused', 401),
    );
  });

  it('needs no invite for an address of ADMIN_EMAILS or for a known person', async () => {
    const known = await signIn('Admin@Sekolah.sch.id', 'named');
    expect(known).toMatchObject({ status: 200, body: { user: { role: 'admin' } } });
    expect((await signIn(newAddress(), 'named')).status).toBe(200);
  });

  it.each([
    ['other letters’ case', (email: string) => email.toUpperCase(), 200],
    ['a Kelvin sign', (email: string) => email.replace('k', '\u212A'), 403],
    ['a long s', (email: string) => email.replace('s', '\u017F'), 403],
    ['a dotless i', (email: string) => email.replace('i', '\u0131'), 403],
  ])(
    'with %s in an invited address is answered as ADMIN_EMAILS would be',
    async (_, to, status) => {
      const email = `kepala.${newAddress()}`;
      await invite({ email });
      expect((await signIn(to(email), `as ${email}`.replace(' ', '-'))).status).toBe(status);
    },
  );

  it('makes one user and uses the invite once if one account signs in ten times at once', async () => {
    const email = newAddress();
    await invite({ email });
    const answers = await Promise.all(Array.from({ length: 10 }, () => signIn(email, email)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    const users = await harness.db
      .selectFrom('users')
      .select('id')
      .where('email', '=', email)
      .execute();
    expect(users).toHaveLength(1);
    expect(await lastActions(3)).toEqual(['invite.used', 'user.created', 'invite.created']);
  });

  it('lets in one of ten accounts with one address that sign in at once', async () => {
    const email = newAddress();
    await invite({ email });
    const subs = Array.from({ length: 10 }, (__, n) => `${email}-${n}`);
    const answers = await Promise.all(subs.map((sub) => signIn(email, sub)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 403)]);
  });
});

describe('A portal that needs no invite', () => {
  it('gives the role of an invite with SIGN_IN=anyone, and lets everybody else in as a teacher', async () => {
    const open = await startHarness({ google: { rootUrl: issuer.url } });
    const { token } = await open.person('admin');
    await open.request('POST', '/api/invites', {
      token,
      body: { email: 'ratna@contoh.sch.id', role: 'admin' },
    });
    const roles = await Promise.all(
      ['ratna@contoh.sch.id', 'tamu@contoh.sch.id'].map(async (email) => {
        const idToken = issuer.token({ email, sub: email });
        const { body } = await open.request('POST', '/api/auth/google', { body: { idToken } });
        return body;
      }),
    );
    await open.stop();
    expect(roles).toMatchObject([{ user: { role: 'admin' } }, { user: { role: 'teacher' } }]);
  });
});

describe('An invite', () => {
  it('renews an invite with its new role if the address is invited again', async () => {
    const email = newAddress();
    const first = await invited({ email });
    await harness.db
      .updateTable('invites')
      .set({ expiresAt: new Date(0) })
      .where('email', '=', email)
      .execute();
    const second = await invited({ email: email.toUpperCase(), role: 'admin' });
    expect(second).toMatchObject({ id: first.id, email, role: 'admin', invitedBy: admin.id });
    expect(Date.parse(second.expiresAt)).toBeGreaterThan(Date.now());
    expect((await signIn(email, email)).status).toBe(200);
  });

  it('makes a new invite for an address with a used invite', async () => {
    const email = newAddress();
    const first = await invited({ email });
    await signIn(email, `${email}-1`);
    const second = await invited({ email });
    expect(second.id).not.toBe(first.id);
    expect((await signIn(email, `${email}-2`)).status).toBe(200);
  });

  it('does not revoke an invite after its use', async () => {
    const email = newAddress();
    const { id } = await invited({ email });
    await signIn(email, email);
    expect(await revoke(id)).toMatchObject(problem('invite-used', 409));
  });

  it('revokes an invite once, and names the address in the audit log', async () => {
    const email = newAddress();
    const { id } = await invited({ email });
    expect((await revoke(id)).status).toBe(204);
    expect(await revoke(id)).toMatchObject(problem('not-found', 404));
    expect((await harness.request('GET', '/api/audit?limit=1', admin)).body).toMatchObject({
      items: [
        {
          actor: `user:${admin.id}`,
          action: 'invite.revoked',
          subject: `invite:${id}`,
          details: { email, role: 'teacher' },
        },
      ],
    });
  });

  it.each([
    ['no address', {}, 'email'],
    ['a word', { email: 'guru' }, 'email'],
    ['a Kelvin sign', { email: '\u212Aepala@sekolah.sch.id' }, 'email'],
    ['another role', { email: 'guru@sekolah.sch.id', role: 'owner' }, 'role'],
  ])('is refused with 422 for %s', async (_, body, path) => {
    expect(await invite(body)).toMatchObject({ status: 422, body: { errors: [{ path }] } });
  });

  it('lets only admins make, list and revoke invites', async () => {
    const teacher = await harness.person();
    const { id } = await invited({ email: newAddress() });
    for (const token of [teacher.token, SERVICE_KEY]) {
      for (const answer of [
        await invite({ email: newAddress() }, token),
        await list('', token),
        await revoke(id, token),
      ]) {
        expect(answer).toMatchObject(problem('forbidden', 403));
      }
    }
    expect((await harness.request('GET', '/api/invites')).status).toBe(401);
  });

  it('pages through the invites with each invite once', async () => {
    const pageSchema = z.object({
      items: z.array(z.looseObject({ id: z.number() })),
      nextCursor: z.string().nullable(),
    });
    for (let count = 0; count < 3; count += 1) await invite({ email: newAddress() });
    const all = pageSchema.parse((await list('?limit=200')).body).items;
    const seen: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const at: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const found = pageSchema.parse((await list(`?limit=2${at}`)).body);
      seen.push(...found.items.map(({ id }) => id));
      cursor = found.nextCursor;
    }
    expect(seen).toEqual(all.map(({ id }) => id));
  });
});
