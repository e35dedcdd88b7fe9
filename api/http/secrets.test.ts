import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod/v4';
import { startGoogle, type GoogleStandIn } from '../../google-standin/index.ts';
import { createLogger } from '../log.ts';
import {
  FROM_N8N,
  JWT_SECRET,
  SERVICE_KEY,
  startHarness,
  TO_N8N,
  until,
  type Harness,
} from '../../test/harness/portal.ts';

const EMAIL = 'sari@sekolah.sch.id';
const sessionSchema = z.object({ accessToken: z.string(), refreshToken: z.string() });

let logged = '';
const log = createLogger('trace', { write: (line) => void (logged += line) });
let google: GoogleStandIn;
let harness: Harness;
beforeAll(async () => {
  google = await startGoogle();
  harness = await startHarness({ log, google: { rootUrl: google.url } });
});
afterAll(async () => {
  await harness.stop();
  await google.close();
});

describe('the log', () => {
  it('logs no secret and no e-mail address after a sign-in, a refresh, a service’s request and an event', async () => {
    const query = new URLSearchParams({ email: EMAIL, aud: harness.config.google.clientId });
    const given = await fetch(`${google.url}/stand-in/id-token?${query.toString()}`);
    const { idToken } = z.object({ idToken: z.string() }).parse(await given.json());
    const answer = await harness.request('POST', '/api/auth/google', { body: { idToken } });
    const first = sessionSchema.parse(answer.body);
    const again = await harness.request('POST', '/api/auth/refresh', {
      body: { refreshToken: first.refreshToken },
      headers: { Cookie: 'sid=a-cookie-of-somebody' },
    });
    const second = sessionSchema.parse(again.body);
    await harness.request('GET', `/api/me?access_token=${second.accessToken}`, {
      token: second.accessToken,
    });
    await harness.request('POST', '/api/auth/refresh', { body: { refreshToken: 'a-wrong-token' } });
    await harness.subscribe();
    const { job } = await harness.add();
    await until(() => logged.includes(`job_${job.id}_1`));
    const signature = harness.receiver.received[0]?.headers['webhook-signature'];
    await harness.callback('job.started', { jobId: job.id, attempt: 1, executionId: '1' });

    expect(logged).toContain('/api/auth/refresh');
    const secrets = {
      idToken,
      firstAccess: first.accessToken,
      firstRefresh: first.refreshToken,
      secondAccess: second.accessToken,
      secondRefresh: second.refreshToken,
      wrong: 'a-wrong-token',
      cookie: 'a-cookie-of-somebody',
      service: SERVICE_KEY,
      signature: String(signature),
      toN8n: TO_N8N[0],
      fromN8n: FROM_N8N[0],
      jwt: JWT_SECRET,
      email: EMAIL,
    };
    const found = Object.entries(secrets).filter(([, secret]) => logged.includes(secret));
    expect(found).toEqual([]);
  });

  it.each([
    ...['authorization', 'cookie', 'token', 'idToken', 'accessToken', 'refreshToken'],
    ...['webhook-signature', 'secret', 'password', 'apiKey', 'private_key', 'email'],
  ])('hides what is logged by mistake under the name %s', (name) => {
    logged = '';
    const hidden = { [name]: 'hunter2' };
    log.info({ ...hidden, user: hidden, req: { headers: hidden } }, 'a mistake');
    expect(logged).toContain('a mistake');
    expect(logged).not.toContain('hunter2');
    expect(logged.match(/\[hidden\]/g)).toHaveLength(3);
  });

  it('hides in the log the row that PostgreSQL quotes in an error, and keeps the error’s code', async () => {
    logged = '';
    const row = {
      email: EMAIL,
      name: 'Sari',
      picture: null,
      googleId: 'twice',
      role: 'teacher' as const,
    };
    const insert = () => harness.db.insertInto('users').values(row).execute();
    await insert();
    await insert().catch((err: unknown) => log.error({ err }, 'refused'));
    expect(logged).toContain('"code":"23505"');
    expect(logged).not.toContain('twice');
  });
});
