import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { z } from 'zod/v4';
import { textHash } from '../../core/index.ts';
import {
  createdSchema,
  SERVICE_KEY,
  someMaterial,
  startHarness,
  type Harness,
} from '../../test/harness/portal.ts';

let harness: Harness;
let token: string;
beforeAll(async () => {
  harness = await startHarness();
  ({ token } = await harness.person());
});
afterAll(() => harness.stop());

const post = (body: unknown, headers: Record<string, string> = {}, as = token) =>
  harness.request('POST', '/api/materials', { token: as, body, headers });
const count = async (table: 'materials' | 'jobs' | 'auditLog' | 'idempotencyKeys') => {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(
    harness.db,
  );
  return rows[0]?.n;
};

describe('a new material', () => {
  it('creates one material under its catalog names, and one job', async () => {
    const answer = await post({
      ...someMaterial({ subject: 'mtk', level: 'kelas 4', title: '  Pecahan ' }),
      metadata: { Semester: '1' },
    });
    expect(answer.status).toBe(201);
    const { material, job } = createdSchema.parse(answer.body);
    expect(material).toMatchObject({
      subject: 'Matematika',
      title: 'Pecahan',
      level: 'Fase B',
      theme: '',
      metadata: { Semester: '1' },
      aiStatus: '',
    });
    expect(job).toMatchObject({
      kind: 'analyze',
      materialId: material.id,
      status: 'PROCESSING',
      progress: 0,
      result: null,
      error: null,
      attempt: 1,
      executionId: null,
    });
    expect(answer.headers.get('Location')).toBe(`/api/materials/${material.id}`);
    expect(answer.headers.get('ETag')).toBe('"1"');
  });

  it('makes the id and every filled field of a new material wait for the sheet', async () => {
    const { material } = await harness.add(token);
    const row = await harness.db
      .selectFrom('materials')
      .selectAll()
      .where('id', '=', material.id)
      .executeTakeFirstOrThrow();
    expect(row.pending).toEqual({
      id: 1,
      subject: 1,
      title: 1,
      description: 1,
      type: 1,
      level: 1,
    });
    expect(row).toMatchObject({ base: null, revision: 1, textHash: textHash(material) });
  });

  it('writes a new material to the audit log with the person that added it', async () => {
    const person = await harness.person();
    const { material, job } = await harness.add(person.token);
    const audit = await harness.db
      .selectFrom('auditLog')
      .selectAll()
      .where('subject', '=', `material:${material.id}`)
      .executeTakeFirstOrThrow();
    expect(audit).toMatchObject({
      actor: `user:${person.id}`,
      action: 'material.created',
      details: { job: job.id },
    });
    const row = await harness.job(job.id);
    expect(row.userId).toBe(person.id);
  });

  it('answers 422 with the path of each bad field, and writes nothing', async () => {
    const before = await count('materials');
    const answer = await post({
      title: ' \u00a0 ',
      type: 7,
      level: 'kelas 13',
      url: 'javascript:alert(1)',
      metadata: { Semester: 1 },
      unknown: 'x',
    });
    expect(answer).toMatchObject({ status: 422, body: { type: '/problems/invalid', status: 422 } });
    const paths = (answer.body as { errors: { path: string }[] }).errors.map(({ path }) => path);
    expect(paths.sort()).toEqual(
      ['subject', 'title', 'type', 'level', 'url', 'metadata.Semester', 'unknown'].sort(),
    );
    expect(answer.headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
    expect(await count('materials')).toBe(before);
  });

  it('answers 422 for a body that is no object', async () => {
    for (const body of [[], ['x'], {}]) expect((await post(body)).status).toBe(422);
    expect((await harness.request('POST', '/api/materials', { token })).status).toBe(422);
  });

  it('writes no material if its job cannot be written', async () => {
    const before = await count('materials');
    await sql`alter table jobs add constraint broken check (false) not valid`.execute(harness.db);
    const answer = await post(someMaterial(), { 'Idempotency-Key': 'all-or-nothing' });
    await sql`alter table jobs drop constraint broken`.execute(harness.db);
    expect(answer).toMatchObject({ status: 500, body: { type: '/problems/internal' } });
    expect(JSON.stringify(answer.body)).not.toMatch(/broken|constraint|jobs/);
    expect(await count('materials')).toBe(before);

    const again = await post(someMaterial(), { 'Idempotency-Key': 'all-or-nothing' });
    expect(again.status).toBe(201);
    expect(again.headers.get('Idempotency-Replayed')).toBeNull();
  });
});

describe('an idempotency key', () => {
  it('gives the first answer again, unchanged, to the same request with the same Idempotency-Key', async () => {
    const headers = { 'Idempotency-Key': 'same' };
    const first = await post(someMaterial(), headers);
    const again = await post(someMaterial(), headers);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('ETag')).toBe(first.headers.get('ETag'));
    expect(again.headers.get('Location')).toBe(first.headers.get('Location'));
    expect(first.headers.get('Idempotency-Replayed')).toBeNull();
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
  });

  it('refuses another request with the same Idempotency-Key', async () => {
    const headers = { 'Idempotency-Key': 'other' };
    await post(someMaterial(), headers);
    expect(await post(someMaterial({ title: 'Lain' }), headers)).toMatchObject({
      status: 422,
      body: { type: '/problems/key-reused' },
    });
  });

  it('keeps the Idempotency-Keys of two callers apart', async () => {
    const headers = { 'Idempotency-Key': 'mine' };
    const mine = createdSchema.parse((await post(someMaterial(), headers)).body);
    const theirs = createdSchema.parse((await post(someMaterial(), headers, SERVICE_KEY)).body);
    expect(theirs.material.id).not.toBe(mine.material.id);
  });

  it('makes one material and one job of twenty requests at once with one Idempotency-Key', async () => {
    const before = { materials: await count('materials'), jobs: await count('jobs') };
    const headers = { 'Idempotency-Key': 'twenty' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post(someMaterial(), headers)),
    );
    expect(await count('materials')).toBe((before.materials ?? 0) + 1);
    expect(await count('jobs')).toBe((before.jobs ?? 0) + 1);
    const made = answers.filter(({ status }) => status === 201);
    expect(made.length).toBeGreaterThan(0);
    expect(new Set(made.map(({ body }) => createdSchema.parse(body).material.id)).size).toBe(1);
    const fresh = made.filter((answer) => answer.headers.get('Idempotency-Replayed') === null);
    expect(fresh).toHaveLength(1);
    for (const { status, body } of answers) {
      if (status !== 201) {
        expect({ status, body }).toMatchObject({
          status: 409,
          body: { type: '/problems/key-in-flight' },
        });
      }
    }
  });

  it('forgets an Idempotency-Key after a day', async () => {
    const headers = { 'Idempotency-Key': 'old' };
    const first = createdSchema.parse((await post(someMaterial(), headers)).body);
    await sql`update idempotency_keys set created_at = now() - interval '25 hours'`.execute(
      harness.db,
    );
    const next = await post(someMaterial({ title: 'Lain' }), headers);
    expect(next.status).toBe(201);
    expect(createdSchema.parse(next.body).material.id).not.toBe(first.material.id);
    expect((await post(someMaterial({ title: 'Lain' }), headers)).body).toEqual(next.body);
  });

  it('does not keep the Idempotency-Key of a refused request', async () => {
    const headers = { 'Idempotency-Key': 'refused' };
    expect((await post({}, headers)).status).toBe(422);
    expect((await post(someMaterial(), headers)).status).toBe(201);
  });

  it.each([
    ['empty', ''],
    ['256 characters long', 'x'.repeat(256)],
    ['two words without quotes', 'a b'],
    ['with one quote', '"a'],
    ['with a quote inside', 'a"b'],
    ['with only quotes', '""'],
    ['with parameters', '"a";b=1'],
    ['not ASCII', 'caf\xe9'],
    ['sent twice', 'a, b'],
  ])('is malformed when it is %s', async (_, key) => {
    expect(await post(someMaterial(), { 'Idempotency-Key': key })).toMatchObject({
      status: 400,
      body: { type: '/problems/malformed', detail: expect.stringContaining('Idempotency-Key') },
    });
  });

  it('takes an Idempotency-Key with quotes (Internet-Draft) and without quotes for the same key', async () => {
    const first = await post(someMaterial(), { 'Idempotency-Key': 'quoted-7' });
    const again = await post(someMaterial(), { 'Idempotency-Key': '"quoted-7"' });
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
    expect(again.body).toEqual(first.body);
    const words = { 'Idempotency-Key': '"two \\"words\\""' };
    expect((await post(someMaterial(), words)).status).toBe(201);
    expect((await post(someMaterial(), words)).headers.get('Idempotency-Replayed')).toBe('true');
  });

  it('takes a body with other order of names or other blanks for the same request', async () => {
    const headers = { 'Idempotency-Key': 'ordered' };
    const metadata = { Semester: '1', Kelas: '4', 10: 'a', 2: 'b' };
    const material = someMaterial({ metadata });
    expect((await post(material, headers)).status).toBe(201);
    const backwards = (value: object) => Object.fromEntries(Object.entries(value).reverse());
    const same = { ...backwards(material), metadata: backwards(metadata), title: ' Fotosintesis ' };
    const again = await post(same, headers);
    expect(again.status).toBe(201);
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
    const other = { ...material, metadata: { ...metadata, Kelas: '1', Semester: '4' } };
    expect((await post(other, headers)).status).toBe(422);
  });
});

