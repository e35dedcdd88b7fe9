import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import {
  EDITABLE_FIELDS,
  materialIdSchema,
  textHash,
  type MaterialId,
} from '../../../core/index.ts';
import {
  SERVICE_KEY,
  someMaterial,
  startHarness,
  until,
  type Harness,
} from '../../../test/harness/portal.ts';
import { batchAnswerSchema } from './schemas.ts';

let harness: Harness;
let token: string;
beforeAll(async () => {
  harness = await startHarness();
  ({ token } = await harness.person());
});
afterAll(() => harness.stop());

const send = (body: unknown, headers: Record<string, string> = {}, as = token) =>
  harness.request('POST', '/api/materials/batch', { token: as, body, headers });

async function write(items: readonly unknown[], more: object = {}, as = token) {
  const { status, body } = await send({ items, ...more }, {}, as);
  expect({ status, body }).toMatchObject({ status: 200 });
  return batchAnswerSchema.parse(body);
}

const create = (more: Record<string, unknown> = {}) => ({
  operation: 'create',
  material: someMaterial(more),
});
const update = (id: string, material: object, more: object = {}) => ({
  operation: 'update',
  id,
  material,
  ...more,
});
const row = (id: MaterialId) =>
  harness.db.selectFrom('materials').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const jobsOf = (id: MaterialId) =>
  harness.db.selectFrom('jobs').selectAll().where('materialId', '=', id).execute();
const historyOf = (id: MaterialId) =>
  harness.db
    .selectFrom('materialHistory')
    .select(['actor', 'field', 'before', 'after', 'revision'])
    .where('materialId', '=', id)
    .orderBy('id')
    .execute();
const auditOf = (id: MaterialId) =>
  harness.db
    .selectFrom('auditLog')
    .select(['actor', 'action', 'details'])
    .where('subject', '=', `material:${id}`)
    .orderBy('id')
    .execute();

/** How many rows each table has, once dispatch has sent the events that wait. */
async function counts(): Promise<Record<string, number>> {
  await until(async () => {
    const waiting = await harness.db.selectFrom('materialUpdates').select('materialId').execute();
    return waiting.length === 0;
  });
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(harness.db);
  const counted = await Promise.all(
    tables.rows.map(async ({ name }) => {
      const { rows } = await sql<{ n: number }>`
        select count(*) as n from ${sql.table(name)}`.execute(harness.db);
      return [name, rows[0]?.n ?? 0] as const;
    }),
  );
  return Object.fromEntries(counted);
}

const withTitle = (title: string) =>
  harness.db.selectFrom('materials').selectAll().where('title', '=', title).execute();

/** Ends the open job of a material, so that the next changed text opens another. */
async function endJob(id: string): Promise<void> {
  const claim = { jobId: id, attempt: 1, executionId: `e-${id}` };
  await harness.callback('job.started', claim);
  const error = { code: 'workflow_error', message: 'x', retryable: false };
  expect((await harness.callback('job.failed', { ...claim, error })).status).toBe(200);
}

