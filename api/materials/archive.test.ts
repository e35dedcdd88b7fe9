import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod/v4';
import { materialSchema, type Material, type MaterialId } from '../../core/index.ts';
import {
  SERVICE_KEY,
  startHarness,
  until,
  type CallOptions,
  type Harness,
} from '../../test/harness/portal.ts';

const answeredSchema = z.strictObject({ material: materialSchema });
const pageSchema = z.looseObject({
  items: z.array(z.looseObject({ id: z.uuid(), archivedAt: z.string().nullable() })),
  total: z.number().optional(),
});

let harness: Harness;
let author: Awaited<ReturnType<Harness['person']>>;
beforeAll(async () => {
  harness = await startHarness();
  author = await harness.person();
});
afterAll(() => harness.stop());

type Verb = 'archive' | 'restore';
const post = (verb: Verb, id: string, etag: string | null, token = author.token) =>
  harness.request('POST', `/api/materials/${id}/${verb}`, {
    token,
    headers: etag === null ? {} : { 'If-Match': etag },
  });
const row = (id: MaterialId) =>
  harness.db.selectFrom('materials').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const jobsOf = (id: MaterialId) =>
  harness.db.selectFrom('jobs').selectAll().where('materialId', '=', id).execute();
const of = (table: 'materialHistory' | 'auditLog', id: MaterialId) =>
  table === 'auditLog'
    ? harness.db
        .selectFrom('auditLog')
        .select(['actor', 'action', 'details'])
        .where('subject', '=', `material:${id}`)
        .where('action', '!=', 'material.created')
        .orderBy('id')
        .execute()
    : harness.db
        .selectFrom('materialHistory')
        .select(['actor', 'field', 'before', 'after', 'revision'])
        .where('materialId', '=', id)
        .where('field', '=', 'archivedAt')
        .orderBy('id')
        .execute();

async function added(more: Record<string, unknown> = {}): Promise<Material> {
  return (await harness.add(author.token, more)).material;
}

/** As a person types into ARCHIVED_AT. */
const typed = (id: MaterialId, archivedAt: string) =>
  harness.db.updateTable('materials').set({ archivedAt }).where('id', '=', id).execute();