describe('metadata', () => {
  const withMetadata = (json: string) =>
    harness.request('POST', '/api/materials', {
      token,
      raw: JSON.stringify({ ...someMaterial(), metadata: {} }).replace('{}', json),
    });

  it('keeps metadata under names that every object has, and the edits of it', async () => {
    const metadata = { toString: 'a', valueOf: 'b', constructor: 'c', hasOwnProperty: 'd' };
    const answer = await withMetadata(JSON.stringify(metadata));
    expect(answer.status).toBe(201);
    const { material } = createdSchema.parse(answer.body);
    expect(material.metadata).toEqual(metadata);
    const replaced = await harness.request('PUT', `/api/materials/${material.id}`, {
      token,
      body: { ...someMaterial(), metadata: { toString: 'A' } },
      headers: { 'If-Match': '"1"' },
    });
    expect(replaced).toMatchObject({
      status: 200,
      body: { material: { metadata: { toString: 'A' } } },
    });
    const history = await harness.request('GET', `/api/materials/${material.id}/history`, {
      token,
    });
    const { items } = z
      .object({ items: z.array(z.looseObject({ field: z.string() })) })
      .parse(history.body);
    expect(
      items
        .slice(0, 4)
        .map(({ field, before, after }) => [field, before, after])
        .sort(),
    ).toEqual([
      ['metadata.constructor', 'c', null],
      ['metadata.hasOwnProperty', 'd', null],
      ['metadata.toString', 'a', 'A'],
      ['metadata.valueOf', 'b', null],
    ]);
  });

  it.each([
    ['a name __proto__', '{"__proto__":"x"}', 'metadata.__proto__'],
    ['a name of 101 characters', `{"${'x'.repeat(101)}":""}`, `metadata.${'x'.repeat(100)}…`],
    ['an empty name', '{"":"x"}', 'metadata'],
    ['a name with a lone surrogate', '{"a\\ud800":"x"}', 'metadata.a\ud800'],
    [
      '51 names',
      JSON.stringify(Object.fromEntries(Array.from({ length: 51 }, (_, n) => [n, '']))),
      'metadata',
    ],
    ['a list', '["x"]', 'metadata'],
    ['a number as a value', '{"a":1}', 'metadata.a'],
  ])('is refused with its path: %s', async (_name, json, path) => {
    expect(await withMetadata(json)).toMatchObject({
      status: 422,
      body: { errors: [{ path, message: expect.stringMatching(/\w/) }] },
    });
  });
});