describe('a batch', () => {
  it('creates, updates and fails items beside each other, with a result for each in order', async () => {
    const person = await harness.person();
    const { material: old, job } = await harness.add(person.token, { title: 'Lama' });
    await endJob(job.id);
    const { material: same } = await harness.add(person.token);
    const missing = uuidv7();
    const answer = await write(
      [
        create({ subject: 'mtk', level: 'kelas 4', title: 'Pecahan' }),
        update(old.id, { title: 'Baru' }, { ifMatch: '"1"' }),
        create({ title: ' ', level: 'kelas 13' }),
        update(same.id, { title: same.title }),
        update(missing, { title: 'x' }),
        create({ title: 'Desimal' }),
      ],
      {},
      person.token,
    );
    expect(answer.counts).toEqual({ created: 2, updated: 1, unchanged: 1, failed: 2 });
    expect(answer.results.map(({ index, status }) => [index, status])).toEqual([
      [0, 'created'],
      [1, 'updated'],
      [2, 'failed'],
      [3, 'unchanged'],
      [4, 'failed'],
      [5, 'created'],
    ]);
    const [first, second, third, fourth, fifth] = answer.results;
    expect(first).toMatchObject({
      material: {
        subject: 'Matematika',
        title: 'Pecahan',
        level: 'Fase B',
        archivedAt: null,
        cut: [],
      },
      etag: '"1"',
    });
    expect(second).toMatchObject({ material: { title: 'Baru' }, changed: ['title'] });
    expect(third?.problem).toMatchObject({ type: '/problems/invalid', status: 422 });
    expect(third?.problem?.errors?.map(({ path }) => path).sort()).toEqual([
      'items.2.material.level',
      'items.2.material.title',
    ]);
    expect(fourth).toMatchObject({ material: { id: same.id }, etag: '"1"', job: null });
    expect(fifth).toMatchObject({ material: null, problem: { type: '/problems/not-found' } });

    const id = materialIdSchema.parse(first?.material?.id);
    const stored = await row(id);
    expect(stored).toMatchObject({
      revision: 1,
      createdBy: person.id,
      base: null,
      pending: { id: 1, subject: 1, title: 1, description: 1, type: 1, level: 1 },
      textHash: textHash(stored),
    });
    expect(stored.createdAt.toISOString()).toBe(first?.material?.createdAt);
  });

  it('writes what single requests write: jobs, history, audit and events', async () => {
    const person = await harness.person();
    const { material: one, job } = await harness.add(person.token);
    await endJob(job.id);
    const { results } = await write(
      [create({ metadata: { Catatan: 'a' } }), update(one.id, { title: 'Baru' })],
      {},
      person.token,
    );
    const createdId = materialIdSchema.parse(results[0]?.material?.id);
    const by = `user:${person.id}`;

    const [created] = await jobsOf(createdId);
    expect(created).toMatchObject({ id: results[0]?.job?.id, userId: person.id });
    expect(await historyOf(createdId)).toEqual(
      [
        ...Object.entries(someMaterial()).sort(
          ([a], [b]) => FIELD_ORDER.indexOf(a) - FIELD_ORDER.indexOf(b),
        ),
        ['metadata.Catatan', 'a'],
      ].map(([field, after]) => ({ actor: by, field, before: null, after, revision: 1 })),
    );
    expect(await auditOf(createdId)).toEqual([
      { actor: by, action: 'material.created', details: { job: created?.id } },
    ]);

    const opened = results[1]?.job?.id;
    const jobs = await jobsOf(one.id);
    expect(jobs.map(({ id }) => id).sort()).toEqual([job.id, opened].sort());
    expect((await historyOf(one.id)).at(-1)).toEqual({
      actor: by,
      field: 'title',
      before: 'Fotosintesis',
      after: 'Baru',
      revision: 2,
    });
    expect((await auditOf(one.id)).at(-1)).toEqual({
      actor: by,
      action: 'material.updated',
      details: { revision: 2, fields: ['title'], job: opened },
    });
    expect((await row(one.id)).pending).toMatchObject({ title: 2, subject: 1 });
  });

  it('sends material.created and material.updated to subscriptions', async () => {
    const own = await startHarness();
    try {
      const eventTypes = ['material.created', 'material.updated'];
      await own.subscribe({ eventTypes, kinds: [] });
      const { material } = await own.add();
      const answer = await own.request('POST', '/api/materials/batch', {
        token: SERVICE_KEY,
        body: { items: [create({ title: 'Dua' }), update(material.id, { theme: 'Cahaya' })] },
      });
      expect(answer.status).toBe(200);
      const texts = () =>
        own.receiver.received.map(({ event }) => `${event.type} ${event.data.material?.title}`);
      const awaited = ['material.created Dua', 'material.updated Fotosintesis'];
      await until(() => awaited.every((text) => texts().includes(text)));
    } finally {
      await own.stop();
    }
  });

  it('changes only the fields and the names of metadata that an update sends', async () => {
    const { material } = await harness.add(token, {
      theme: 'Tumbuhan',
      metadata: { Semester: '1', Catatan: 'lama' },
    });
    const { results } = await write([
      update(material.id, { theme: '', metadata: { Catatan: 'baru' } }),
    ]);
    expect(results[0]?.changed).toEqual(['theme', 'metadata.Catatan']);
    expect(await row(material.id)).toMatchObject({
      title: 'Fotosintesis',
      theme: '',
      metadata: { Semester: '1', Catatan: 'baru' },
      revision: 2,
    });
  });

  it('neither checks nor changes the other cells of a row that a form would refuse', async () => {
    const { material } = await harness.add();
    const typed = { level: 'Kelas 99', url: 'javascript:alert(1)' };
    await harness.db.updateTable('materials').set(typed).where('id', '=', material.id).execute();
    const { results } = await write([update(material.id, { title: 'Baru' })]);
    expect(results[0]).toMatchObject({ status: 'updated', changed: ['title'] });
    expect(await row(material.id)).toMatchObject({ ...typed, title: 'Baru' });
  });

  it('fails an item whose ETag is stale, whose material is deleted, or that has unknown fields', async () => {
    const { material } = await harness.add();
    const { material: gone } = await harness.add();
    await harness.db
      .updateTable('materials')
      .set({ deletedAt: new Date() })
      .where('id', '=', gone.id)
      .execute();
    const { results } = await write([
      update(material.id, { title: 'x' }, { ifMatch: '"7"' }),
      update(gone.id, { title: 'x' }),
      update(material.id, { unknown: 'x' }),
      update(material.id, { metadata: 'x' }),
      update(material.id, { title: null }),
      { ...create(), id: material.id },
      { ...create(), ifMatch: '"1"' },
      { ...create(), more: 1 },
      { operation: 'delete', material: {} },
      { operation: 'update', material: { title: 'x' } },
      { operation: 'createOrUpdate', id: uuidv7(), ifMatch: '"1"', material: someMaterial() },
      'x',
      null,
    ]);
    const answered = results.map(({ problem }) => [
      problem?.type.replace('/problems/', ''),
      problem?.errors?.map(({ path }) => path).join(),
    ]);
    expect(answered).toEqual([
      ['stale', undefined],
      ['gone', undefined],
      ['invalid', 'items.2.material.unknown'],
      ['invalid', 'items.3.material.metadata'],
      ['invalid', 'items.4.material.title'],
      ['invalid', 'items.5.id'],
      ['invalid', 'items.6.ifMatch'],
      ['invalid', 'items.7.more'],
      ['invalid', 'items.8.operation'],
      ['invalid', 'items.9.id'],
      ['not-found', undefined],
      ['invalid', 'items.11'],
      ['invalid', 'items.12'],
    ]);
    expect((await row(material.id)).revision).toBe(1);
  });

  it('applies two items of one material in order, and keeps both changes in the history', async () => {
    const { material } = await harness.add();
    const { results } = await write([
      update(material.id, { title: 'Satu', theme: 'Cahaya' }),
      update(material.id, { title: 'Dua' }, { ifMatch: '"2"' }),
      update(material.id, { title: 'Tiga' }, { ifMatch: '"1"' }),
    ]);
    expect(results.map(({ status, etag }) => [status, etag])).toEqual([
      ['updated', '"2"'],
      ['updated', '"3"'],
      ['failed', null],
    ]);
    expect(await row(material.id)).toMatchObject({
      title: 'Dua',
      theme: 'Cahaya',
      revision: 3,
      pending: { title: 3, theme: 2 },
    });
    const titles = (await historyOf(material.id)).filter(({ field }) => field === 'title');
    expect(titles.map(({ before, after }) => [before, after])).toEqual([
      [null, 'Fotosintesis'],
      ['Fotosintesis', 'Satu'],
      ['Satu', 'Dua'],
    ]);
  });

  it('opens no second job while one is open, and none for a text that is not analysed', async () => {
    const { material, job } = await harness.add();
    const { material: other, job: ended } = await harness.add();
    await endJob(ended.id);
    const { results } = await write([
      update(material.id, { title: 'Baru' }),
      update(other.id, { url: 'https://a.example/1' }),
    ]);
    expect(results.map((result) => result.job)).toEqual([null, null]);
    expect((await jobsOf(material.id)).map(({ id }) => id)).toEqual([job.id]);
  });

  it('writes 500 items, and refuses 501 and none with the path', async () => {
    const before = await counts();
    const items = Array.from({ length: 500 }, (_, n) => create({ title: `Materi ${n}` }));
    const { results, counts: statuses } = await write(items);
    expect(statuses).toEqual({ created: 500, updated: 0, unchanged: 0, failed: 0 });
    expect(results.map(({ material }) => material?.title)).toEqual(
      items.map(({ material }) => material['title' as keyof typeof material]),
    );
    const after = await counts();
    for (const table of ['materials', 'jobs', 'audit_log']) {
      expect((after[table] ?? 0) - (before[table] ?? 0)).toBe(500);
    }
    for (const refused of [[...items, create()], []]) {
      expect(await send({ items: refused })).toMatchObject({
        status: 422,
        body: { errors: [{ path: 'items', message: expect.stringContaining('500') }] },
      });
    }
    expect(await counts()).toEqual(after);
  });

  it('takes 3 MB of texts, and refuses more than 4 MB', async () => {
    const long = 'x'.repeat(50_000);
    const items = (most: number) =>
      Array.from({ length: most }, () => create({ description: long }));
    const { results } = await write(items(60));
    expect(results[0]?.material).toMatchObject({
      description: long.slice(0, 300),
      cut: ['description'],
    });
    expect(await send({ items: items(90) })).toMatchObject({ status: 413 });
  });

  it('refuses materials that have more than 32 MB of texts together, and changes nothing', async () => {
    const text = 'x'.repeat(50_000);
    const metadata = Object.fromEntries(Array.from({ length: 35 }, (_, n) => [`Kolom ${n}`, text]));
    const added = await write(Array.from({ length: 20 }, () => create()));
    const ids = added.results.flatMap(({ material }) => material?.id ?? []);
    await harness.db
      .updateTable('materials')
      .set({ metadata: JSON.stringify(metadata) })
      .where('id', 'in', ids)
      .execute();
    const items = ids.map((id) => update(id, { title: 'x' }));
    expect(await send({ items })).toMatchObject({
      status: 413,
      body: { detail: expect.stringContaining('32 MB') },
    });
    expect((await write(items.slice(0, 10))).counts.updated).toBe(10);
  });

  it('writes nothing of a batch if PostgreSQL refuses a part of it', async () => {
    const before = await counts();
    await sql`alter table jobs add constraint broken check (false) not valid`.execute(harness.db);
    const answer = await send({ items: [create()] }, { 'Idempotency-Key': 'all-or-nothing' });
    await sql`alter table jobs drop constraint broken`.execute(harness.db);
    expect(answer.status).toBe(500);
    expect(await counts()).toEqual(before);
  });
});

