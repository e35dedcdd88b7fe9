import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { z } from 'zod/v4';
import {
  createdSchema,
  SERVICE_KEY,
  someMaterial,
  startHarness,
  type Harness,
} from '../../test/harness/portal.ts';

type Person = Awaited<ReturnType<Harness['person']>>;

const LIMIT = 3;
const TOO_MANY = { status: 429, body: { type: '/problems/too-many-open-jobs' } };
const batchSchema = z.object({
  results: z.array(
    z.object({ status: z.string(), problem: z.object({ type: z.string() }).optional() }),
  ),
});

let harness: Harness;
let teacher: Person;
beforeAll(async () => {
  harness = await startHarness({ config: { openJobsPerUser: LIMIT } });
});
afterAll(() => harness.stop());
beforeEach(async () => {
  teacher = await harness.person();
});

const create = (token = teacher.token, headers: Record<string, string> = {}) =>
  harness.request('POST', '/api/materials', { token, headers, body: someMaterial() });
const batch = (items: readonly object[], token = teacher.token, more: object = {}) =>
  harness.request('POST', '/api/materials/batch', { token, body: { items, ...more } });
const newItem = { operation: 'create', material: someMaterial() };
const jobsOf = ({ id }: Person) =>
  harness.db.selectFrom('jobs').selectAll().where('userId', '=', id).orderBy('id').execute();
const openOf = async (person: Person) =>
  (await jobsOf(person)).filter(({ status }) => status === 'PROCESSING').length;
const materialsOf = async ({ id }: Person) =>
  (await harness.db.selectFrom('materials').select('id').where('createdBy', '=', id).execute())
    .length;
const failJobs = ({ id }: Person, count: number) =>
  sql`update jobs set status = 'FAILED', stage = 'ended', next_at = null,
    error = '{"code":"model_quota","detail":"x"}'
    where id in (select id from jobs where user_id = ${id} and status = 'PROCESSING'
      order by id limit ${count})`.execute(harness.db);
async function fill(person = teacher) {
  for (let n = 0; n < LIMIT; n += 1) expect((await create(person.token)).status).toBe(201);
}

