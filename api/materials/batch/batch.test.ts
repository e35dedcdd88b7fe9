import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { materialIdSchema, textHash } from '../../../core/index.ts';
import { create, update, startBatches, type Batches } from '../../../test/harness/batches.ts';
import { SERVICE_KEY, someMaterial, startHarness, until } from '../../../test/harness/portal.ts';

let batches: Batches;
beforeAll(async () => {
  batches = await startBatches();
});
afterAll(() => batches.harness.stop());

describe('a batch', () => {
  it('creates, updates and fails items beside each other, with a result for each in order', async () => {
    const person = await batches.harness.person();
    const { material: old, job } = await batches.harness.add(person.token, { title: 'Lama' });
    await batches.endJob(job.id);
    const { material: same } = await batches.harness.add(person.token);
    const missing = uuidv7();
    const answer = await batches.write(
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
    expect(answer.counts).toMatchObject({ created: 2, updated: 1, unchanged: 1, failed: 2 });
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
    const stored = await batches.row(id);
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
    const person = await batches.harness.person();
    const { material: one, job } = await batches.harness.add(person.token);
    await batches.endJob(job.id);
    const { results } = await batches.write(
      [create({ metadata: { Catatan: 'a' } }), update(one.id, { title: 'Baru' })],
      {},
      person.token,
    );
    const createdId = materialIdSchema.parse(results[0]?.material?.id);
    const by = `user:${person.id}`;

    const [created] = await batches.jobsOf(createdId);
    expect(created).toMatchObject({ id: results[0]?.job?.id, userId: person.id });
    expect(await batches.historyOf(createdId)).toEqual(
      [
        ...Object.entries(someMaterial()).sort(
          ([a], [b]) => FIELD_ORDER.indexOf(a) - FIELD_ORDER.indexOf(b),
        ),
        ['metadata.Catatan', 'a'],
      ].map(([field, after]) => ({ actor: by, field, before: null, after, revision: 1 })),
    );
    expect(await batches.auditOf(createdId)).toEqual([
      { actor: by, action: 'material.created', details: { job: created?.id } },
    ]);

    const opened = results[1]?.job?.id;
    const jobs = await batches.jobsOf(one.id);
    expect(jobs.map(({ id }) => id).sort()).toEqual([job.id, opened].sort());
    expect((await batches.historyOf(one.id)).at(-1)).toEqual({
      actor: by,
      field: 'title',
      before: 'Fotosintesis',
      after: 'Baru',
      revision: 2,
    });
    expect((await batches.auditOf(one.id)).at(-1)).toEqual({
      actor: by,
      action: 'material.updated',
      details: { revision: 2, fields: ['title'], job: opened },
    });
    expect((await batches.row(one.id)).pending).toMatchObject({ title: 2, subject: 1 });
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
    const { material } = await batches.harness.add(batches.token, {
      theme: 'Tumbuhan',
      metadata: { Semester: '1', Catatan: 'lama' },
    });
    const { results } = await batches.write([
      update(material.id, { theme: '', metadata: { Catatan: 'baru' } }),
    ]);
    expect(results[0]?.changed).toEqual(['theme', 'metadata.Catatan']);
    expect(await batches.row(material.id)).toMatchObject({
      title: 'Fotosintesis',
      theme: '',
      metadata: { Semester: '1', Catatan: 'baru' },
      revision: 2,
    });
  });

  it('neither checks nor changes the other cells of a row that a form would refuse', async () => {
    const { material } = await batches.harness.add();
    const typed = { level: 'Kelas 99', url: 'javascript:alert(1)' };
    await batches.harness.db
      .updateTable('materials')
      .set(typed)
      .where('id', '=', material.id)
      .execute();
    const { results } = await batches.write([update(material.id, { title: 'Baru' })]);
    expect(results[0]).toMatchObject({ status: 'updated', changed: ['title'] });
    expect(await batches.row(material.id)).toMatchObject({ ...typed, title: 'Baru' });
  });

  it('fails an item whose ETag is stale, whose material is deleted, or that has unknown fields', async () => {
    const { material } = await batches.harness.add();
    const { material: gone } = await batches.harness.add();
    await batches.harness.db
      .updateTable('materials')
      .set({ deletedAt: new Date() })
      .where('id', '=', gone.id)
      .execute();
    const { results } = await batches.write([
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
    expect((await batches.row(material.id)).revision).toBe(1);
  });

  it('applies two items of one material in order, and keeps both changes in the history', async () => {
    const { material } = await batches.harness.add();
    const { results } = await batches.write([
      update(material.id, { title: 'Satu', theme: 'Cahaya' }),
      update(material.id, { title: 'Dua' }, { ifMatch: '"2"' }),
      update(material.id, { title: 'Tiga' }, { ifMatch: '"1"' }),
    ]);
    expect(results.map(({ status, etag }) => [status, etag])).toEqual([
      ['updated', '"2"'],
      ['updated', '"3"'],
      ['failed', null],
    ]);
    expect(await batches.row(material.id)).toMatchObject({
      title: 'Dua',
      theme: 'Cahaya',
      revision: 3,
      pending: { title: 3, theme: 2 },
    });
    const titles = (await batches.historyOf(material.id)).filter(({ field }) => field === 'title');
    expect(titles.map(({ before, after }) => [before, after])).toEqual([
      [null, 'Fotosintesis'],
      ['Fotosintesis', 'Satu'],
      ['Satu', 'Dua'],
    ]);
  });

  it('opens no second job while one is open, and none for a text that is not analysed', async () => {
    const { material, job } = await batches.harness.add();
    const { material: other, job: ended } = await batches.harness.add();
    await batches.endJob(ended.id);
    const { results } = await batches.write([
      update(material.id, { title: 'Baru' }),
      update(other.id, { url: 'https://a.example/1' }),
    ]);
    expect(results.map((result) => result.job)).toEqual([null, null]);
    expect((await batches.jobsOf(material.id)).map(({ id }) => id)).toEqual([job.id]);
  });

  it('writes nothing of a batch if PostgreSQL refuses a part of it', async () => {
    const before = await batches.counts();
    await sql`alter table jobs add constraint broken check (false) not valid`.execute(
      batches.harness.db,
    );
    const answer = await batches.send(
      { items: [create()] },
      { 'Idempotency-Key': 'all-or-nothing' },
    );
    await sql`alter table jobs drop constraint broken`.execute(batches.harness.db);
    expect(answer.status).toBe(500);
    expect(await batches.counts()).toEqual(before);
  });
});

const FIELD_ORDER = ['subject', 'title', 'description', 'type', 'level'];

describe('the rights to a batch', () => {
  it('takes a batch from a signed-in person and from a service key', async () => {
    const { results } = await batches.write([create()], {}, SERVICE_KEY);
    const id = materialIdSchema.parse(results[0]?.material?.id);
    expect(await batches.auditOf(id)).toMatchObject([{ actor: 'service:n8n' }]);
    expect((await batches.jobsOf(id))[0]?.userId).toBeNull();
  });

  it('refuses a batch without a sign-in, after the sign-out, and from a disabled account', async () => {
    const body = { items: [create()] };
    const anonymous = await batches.harness.request('POST', '/api/materials/batch', { body });
    expect(anonymous.status).toBe(401);

    const person = await batches.harness.person();
    await batches.harness.db
      .updateTable('users')
      .set({ disabledAt: new Date() })
      .where('id', '=', person.id)
      .execute();
    const other = await batches.harness.person();
    await batches.harness.db
      .updateTable('sessions')
      .set({ endedAt: new Date() })
      .where('userId', '=', other.id)
      .execute();
    const before = await batches.counts();
    for (const refused of [person, other]) {
      for (const dryRun of [false, true]) {
        const { status } = await batches.send({ ...body, dryRun }, {}, refused.token);
        expect([401, 403]).toContain(status);
      }
    }
    expect(await batches.counts()).toEqual(before);
  });
});