const FIELD_ORDER = ['subject', 'title', 'description', 'type', 'level'];

describe('a dry run', () => {
  it('says in a dry run what would happen, and changes no table', async () => {
    const { material } = await harness.add();
    const before = { tables: await counts(), row: await row(material.id) };
    const { status, body } = await send(
      {
        dryRun: true,
        matchBy: ['title'],
        items: [
          create(),
          update(material.id, { title: 'Baru' }),
          update(material.id, {}),
          create({ title: '' }),
          { operation: 'createOrUpdate', material: someMaterial({ title: 'Hanya dicoba' }) },
          { operation: 'createOrUpdate', material: { title: 'Hanya dicoba', theme: 'Air' } },
        ],
      },
      { 'Idempotency-Key': 'dry' },
    );
    expect(status).toBe(200);
    const answer = batchAnswerSchema.parse(body);
    expect(answer.results.map((one) => [one.status, one.material?.id, one.etag, one.job])).toEqual([
      ['created', undefined, null, null],
      ['updated', material.id, null, null],
      ['unchanged', material.id, null, null],
      ['failed', undefined, null, null],
      ['created', undefined, null, null],
      ['updated', undefined, null, null],
    ]);
    expect({ tables: await counts(), row: await row(material.id) }).toEqual(before);
    // The key is free for the batch itself.
    const real = await send({ items: [create()] }, { 'Idempotency-Key': 'dry' });
    expect(real.status).toBe(200);
    expect(real.headers.get('Idempotency-Replayed')).toBeNull();
  });
});

