import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod/v4';
import {
  SERVICE_KEY,
  someMaterial,
  someResult,
  startHarness,
  type Harness,
} from '../../test/harness/portal.ts';

const listSchema = z.object({ items: z.array(z.looseObject({ id: z.string() })) });

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const jobsOf = async (token: string, query = '') => {
  const { body } = await harness.request('GET', `/api/jobs?limit=200${query}`, { token });
  return listSchema.parse(body).items.map(({ id }) => id);
};

describe('jobs', () => {
  it('are seen by who opened them, by admins and by services', async () => {
    const [sari, budi, admin] = [
      await harness.person(),
      await harness.person(),
      await harness.person('admin'),
    ];
    const { job: hers } = await harness.add(sari.token);
    const { job: his } = await harness.add(budi.token);
    const read = async (token: string) =>
      (await harness.request('GET', `/api/jobs/${hers.id}`, { token })).status;

    expect(await jobsOf(sari.token)).toEqual([hers.id]);
    expect(await jobsOf(budi.token)).toEqual([his.id]);
    expect(await jobsOf(admin.token)).toEqual([his.id, hers.id]);
    expect(await jobsOf(SERVICE_KEY)).toEqual([his.id, hers.id]);
    expect(await read(sari.token)).toBe(200);
    expect(await read(budi.token)).toBe(404);
    expect(await read(admin.token)).toBe(200);
    expect(await read(SERVICE_KEY)).toBe(200);
    expect((await harness.request('GET', '/api/jobs')).status).toBe(401);
  });

  it('come in lists without their results, and alone with them', async () => {
    const { token } = await harness.person();
    const { job } = await harness.add(token);
    const claim = { jobId: job.id, attempt: 1, executionId: 'e' };
    await harness.callback('job.started', claim);
    await harness.callback('job.completed', { ...claim, result: someResult() });
    const { body } = await harness.request('GET', '/api/jobs', { token });
    const [listed] = listSchema.parse(body).items;
    expect(listed).toMatchObject({ id: job.id, status: 'COMPLETED', executionId: 'e' });
    expect(listed).not.toHaveProperty('result');
    const alone = await harness.request('GET', `/api/jobs/${job.id}`, { token });
    expect(alone.body).toEqual({ ...listed, result: someResult() });
  });

  it('are filtered by material, by status and by kind', async () => {
    const { token } = await harness.person();
    const { job, material } = await harness.add(token);
    await harness.add(token);
    expect(await jobsOf(token, `&materialId=${material.id}`)).toEqual([job.id]);
    expect(await jobsOf(token, '&status=PROCESSING')).toHaveLength(2);
    expect(await jobsOf(token, '&status=FAILED')).toEqual([]);
    const opened = await harness.request('POST', '/api/jobs', {
      token: SERVICE_KEY,
      body: { kind: 'generate', materialId: material.id, options: { content: 'quiz' } },
    });
    const { id: draft } = z.object({ id: z.string() }).parse(opened.body);
    const ofMaterial = `&materialId=${material.id}`;
    expect(await jobsOf(SERVICE_KEY, `${ofMaterial}&kind=generate`)).toEqual([draft]);
    expect(await jobsOf(SERVICE_KEY, `${ofMaterial}&kind=analyze`)).toEqual([job.id]);
    for (const [query, path] of [
      ['status=DONE', 'status'],
      ['materialId=1', 'materialId'],
      ['kind=summarise', 'kind'],
    ]) {
      expect(await harness.request('GET', `/api/jobs?${query}`, { token })).toMatchObject({
        status: 422,
        body: { errors: [{ path }] },
      });
    }
  });
});

describe('rights', () => {
  it('are those of now: a demotion binds the very next request', async () => {
    const admin = await harness.person('admin');
    const { job } = await harness.add();
    expect(await jobsOf(admin.token)).toContain(job.id);
    await harness.db
      .updateTable('users')
      .set({ role: 'teacher' })
      .where('id', '=', admin.id)
      .execute();
    expect(await jobsOf(admin.token)).toEqual([]);
    const { status } = await harness.request('POST', `/api/jobs/${job.id}/retry`, admin);
    expect(status).toBe(404);
  });

  it('end with the session: the very next write is refused, on a token that is still in time', async () => {
    const person = await harness.person();
    await harness.add(person.token);
    await harness.db
      .updateTable('sessions')
      .set({ endedAt: new Date() })
      .where('userId', '=', person.id)
      .execute();
    for (const [method, path, body] of [
      ['POST', '/api/materials', someMaterial()],
      ['GET', '/api/materials', undefined],
      ['GET', '/api/me', undefined],
    ] as const) {
      expect(await harness.request(method, path, { token: person.token, body })).toMatchObject({
        status: 401,
        body: { type: '/problems/not-signed-in' },
      });
    }
  });

  it('are not had by a session of somebody else', async () => {
    const [one, other] = [await harness.person(), await harness.person()];
    await harness.db
      .updateTable('sessions')
      .set({ userId: other.id })
      .where('userId', '=', one.id)
      .execute();
    expect((await harness.request('GET', '/api/me', { token: one.token })).status).toBe(401);
  });

  it('of a service key are materials, reading jobs and subscriptions, nothing else', async () => {
    const { job, material } = await harness.add(SERVICE_KEY);
    const status = async (method: string, path: string) =>
      (await harness.request(method, path, { token: SERVICE_KEY })).status;
    expect(await status('GET', '/api/materials')).toBe(200);
    expect(await status('GET', `/api/materials/${material.id}`)).toBe(200);
    expect(await status('GET', `/api/jobs/${job.id}`)).toBe(200);
    expect(await status('GET', '/api/webhook/subscriptions')).toBe(200);
    expect(await status('GET', '/api/me')).toBe(403);
    expect(await status('POST', `/api/jobs/${job.id}/retry`)).toBe(403);
  });

  it('of people are not those of services', async () => {
    const { token } = await harness.person('admin');
    const url = `${harness.receiver.url}/webhook/x`;
    const body = { url, eventTypes: ['job.requested'], kinds: ['analyze'] };
    for (const [method, path] of [
      ['GET', '/api/webhook/subscriptions'],
      ['PUT', '/api/webhook/subscriptions'],
      ['DELETE', `/api/webhook/subscriptions?url=${url}`],
    ] as const) {
      const sent = method === 'PUT' ? { token, body } : { token };
      expect((await harness.request(method, path, sent)).status).toBe(403);
    }
  });

  it('come with no key that is only nearly right', async () => {
    for (const token of [`${SERVICE_KEY}x`, SERVICE_KEY.slice(1), 'n8n']) {
      expect((await harness.request('GET', '/api/materials', { token })).status).toBe(401);
    }
    for (const header of [SERVICE_KEY, `Basic ${SERVICE_KEY}`, 'Bearer ', 'Bearer a b']) {
      const headers = { Authorization: header };
      expect((await harness.request('GET', '/api/materials', { headers })).status).toBe(401);
    }
  });
});
