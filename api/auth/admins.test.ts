import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod/v4';
import { startGoogle } from '../../google-standin/index.ts';
import { readConfig } from '../config/config.ts';
import { startIssuer, type Issuer } from '../../test/harness/issuer.ts';
import { startHarness, type Answer, type Harness } from '../../test/harness/portal.ts';

const ADMIN = 'kepala@sekolah.sch.id';
/** The same with U+212A, the Kelvin sign. JavaScript makes it `k` in lower case. */
const KELVIN = '\u212Aepala@se\u212Aolah.sch.id';

let issuer: Issuer;
let harness: Harness;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());

const roleOf = ({ body }: Answer) =>
  z.object({ user: z.object({ role: z.string() }) }).parse(body).user.role;

async function role(sub: string, email: string): Promise<string> {
  const idToken = issuer.token({ sub, email });
  return roleOf(await harness.request('POST', '/api/auth/google', { body: { idToken } }));
}
const eachOnItsOwn = async (run: () => Promise<void>) => {
  harness = await startHarness({ google: { rootUrl: issuer.url }, adminEmails: [ADMIN] });
  await run().finally(() => harness.stop());
};

describe('an address of ADMIN_EMAILS', () => {
  it('makes the first account of an address in ADMIN_EMAILS an admin, whatever the case of its letters', () =>
    eachOnItsOwn(async () => {
      expect(await role('1', 'KEPALA@Sekolah.sch.id')).toBe('admin');
    }));

  it.each([
    ['a Kelvin sign', KELVIN],
    ['a dotted capital I', ADMIN.replace('sch.id', 'sch.\u0130d')],
    ['a long s', ADMIN.replaceAll('s', '\u017F')],
    ['full-width letters', ADMIN.replace('kepala', '\uFF4Bepala')],
  ])('does not make an admin of an address with %s', (_, email) =>
    eachOnItsOwn(async () => {
      expect(await role('2', email)).toBe('teacher');
      expect(await role('1', ADMIN)).toBe('admin');
    }),
  );

  it('does not make an admin of a second account, also when the first was demoted', () =>
    eachOnItsOwn(async () => {
      expect(await role('1', ADMIN)).toBe('admin');
      expect(await role('2', 'Kepala@sekolah.sch.id')).toBe('teacher');
      await harness.db.updateTable('users').set({ role: 'teacher' }).execute();
      expect(await role('3', ADMIN)).toBe('teacher');
      expect(await role('1', ADMIN)).toBe('teacher');
    }));

  it('makes an admin of one of ten accounts that sign in at once for the first time', () =>
    eachOnItsOwn(async () => {
      const subs = Array.from({ length: 10 }, (__, n) => String(n + 1));
      const roles = await Promise.all(subs.map((sub) => role(sub, ADMIN)));
      expect(roles.filter((one) => one === 'admin')).toHaveLength(1);
    }));
});

it('makes a teacher of an account with a Kelvin sign in its address', async () => {
  const google = await startGoogle({ people: [{ email: KELVIN, name: 'Tamu', role: 'teacher' }] });
  harness = await startHarness({ google: { rootUrl: google.url }, adminEmails: [ADMIN] });
  const query = new URLSearchParams({ email: KELVIN, aud: harness.config.google.clientId });
  const response = await fetch(`${google.url}/stand-in/id-token?${query.toString()}`);
  const body: unknown = await response.json();
  const answer = await harness.request('POST', '/api/auth/google', { body });
  await harness.stop();
  await google.close();
  expect(roleOf(answer)).toBe('teacher');
});

it('takes an address with a Kelvin sign in ADMIN_EMAILS for another one than with k', () => {
  expect(() => readConfig({ ADMIN_EMAILS: KELVIN })).toThrow(/ADMIN_EMAILS has an entry/);
});