describe('createOrUpdate', () => {
  const both = (material: object, more: object = {}) => ({
    operation: 'createOrUpdate',
    material,
    ...more,
  });

  it('finds a material by its texts with other composition, blanks or catalog names', async () => {
    const title = `Café ${uuidv7()}`;
    const { material } = await harness.add(token, { title, subject: 'mtk' });
    const { results } = await write(
      [
        both({ title: ` ${title.normalize('NFD')}\u00a0`, subject: 'Matematika', theme: 'A' }),
        both({ title, subject: 'mtk', theme: 'A' }),
        both(someMaterial({ title, subject: 'IPA' })),
      ],
      { matchBy: ['title', 'subject'] },
    );
    expect(results.map((one) => [one.status, one.material?.id === material.id])).toEqual([
      ['updated', true],
      ['unchanged', true],
      ['created', false],
    ]);
  });

  it('finds a row whose subject a person typed under another name', async () => {
    const title = uuidv7();
    const { material } = await harness.add(token, { title });
    await harness.db
      .updateTable('materials')
      .set({ subject: 'mtk' })
      .where('id', '=', material.id)
      .execute();
    const { results } = await write([both({ title, subject: 'mtk', theme: 'A' })], {
      matchBy: ['title', 'subject'],
    });
    expect(results[0]?.material?.id).toBe(material.id);
  });

  it('finds a material that an item before it created or renamed', async () => {
    const [first, second] = [uuidv7(), uuidv7()];
    const { results } = await write(
      [
        both(someMaterial({ title: first })),
        both({ title: first, theme: 'Air' }),
        { operation: 'update', material: { title: second } },
      ],
      { matchBy: ['title'] },
    );
    expect(results.map(({ status }) => status)).toEqual(['created', 'updated', 'failed']);
    const [made] = await withTitle(first);
    expect(made).toMatchObject({ revision: 2, theme: 'Air', pending: { id: 1, theme: 2 } });
    expect(await historyOf(made?.id ?? materialIdSchema.parse(uuidv7()))).toHaveLength(6);

    const id = materialIdSchema.parse(results[0]?.material?.id);
    const renamed = await write(
      [update(id, { title: second }), both({ title: second, theme: '' })],
      {
        matchBy: ['title'],
      },
    );
    expect(renamed.results.map(({ material }) => material?.id)).toEqual([id, id]);
    expect(await row(id)).toMatchObject({ title: second, theme: '', revision: 4 });
  });

  it('fails if several materials match, and leaves out deleted materials', async () => {
    const title = uuidv7();
    const { material } = await harness.add(token, { title });
    const { material: other } = await harness.add(token, { title });
    const item = both({ title, theme: 'Air' });
    const refused = await write([item], { matchBy: ['title'] });
    expect(refused.results[0]?.problem).toMatchObject({ type: '/problems/ambiguous', status: 409 });
    await harness.db
      .updateTable('materials')
      .set({ deletedAt: new Date() })
      .where('id', '=', other.id)
      .execute();
    const { results } = await write([item], { matchBy: ['title'] });
    expect(results[0]).toMatchObject({ status: 'updated', material: { id: material.id } });
  });

  it('creates a material with the id that it gives, and updates it the next time', async () => {
    const id = uuidv7();
    const item = both(someMaterial(), { id: id.toUpperCase() });
    const first = await write([item, item]);
    expect(first.results.map(({ status }) => status)).toEqual(['created', 'unchanged']);
    expect(first.results[0]?.material?.id).toBe(id);
    const again = await write([both({ title: 'Baru' }, { id })]);
    expect(again.results[0]).toMatchObject({ status: 'updated', material: { id } });
  });

  it.each([
    ['no text to match by', { theme: 'x' }, 'items.0.material.title'],
    ['an empty one', { title: ' ' }, 'items.0.material.title'],
    ['one that PostgreSQL cannot store', { title: 'a\0' }, 'items.0.material.title'],
  ])('fails an item with %s', async (_, material, path) => {
    const { results } = await write([both(material)], { matchBy: ['title'] });
    expect(results[0]?.problem?.errors).toMatchObject([{ path }]);
  });

  it.each([
    ['without title', ['subject']],
    ['with an unknown field', ['title', 'unknown']],
    ['that is empty', []],
    ['that is too long', [...EDITABLE_FIELDS, 'title']],
  ])('is refused with matchBy %s', async (_, matchBy) => {
    expect((await send({ matchBy, items: [both(someMaterial())] })).status).toBe(422);
  });

  it('makes one material of two batches at once that bring the same new text', async () => {
    for (let round = 0; round < 3; round += 1) {
      const titles = Array.from({ length: 20 }, () => uuidv7());
      const items = titles.map((title) => both(someMaterial({ title })));
      const answers = await Promise.all([
        write(items, { matchBy: ['title', 'subject'] }),
        write(items.toReversed(), { matchBy: ['title', 'subject'] }),
      ]);
      const statuses = answers.flatMap(({ results }) => results.map(({ status }) => status));
      expect(statuses.filter((status) => status === 'created')).toHaveLength(20);
      expect(statuses.filter((status) => status === 'unchanged')).toHaveLength(20);
      for (const title of titles) expect(await withTitle(title)).toHaveLength(1);
    }
  });

  it('makes one material of two batches at once that bring the same new id', async () => {
    for (let round = 0; round < 3; round += 1) {
      const ids = Array.from({ length: 20 }, () => uuidv7());
      const items = (theme: string) => ids.map((id) => both(someMaterial({ theme }), { id }));
      const answers = await Promise.all([write(items('A')), write(items('B').toReversed())]);
      const statuses = answers.flatMap(({ results }) => results.map(({ status }) => status));
      expect(statuses.filter((status) => status === 'created')).toHaveLength(20);
      expect(statuses.filter((status) => status === 'updated')).toHaveLength(20);
    }
  });
});