describe('Archiving', () => {
  it('writes the time, which waits for the sheet, and keeps the text hash and the open job', async () => {
    const material = await added();
    const [before, jobs] = [await row(material.id), await jobsOf(material.id)];
    const answer = await post('archive', material.id, '"1"');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('ETag')).toBe('"2"');
    const { archivedAt } = answeredSchema.parse(answer.body).material;
    expect(z.iso.datetime().safeParse(archivedAt).success).toBe(true);

    const after = await row(material.id);
    expect(after).toMatchObject({ archivedAt, revision: 2, textHash: before.textHash });
    expect(after.pending).toEqual({ ...before.pending, archivedAt: 2 });
    expect((await jobsOf(material.id)).map(({ id, status }) => [id, status])).toEqual(
      jobs.map(({ id }) => [id, 'PROCESSING']),
    );
    const actor = `user:${author.id}`;
    expect(await of('materialHistory', material.id)).toEqual([
      { actor, field: 'archivedAt', before: '', after: archivedAt, revision: 2 },
    ]);
    expect(await of('auditLog', material.id)).toEqual([
      { actor, action: 'material.archived', details: { revision: 2 } },
    ]);
  });

  it('clears the time when the material is restored, and keeps it in the history', async () => {
    const { id } = await added();
    const { material } = answeredSchema.parse((await post('archive', id, '"1"')).body);
    const answer = await post('restore', id, '"2"');
    expect(answer).toMatchObject({ status: 200, body: { material: { id, archivedAt: null } } });
    expect(answer.headers.get('ETag')).toBe('"3"');
    expect(await row(id)).toMatchObject({ archivedAt: '', pending: { archivedAt: 3 } });
    expect((await of('materialHistory', id)).at(-1)).toMatchObject({
      before: material.archivedAt,
      after: '',
      revision: 3,
    });
    expect((await of('auditLog', id)).at(-1)).toMatchObject({ action: 'material.restored' });
  });

  it('shows the material as archived when it is read', async () => {
    const { id } = await added();
    const { material } = answeredSchema.parse((await post('archive', id, '"1"')).body);
    const read = await harness.request('GET', `/api/materials/${id}`, { token: author.token });
    expect(read).toMatchObject({ status: 200, body: { material } });
    expect(read.headers.get('ETag')).toBe('"2"');
  });

  it('sends material.updated with the time to the subscriptions', async () => {
    const { id } = await added();
    await harness.subscribe({ eventTypes: ['material.updated'], kinds: [] });
    const { material } = answeredSchema.parse((await post('archive', id, '"1"')).body);
    const received = await until(() =>
      harness.receiver.received.find((one) => one.event.data.material?.id === id),
    );
    expect(received.event).toMatchObject({ type: 'material.updated', data: { material } });
  });

  it('changes nothing if the material is archived already, also with the text of a person', async () => {
    const { id } = await added();
    await typed(id, 'kurikulum lama');
    const before = await row(id);
    for (const etag of ['"1"', '"1.1"', '*']) {
      const answer = await post('archive', id, etag);
      expect(answer).toMatchObject({
        status: 200,
        body: { material: { archivedAt: 'kurikulum lama' } },
      });
      expect(answer.headers.get('ETag')).toBe('"1"');
    }
    expect(await row(id)).toEqual(before);
    expect(await of('materialHistory', id)).toEqual([]);
    expect(await of('auditLog', id)).toEqual([]);
  });

  it('writes once if the same request arrives several times at once', async () => {
    const { id } = await added();
    const answers = await Promise.all(Array.from({ length: 5 }, () => post('archive', id, '*')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const times = answers.map(({ body }) => answeredSchema.parse(body).material.archivedAt);
    expect(new Set(times).size).toBe(1);
    expect(await row(id)).toMatchObject({ revision: 2 });
    expect(await of('materialHistory', id)).toHaveLength(1);
  });

  it('keeps a material archived when a PUT edits it', async () => {
    const material = await added();
    const { archivedAt } = answeredSchema.parse(
      (await post('archive', material.id, '"1"')).body,
    ).material;
    const { subject, title, type, level } = material;
    const put = (more: object) =>
      harness.request('PUT', `/api/materials/${material.id}`, {
        token: author.token,
        body: { subject, title, type, level, description: 'Baru', ...more },
        headers: { 'If-Match': '"2"' },
      });
    expect((await put({ archivedAt: null })).status).toBe(422);
    expect(await put({})).toMatchObject({ status: 200, body: { material: { archivedAt } } });
  });
});

describe('A conflict in ARCHIVED_AT', () => {
  it.each([
    ['portal', null],
    ['sheet', 'tahun lalu'],
  ] as const)('keeps the text of the %s if a person picks it', async (keep, archivedAt) => {
    const { id } = await added();
    const conflict = { sheet: 'tahun lalu', portal: '', at: '2026-11-28T01:02:03.000Z' };
    await harness.db
      .updateTable('materials')
      .set({ archivedAt: 'tahun lalu', conflicts: JSON.stringify({ archivedAt: conflict }) })
      .where('id', '=', id)
      .execute();
    const path = `/api/materials/${id}/conflicts/archivedAt`;
    const answer = await harness.request('POST', path, { token: author.token, body: { keep } });
    expect(answer).toMatchObject({
      status: 200,
      body: { material: { archivedAt }, conflicts: {}, job: null },
    });
  });
});

describe('Restoring', () => {
  it('changes nothing if the material is not archived', async () => {
    const { id } = await added();
    const before = await row(id);
    const answer = await post('restore', id, '"1"');
    expect(answer).toMatchObject({ status: 200, body: { material: { archivedAt: null } } });
    expect(answer.headers.get('ETag')).toBe('"1"');
    expect(await row(id)).toEqual(before);
    expect(await of('materialHistory', id)).toEqual([]);
  });
});

describe.each<Verb>(['archive', 'restore'])('POST /api/materials/{id}/%s', (verb) => {
  let id: MaterialId;
  beforeEach(async () => {
    ({ id } = await added());
    if (verb === 'restore') await typed(id, '2025');
  });
  const refused = async (token: string, etag: string | null, expected: object) => {
    const before = await row(id);
    expect(await post(verb, id, etag, token)).toMatchObject(expected);
    expect(await row(id)).toEqual(before);
  };

  it('answers 403 to a teacher who is not the author', async () => {
    const { token } = await harness.person();
    await refused(token, '"1"', { status: 403, body: { type: '/problems/forbidden' } });
  });

  it('answers 403 to a teacher for a row that people typed into the sheet', async () => {
    await harness.db
      .updateTable('materials')
      .set({ createdBy: null })
      .where('id', '=', id)
      .execute();
    await refused(author.token, '"1"', { status: 403 });
  });

  it('answers 200 to a service key, which the audit log and the history name', async () => {
    expect(await post(verb, id, '"1"', SERVICE_KEY)).toMatchObject({ status: 200 });
    const actor = 'service:n8n';
    expect(await of('auditLog', id)).toMatchObject([{ actor, action: `material.${verb}d` }]);
    expect(await of('materialHistory', id)).toMatchObject([{ actor }]);
  });

  it('answers 200 to an admin who is not the author', async () => {
    const { token } = await harness.person('admin');
    expect(await post(verb, id, '"1"', token)).toMatchObject({ status: 200 });
  });

  it('answers 403 to an admin from the moment of the demotion', async () => {
    const admin = await harness.person('admin');
    const demoted = { role: 'teacher' as const };
    await harness.db.updateTable('users').set(demoted).where('id', '=', admin.id).execute();
    await refused(admin.token, '"1"', { status: 403 });
  });

  it('answers 401 without a session', () => refused('', '"1"', { status: 401 }));

  it('answers 428 without If-Match', () =>
    refused(author.token, null, { status: 428, body: { type: '/problems/if-match-required' } }));

  it.each(['"2"', '"0"', '"x"'])('answers 412 for the ETag %s', (etag) =>
    refused(author.token, etag, { status: 412, body: { type: '/problems/stale' } }),
  );

  it('takes the ETag from before an analysis was written', async () => {
    await harness.db.updateTable('materials').set({ aiRevision: 1 }).where('id', '=', id).execute();
    const answer = await post(verb, id, '"1"');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('ETag')).toBe('"2.1"');
  });

  it('answers 404 for an unknown material and 410 for a deleted one', async () => {
    expect(await post(verb, uuidv7(), '*')).toMatchObject({ status: 404 });
    const deletedAt = new Date();
    await harness.db.updateTable('materials').set({ deletedAt }).where('id', '=', id).execute();
    expect(await post(verb, id, '*')).toMatchObject({ status: 410 });
  });
});

