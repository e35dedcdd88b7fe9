import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger } from '../log.ts';
import { startPortal } from '../start.ts';
import { startIssuer, type Issuer } from '../../test/harness/issuer.ts';
import { call, startHarness, type Harness } from '../../test/harness/portal.ts';

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

const signIn = (idToken: string, more = {}) =>
  harness.request('POST', '/api/auth/google', { body: { idToken, ...more } });
const USED = {
  status: 401,
  body: { type: '/problems/token-refused', detail: expect.stringContaining('has been used') },
};

describe('an ID token', () => {
  it('takes an ID token once', async () => {
    const token = issuer.token();
    expect((await signIn(token)).status).toBe(200);
    expect(await signIn(token)).toMatchObject(USED);
  });

  it('takes an ID token once on two instances', async () => {
    const other = await startPortal({ config: harness.config, log: createLogger('silent') });
    const token = issuer.token();
    expect((await signIn(token)).status).toBe(200);
    const body = { idToken: token };
    expect(await call(other.url, 'POST', '/api/auth/google', { body })).toMatchObject(USED);
    await other.stop();
  });

  it('takes one of twenty sign-ins at once with one ID token', async () => {
    const token = issuer.token();
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(19);
  });

  it('refuses a used ID token with its signature written in another way', async () => {
    const token = issuer.token();
    expect((await signIn(token)).status).toBe(200);
    // The last of 342 characters has four bits that mean nothing.
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(token.at(-1) ?? '');
    const same = `${token.slice(0, -1)}${alphabet[last ^ 1] ?? ''}`;
    expect(Buffer.from(same.split('.')[2] ?? '', 'base64url')).toEqual(
      Buffer.from(token.split('.')[2] ?? '', 'base64url'),
    );
    expect((await signIn(same)).status).toBe(401);
  });

  it('takes an ID token after a sign-in that was refused for its nonce', async () => {
    const token = issuer.token({ nonce: 'right' });
    expect((await signIn(token, { nonce: 'wrong' })).status).toBe(401);
    expect((await signIn(token, { nonce: 'right' })).status).toBe(200);
  });
});