describe('batches at once', () => {
  it('updates the same materials in two batches with another order without a deadlock', async () => {
    const added = await write(Array.from({ length: 50 }, () => create()));
    const ids = added.results.flatMap(({ material }) => material?.id ?? []);
    const batches = Array.from({ length: 4 }, (_, n) => {
      const items = ids.map((id) => update(id, { theme: `Tema ${n}` }));
      return write(n % 2 === 0 ? items : items.toReversed());
    });
    for (const { counts: statuses } of await Promise.all(batches)) {
      expect(statuses).toMatchObject({ updated: 50, failed: 0 });
    }
    for (const id of ids.slice(0, 3)) expect((await row(id)).revision).toBe(5);
  });
});

describe('the idempotency key of a batch', () => {
  it('gives the first answer again, unchanged, to the same batch with the same Idempotency-Key, and writes one set of rows', async () => {
    const headers = { 'Idempotency-Key': 'batch' };
    const body = { items: [create(), create({ title: '' })] };
    const first = await send(body, headers);
    const after = await counts();
    const again = await send(body, headers);
    expect(again.status).toBe(200);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
    expect(await counts()).toEqual(after);
    expect(await send({ items: [create()] }, headers)).toMatchObject({
      status: 422,
      body: { type: '/problems/key-reused' },
    });
  });

  it('writes one set of rows for ten batches at once with one Idempotency-Key', async () => {
    const before = await counts();
    const headers = { 'Idempotency-Key': 'ten' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => send({ items: [create(), create()] }, headers)),
    );
    for (const { status } of answers) expect([200, 409]).toContain(status);
    expect((await counts())['materials']).toBe((before['materials'] ?? 0) + 2);
  });
});

describe('the rights to a batch', () => {
  it('takes a batch from a signed-in person and from a service key', async () => {
    const { results } = await write([create()], {}, SERVICE_KEY);
    const id = materialIdSchema.parse(results[0]?.material?.id);
    expect(await auditOf(id)).toMatchObject([{ actor: 'service:n8n' }]);
    expect((await jobsOf(id))[0]?.userId).toBeNull();
  });

  it('refuses a batch without a sign-in, after the sign-out, and from a disabled account', async () => {
    const body = { items: [create()] };
    const anonymous = await harness.request('POST', '/api/materials/batch', { body });
    expect(anonymous.status).toBe(401);

    const person = await harness.person();
    await harness.db
      .updateTable('users')
      .set({ disabledAt: new Date() })
      .where('id', '=', person.id)
      .execute();
    const other = await harness.person();
    await harness.db
      .updateTable('sessions')
      .set({ endedAt: new Date() })
      .where('userId', '=', other.id)
      .execute();
    const before = await counts();
    for (const refused of [person, other]) {
      for (const dryRun of [false, true]) {
        const { status } = await send({ ...body, dryRun }, {}, refused.token);
        expect([401, 403]).toContain(status);
      }
    }
    expect(await counts()).toEqual(before);
  });
});