describe('a person with as many open jobs as are allowed', () => {
  it('gets 429 for a new material, and nothing is written', async () => {
    await fill();
    const answer = await create();
    expect(answer).toMatchObject(TOO_MANY);
    expect(answer.headers.get('Retry-After')).toMatch(/^\d+$/);
    expect(await materialsOf(teacher)).toBe(LIMIT);
    expect(await jobsOf(teacher)).toHaveLength(LIMIT);
  });

  it('adds the material with the same Idempotency-Key after a job has ended', async () => {
    await fill();
    const key = { 'Idempotency-Key': `k-${teacher.id}` };
    expect(await create(teacher.token, key)).toMatchObject(TOO_MANY);
    await failJobs(teacher, 1);
    const added = await create(teacher.token, key);
    expect(added.status).toBe(201);
    // The key's answer is given again also at the limit.
    const again = await create(teacher.token, key);
    expect(again).toMatchObject({ status: 201, body: added.body });
    expect(await materialsOf(teacher)).toBe(LIMIT + 1);
  });

  it('is refused exactly above the limit, also when many requests come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => create()));
    const withStatus = (wanted: number) => answers.filter(({ status }) => status === wanted).length;
    expect([withStatus(201), withStatus(429)]).toEqual([LIMIT, 12 - LIMIT]);
    expect(await openOf(teacher)).toBe(LIMIT);
    expect(await materialsOf(teacher)).toBe(LIMIT);
  });

  it('is refused exactly when creates, batches, retries and jobs by hand come at once', async () => {
    const admin = await harness.person('admin');
    await fill(admin);
    await failJobs(admin, LIMIT);
    const failed = (await jobsOf(admin)).map(({ id }) => id);
    const { material } = await harness.add(SERVICE_KEY);
    const byHand = { kind: 'generate', materialId: material.id, options: { content: 'quiz' } };
    const answers = await Promise.all([
      create(admin.token),
      batch([newItem, newItem], admin.token),
      harness.request('POST', '/api/jobs/bulk-retry', {
        token: admin.token,
        body: { ids: failed },
      }),
      harness.request('POST', `/api/jobs/${failed[0]}/retry`, { token: admin.token }),
      harness.request('POST', '/api/jobs', { token: admin.token, body: byHand }),
      create(admin.token),
    ]);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    expect(await openOf(admin)).toBe(LIMIT);
  });

  it('gets the creates of a material batch that fit, and a problem for each other one', async () => {
    const { material } = createdSchema.parse((await create()).body);
    const update = { operation: 'update', id: material.id, material: { theme: 'Tumbuhan' } };
    const items = [newItem, newItem, newItem, update, { operation: 'create', material: {} }];
    for (const dryRun of [true, false]) {
      const answer = await batch(items, teacher.token, { dryRun });
      expect(answer.status).toBe(200);
      const { results } = batchSchema.parse(answer.body);
      expect(results.map(({ status, problem }) => problem?.type ?? status)).toEqual([
        'created',
        'created',
        '/problems/too-many-open-jobs',
        'updated',
        '/problems/invalid',
      ]);
    }
    expect(await materialsOf(teacher)).toBe(LIMIT);
    expect(await openOf(teacher)).toBe(LIMIT);
  });

  it('gets 429 for a job by hand', async () => {
    const admin = await harness.person('admin');
    await fill(admin);
    const { material } = await harness.add(SERVICE_KEY);
    const body = { kind: 'generate', materialId: material.id, options: { content: 'quiz' } };
    const open = (token: string) => harness.request('POST', '/api/jobs', { token, body });
    expect(await open(admin.token)).toMatchObject(TOO_MANY);
    expect((await open(SERVICE_KEY)).status).toBe(201);
  });

  it('gets 429 for a retry, also by an admin, and the jobs of a bulk retry that fit', async () => {
    await fill();
    await failJobs(teacher, 2);
    const failed = (await jobsOf(teacher)).filter(({ status }) => status === 'FAILED');
    await create();
    const ids = failed.map(({ id }) => id);
    const bulk = await harness.request('POST', '/api/jobs/bulk-retry', {
      token: teacher.token,
      body: { ids },
    });
    expect(bulk).toMatchObject({ status: 200, body: { counts: { retried: 1, refused: 1 } } });
    const admin = await harness.person('admin');
    const { id } = (await jobsOf(teacher)).find(({ status }) => status === 'FAILED') ?? {};
    for (const { token } of [teacher, admin]) {
      const answer = await harness.request('POST', `/api/jobs/${id}/retry`, { token });
      expect(answer).toMatchObject(TOO_MANY);
    }
    expect(await openOf(teacher)).toBe(LIMIT);
  });

  it('can still edit a material: its changed text opens an analysis', async () => {
    const { material } = createdSchema.parse((await create()).body);
    await failJobs(teacher, 1);
    await fill();
    const answer = await harness.request('PUT', `/api/materials/${material.id}`, {
      token: teacher.token,
      headers: { 'If-Match': '"1"' },
      body: someMaterial({ title: 'Judul baru' }),
    });
    expect(answer).toMatchObject({ status: 200, body: { job: { status: 'PROCESSING' } } });
    expect(await openOf(teacher)).toBe(LIMIT + 1);
    expect(await create()).toMatchObject(TOO_MANY);
  });
});

describe('n8n, with a service key', () => {
  it('imports any number of materials, each with its job', async () => {
    const items = Array.from({ length: 500 }, () => newItem);
    const countJobs = () =>
      harness.db
        .selectFrom('jobs')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
    const before = await countJobs();
    for (let n = 0; n < 2; n += 1) {
      expect(await batch(items, SERVICE_KEY)).toMatchObject({ body: { counts: { created: 500 } } });
    }
    const after = await countJobs();
    expect(after.count - before.count).toBe(1_000);
  });
});