describe('The list of materials', () => {
  const list = async (query: Record<string, string>, more: CallOptions = {}) => {
    const path = `/api/materials?${new URLSearchParams(query).toString()}`;
    const { status, body } = await harness.request('GET', path, { token: author.token, ...more });
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };
  const ids = async (query: Record<string, string>) =>
    pageSchema.parse(await list(query)).items.map(({ id }) => id);

  let subject: string;
  let current: MaterialId;
  let archived: MaterialId;
  beforeEach(async () => {
    subject = `Arsip ${uuidv7()}`;
    current = (await added({ subject, title: 'Erosi tanah', level: 'Fase B' })).id;
    archived = (await added({ subject, title: 'Erosi pantai', level: 'Fase C' })).id;
    await post('archive', archived, '"1"');
  });

  it.each<[string, () => Record<string, string>]>([
    ['the whole list', () => ({ limit: '2' })],
    ['a filter', () => ({ subject })],
    ['a search by relevance', () => ({ q: 'erosi', subject })],
    ['a search by time', () => ({ q: 'erosi', subject, sort: 'newest' })],
    ['a list with metadata', () => ({ subject, include: 'metadata' })],
  ])('has the archived material in %s only with archived=true', async (_, query) => {
    expect(await ids(query())).not.toContain(archived);
    expect(await ids(query())).toContain(current);
    expect(await ids({ ...query(), archived: 'false' })).not.toContain(archived);
    const both = await ids({ ...query(), archived: 'true' });
    expect(both).toEqual(expect.arrayContaining([current, archived]));
  });

  it('shows since when a material is archived', async () => {
    const { items } = pageSchema.parse(await list({ subject, archived: 'true' }));
    const { archivedAt } = await row(archived);
    expect(items).toMatchObject([
      { id: archived, archivedAt },
      { id: current, archivedAt: null },
    ]);
  });

  it('cuts a long text that a person typed into ARCHIVED_AT', async () => {
    await typed(archived, 'x'.repeat(50_000));
    const { items } = pageSchema.parse(await list({ subject, archived: 'true' }));
    expect(items[0]).toMatchObject({ archivedAt: 'x'.repeat(300), cut: ['archivedAt'] });
  });

  it.each(['', 'erosi'])(
    'counts the archived material only with archived=true: q=%s',
    async (q) => {
      const counted = async (more: Record<string, string>) =>
        list({ subject, facets: 'true', ...(q === '' ? {} : { q }), ...more });
      expect(await counted({})).toMatchObject({
        total: 1,
        facets: { level: [{ value: 'Fase B', count: 1 }] },
      });
      expect(await counted({ archived: 'true' })).toMatchObject({
        total: 2,
        facets: {
          level: [
            { value: 'Fase B', count: 1 },
            { value: 'Fase C', count: 1 },
          ],
        },
      });
    },
  );

  it('lists a material again after it was restored', async () => {
    await post('restore', archived, '"2"');
    expect(await ids({ subject })).toEqual([archived, current]);
  });

  it('leaves out an archived material after an edit of its text, and after its row came back', async () => {
    const { db } = harness;
    const changed = { title: 'Erosi angin', deletedAt: new Date() };
    await db.updateTable('materials').set(changed).where('id', '=', archived).execute();
    await db.updateTable('materials').set({ deletedAt: null }).where('id', '=', archived).execute();
    expect(await ids({ subject })).toEqual([current]);
    expect(await ids({ q: 'angin', subject, archived: 'true' })).toEqual([archived]);
  });

  it('pages over archived materials without a gap', async () => {
    const seen: string[] = [];
    for (let n = 0; n < 4; n += 1) {
      const { id } = await added({ subject });
      if (n % 2 === 0) await post('archive', id, '"1"');
      else seen.unshift(id);
    }
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const query: Record<string, string> = {
        subject,
        limit: '1',
        ...(cursor !== null && { cursor }),
      };
      const page = z.looseObject({ nextCursor: z.string().nullable() }).parse(await list(query));
      found.push(...pageSchema.parse(page).items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(found).toEqual([...seen, current]);
  });
});
