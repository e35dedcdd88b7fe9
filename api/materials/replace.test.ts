import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod/v4';
import { materialSchema, textHash, type Material, type MaterialId } from '../../core/index.ts';
import {
  SERVICE_KEY,
  someMaterial,
  someResult,
  startHarness,
  type Harness,
} from '../../test/harness/portal.ts';

const answeredSchema = z.object({
  material: materialSchema,
  job: z.nullable(z.looseObject({ id: z.uuid(), status: z.string() })),
});

let harness: Harness;
let token: string;
beforeAll(async () => {
  harness = await startHarness();
  ({ token } = await harness.person());
});
afterAll(() => harness.stop());

/** What people edit of a material, as a form sends it back. */
function formOf(from: Material, more: Record<string, unknown> = {}) {
  const { subject, title, description, type, level, theme, subtheme, url, metadata } = from;
  return {
    subject,
    title,
    description,
    type,
    level,
    theme,
    subtheme,
    url,
    metadata,
    ...more,
  };
}

const put = (id: string, body: unknown, etag: string | null, as = token) =>
  harness.request('PUT', `/api/materials/${id}`, {
    token: as,
    body,
    headers: etag === null ? {} : { 'If-Match': etag },
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
    .orderBy('at')
    .orderBy('id')
    .execute();

/** Makes a material with a finished analysis. */
async function analysed(more: Record<string, unknown> = {}) {
  const { material: added, job } = await harness.add(token, more);
  const claim = { jobId: job.id, attempt: 1, executionId: `e-${job.id}` };
  await harness.callback('job.started', claim);
  const { status } = await harness.callback('job.completed', { ...claim, result: someResult() });
  expect(status).toBe(200);
  return { material: added, job };
}

describe('an edit', () => {
  it('shows an edit at once, lets it wait for the sheet, and opens an analysis of the new text', async () => {
    const person = await harness.person();
    const { material: before } = await analysed();
    const edit = formOf(before, { title: 'Fotosintesis dan cahaya', url: 'https://a.example/1' });
    const answer = await put(before.id, edit, '"1"', person.token);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('ETag')).toBe('"2.1"');

    const { material: after, job } = answeredSchema.parse(answer.body);
    expect(formOf(after)).toEqual(edit);
    expect(Date.parse(after.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
    expect(job).toMatchObject({ kind: 'analyze', materialId: before.id, status: 'PROCESSING' });
    const read = await harness.request('GET', `/api/materials/${before.id}`, { token });
    expect(read).toMatchObject({ status: 200, body: { material: after } });
    expect(read.headers.get('ETag')).toBe('"2.1"');

    const stored = await row(before.id);
    expect(stored).toMatchObject({ revision: 2, textHash: textHash(after) });
    expect(stored.pending).toMatchObject({ title: 2, url: 2, subject: 1, aiSummary: 1 });
    const opened = (await jobsOf(before.id)).find(({ id }) => id === job?.id);
    expect(opened).toMatchObject({ userId: person.id, textHash: stored.textHash });
    const audit = await harness.db
      .selectFrom('auditLog')
      .selectAll()
      .where('subject', '=', `material:${before.id}`)
      .where('action', '=', 'material.updated')
      .executeTakeFirstOrThrow();
    expect(audit).toMatchObject({
      actor: `user:${person.id}`,
      details: { revision: 2, fields: ['title', 'url'], job: job?.id },
    });
  });

  it('answers an edit without a change, and writes nothing', async () => {
    const { material: before } = await analysed({ metadata: { Semester: '1' } });
    const stored = await row(before.id);
    const history = await historyOf(before.id);
    const sent = formOf(before, { title: ` ${before.title}\u00a0` });
    for (const etag of ['"1"', '"1.1"', '"1.7"', 'W/"1.1"', '"x", "1.1"', '*']) {
      const answer = await put(before.id, sent, etag);
      expect(answer).toMatchObject({ status: 200, body: { job: null } });
      expect(answer.headers.get('ETag')).toBe('"1.1"');
    }
    expect(await row(before.id)).toEqual(stored);
    expect(await historyOf(before.id)).toEqual(history);
    expect(await jobsOf(before.id)).toHaveLength(1);
  });

  it('opens no analysis for an edit of a field that no analysis reads', async () => {
    const { material: before } = await analysed();
    const edit = formOf(before, { url: 'https://a.example/2', metadata: { Penulis: 'Sari' } });
    expect(await put(before.id, edit, '"1"')).toMatchObject({ status: 200, body: { job: null } });
    const stored = await row(before.id);
    expect(stored).toMatchObject({ revision: 2, metadata: { Penulis: 'Sari' } });
    expect(stored.pending).toMatchObject({ url: 2 });
    expect(await jobsOf(before.id)).toHaveLength(1);
  });

  it('opens the next analysis after the open one ends', async () => {
    const { material: before, job } = await harness.add(token);
    const first = await put(before.id, formOf(before, { title: 'Dua' }), '"1"');
    expect(first).toMatchObject({ status: 200, body: { job: null } });
    expect(await put(before.id, formOf(before, { title: 'Tiga' }), '"2"')).toMatchObject({
      status: 200,
      body: { job: null },
    });
    const claim = { jobId: job.id, attempt: 1, executionId: 'e-edited' };
    await harness.callback('job.started', claim);
    await harness.callback('job.completed', { ...claim, result: someResult() });
    const open = (await jobsOf(before.id)).filter(({ status }) => status === 'PROCESSING');
    expect(open).toHaveLength(1);
    expect(open[0]?.textHash).toBe((await row(before.id)).textHash);
  });

  it('takes an edit from a service', async () => {
    const { material: before } = await harness.add(token);
    const answer = await put(before.id, formOf(before, { theme: 'Cahaya' }), '"1"', SERVICE_KEY);
    expect(answer.status).toBe(200);
    expect((await historyOf(before.id)).at(-1)).toEqual({
      actor: 'service:n8n',
      field: 'theme',
      before: '',
      after: 'Cahaya',
      revision: 2,
    });
  });

  it('writes catalog names, but leaves a text that comes back unchanged', async () => {
    const { material: before } = await harness.add(token);
    await harness.db
      .updateTable('materials')
      .set({ subject: 'mtk', level: 'semua kelas' })
      .where('id', '=', before.id)
      .execute();
    const typed = formOf(before, { subject: 'mtk', level: 'semua kelas', type: 'lkpd' });
    const answer = answeredSchema.parse((await put(before.id, typed, '"1"')).body);
    expect(answer.material).toMatchObject({
      subject: 'mtk',
      level: 'semua kelas',
      type: 'Lembar Kerja',
    });
    expect((await row(before.id)).pending).toMatchObject({ subject: 1, level: 1, type: 2 });
  });
});

describe('a refused edit', () => {
  let known: Material;
  beforeAll(async () => {
    known = (await harness.add(token)).material;
    const first = await put(known.id, formOf(known, { theme: 'Cahaya' }), '"1"');
    expect(first.status).toBe(200);
  });
  const unchanged = async (check: () => Promise<unknown>) => {
    const before = await row(known.id);
    await check();
    expect(await row(known.id)).toEqual(before);
  };

  it('refuses an edit without If-Match, and writes nothing', () =>
    unchanged(async () => {
      expect(await put(known.id, formOf(known), null)).toMatchObject({
        status: 428,
        body: { type: '/problems/if-match-required' },
      });
    }));

  it.each(['"1"', '"1.9"', '"3"', '"2x"', '""', '"02"', '"1", "3"'])(
    'refuses an edit with the ETag %s, and writes nothing',
    (etag) =>
      unchanged(async () => {
        expect(await put(known.id, formOf(known), etag)).toMatchObject({
          status: 412,
          body: { type: '/problems/stale', detail: expect.stringContaining('revision 2') },
        });
      }),
  );

  it('refuses an edit if its If-Match is no ETag, and writes nothing', () =>
    unchanged(async () => {
      expect((await put(known.id, formOf(known), '2')).status).toBe(400);
    }));

  it('refuses an edit with bad fields, each by its path, and writes nothing', () =>
    unchanged(async () => {
      const long = 'x'.repeat(50_001);
      const more = {
        title: ' ',
        level: 'kelas 13',
        url: 'javascript:1',
        theme: long,
        id: known.id,
      };
      const answer = await put(known.id, formOf(known, { ...more, metadata: { A: long } }), '"2"');
      expect(answer).toMatchObject({ status: 422, body: { type: '/problems/invalid' } });
      const { errors } = z
        .object({ errors: z.array(z.object({ path: z.string() })) })
        .parse(answer.body);
      expect(errors.map(({ path }) => path).sort()).toEqual(
        ['id', 'level', 'metadata.A', 'theme', 'title', 'url'].sort(),
      );
      for (const body of [[], null, 'x', {}]) {
        expect([400, 422]).toContain((await put(known.id, body, '"2"')).status);
      }
    }));

  it('refuses an edit without a sign-in, and writes nothing', () =>
    unchanged(async () => {
      expect((await put(known.id, formOf(known), '"2"', 'x')).status).toBe(401);
    }));

  it('refuses an edit of an unknown or deleted material, and writes nothing', async () => {
    const absent = '01890000-0000-7000-8000-000000000000';
    expect((await put(absent, someMaterial(), '"1"')).status).toBe(404);
    const { material: gone } = await harness.add(token);
    await harness.db
      .updateTable('materials')
      .set({ deletedAt: new Date('2026-03-01T00:00:00Z') })
      .where('id', '=', gone.id)
      .execute();
    expect(await put(gone.id, formOf(gone), '"1"')).toMatchObject({
      status: 410,
      body: { type: '/problems/gone', detail: expect.stringContaining('2026-03-01T00:00:00.000Z') },
    });
  });

  it('takes one of twenty edits at once on one ETag, and refuses the others', async () => {
    const { material: before } = await harness.add(token);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        put(before.id, formOf(before, { title: `Judul ${n}` }), '"1"'),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 412)).toHaveLength(19);
    const stored = await row(before.id);
    expect(stored.revision).toBe(2);
    const titles = (await historyOf(before.id)).filter(({ field }) => field === 'title');
    expect(titles.map(({ before: from, after }) => [from, after])).toEqual([
      [null, 'Fotosintesis'],
      ['Fotosintesis', stored.title],
    ]);
  });
});
