import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { z } from 'zod/v4';
import { materialSchema, materialIdSchema } from '../../core/index.ts';
import { SERVICE_KEY, someResult, startHarness, type Harness } from '../../test/harness/portal.ts';

const listedSchema = z.strictObject({
  ...materialSchema.shape,
  metadata: z.optional(materialSchema.shape.metadata),
  cut: z.array(z.string()),
});
const listSchema = z.object({ items: z.array(listedSchema), nextCursor: z.string().nullable() });

let harness: Harness;
let token: string;
beforeAll(async () => {
  harness = await startHarness();
  ({ token } = await harness.person());
});
afterAll(() => harness.stop());

const get = (path: string, headers: Record<string, string> = {}) =>
  harness.request('GET', path, { token, headers });

describe('the list of materials', () => {
  it('lists every material once, newest first, page by page, also materials of one moment', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 12; n += 1) ids.push((await harness.add(token)).material.id);
    await sql`update materials set created_at = '2026-01-01' where id in (${sql.join(ids.slice(2, 9))})`.execute(
      harness.db,
    );
    const seen: z.infer<typeof listedSchema>[] = [];
    let query = '?limit=5';
    for (;;) {
      const page = listSchema.parse((await get(`/api/materials${query}`)).body);
      seen.push(...page.items);
      if (page.nextCursor === null) break;
      expect(page.items).toHaveLength(5);
      query = `?limit=5&cursor=${page.nextCursor}`;
    }
    expect(seen.map(({ id }) => id).sort()).toEqual(ids.sort());
    const times = seen.map(({ createdAt }) => createdAt);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('gives whole materials with include=whole, with a search too, 50 in a page', async () => {
    const description = `Utuh ${'d'.repeat(1_000)}`;
    const metadata = { Catatan: 'c'.repeat(1_000) };
    const { material: one } = await harness.add(token, { description, metadata });
    for (const query of ['', '&q=utuh']) {
      const page = listSchema.parse((await get(`/api/materials?include=whole${query}`)).body);
      expect(page.items.find(({ id }) => id === one.id)).toEqual({ ...one, cut: [] });
    }
  });

  it('finds materials with any of several values of one filter', async () => {
    const subjects = ['Astronomi', 'Geologi', 'Geografi'];
    for (const subject of subjects) await harness.add(token, { subject });
    const { body } = await get('/api/materials?subject=Astronomi&subject=Geologi');
    const found = listSchema.parse(body).items.map(({ subject }) => subject);
    expect(found.sort()).toEqual(['Astronomi', 'Geologi']);
    const many = Array.from({ length: 51 }, (_, n) => `subject=${n}`).join('&');
    expect((await get(`/api/materials?${many}`)).status).toBe(422);
  });

  it('names the further columns of the catalog', async () => {
    await harness.add(token, { metadata: { 'Kolom Guru': 'a', Semester: '1' } });
    const { status, body } = await get('/api/catalog/columns');
    expect(status).toBe(200);
    const { further } = z.object({ further: z.array(z.string()) }).parse(body);
    expect(further).toEqual(expect.arrayContaining(['Kolom Guru', 'Semester']));
    expect((await harness.request('GET', '/api/catalog/columns')).status).toBe(401);
  });

  it('continues at its place when a new material comes in front', async () => {
    const first = listSchema.parse((await get('/api/materials?limit=2')).body);
    await harness.add(token);
    const second = listSchema.parse(
      (await get(`/api/materials?limit=2&cursor=${first.nextCursor}`)).body,
    );
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
  });

  it('shows 300 characters of each text, and names the texts that go on', async () => {
    const description = '🌱'.repeat(301);
    const { material: long } = await harness.add(token, {
      title: 'x'.repeat(300),
      description,
      url: `https://sekolah.id/${'x'.repeat(1_900)}`,
      metadata: { Catatan: 'y'.repeat(301), toString: 'z' },
    });
    const [plain] = listSchema.parse((await get('/api/materials?limit=1')).body).items;
    expect(plain).toMatchObject({ id: long.id, title: long.title, url: long.url });
    expect(plain?.description).toBe('🌱'.repeat(300));
    expect(plain?.cut).toEqual(['description']);
    expect(plain).not.toHaveProperty('metadata');

    const whole = listSchema.parse((await get('/api/materials?limit=1&include=metadata')).body)
      .items[0];
    expect(whole?.metadata).toEqual({ Catatan: 'y'.repeat(300), toString: 'z' });
    expect(whole?.cut).toEqual(['description', 'metadata.Catatan']);
  });

  it('ends a page before its limit where the materials are large, and goes on after it', async () => {
    const text = '🌱'.repeat(300);
    const long = { title: text, description: text, theme: text, subtheme: text };
    const ids: string[] = [];
    for (let n = 0; n < 120; n += 1) ids.push((await harness.add(token, long)).material.id);
    const first = await get('/api/materials?limit=200');
    expect(Buffer.byteLength(JSON.stringify(first.body))).toBeLessThan(600_000);
    const { items, nextCursor } = listSchema.parse(first.body);
    expect(items.length).toBeLessThan(120);
    const next = listSchema.parse(
      (await get(`/api/materials?limit=200&cursor=${nextCursor}`)).body,
    );
    const seen = [...items, ...next.items].map(({ id }) => id);
    expect(seen.slice(0, 120)).toEqual(ids.reverse());
  });

  it('has at most 25 materials a page with include=metadata', async () => {
    const { items, nextCursor } = listSchema.parse(
      (await get('/api/materials?limit=200&include=metadata')).body,
    );
    expect(items).toHaveLength(25);
    expect(nextCursor).not.toBeNull();
  });

  it('neither lists a deleted material nor finds it by its id', async () => {
    const { material: gone } = await harness.add(token);
    await harness.db
      .updateTable('materials')
      .set({ deletedAt: new Date() })
      .where('id', '=', gone.id)
      .execute();
    const { items } = listSchema.parse((await get('/api/materials?limit=200')).body);
    expect(items.map(({ id }) => id)).not.toContain(gone.id);
    expect((await get(`/api/materials/${gone.id}`)).status).toBe(410);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=x', 'limit'],
    ['cursor=bm90LWEtY3Vyc29y', 'cursor'],
    ['cursor=%00', 'cursor'],
    ['cursor=W10', 'cursor'],
  ])('refuses %s', async (query, path) => {
    expect(await get(`/api/materials?${query}`)).toMatchObject({
      status: 422,
      body: { errors: [{ path }] },
    });
  });
});

describe('a material', () => {
  it('gives a material with its revision, and 304 while the revision is the same', async () => {
    const { material: one } = await harness.add(token);
    const answer = await get(`/api/materials/${one.id}`);
    expect(answer).toMatchObject({ status: 200, body: { material: one, analysis: null } });
    expect(answer.headers.get('ETag')).toBe('"1"');
    const same = await get(`/api/materials/${one.id}`, { 'If-None-Match': '"1"' });
    expect(same.status).toBe(304);
  });

  it('changes the ETag and keeps the revision when an analysis is written', async () => {
    const { material: one, job } = await harness.add(token);
    const claim = { jobId: job.id, attempt: 1, executionId: 'e1' };
    await harness.callback('job.started', claim);
    const result = someResult('Ringkasan baru.');
    expect((await harness.callback('job.completed', { ...claim, result })).status).toBe(200);

    const answer = await get(`/api/materials/${one.id}`, { 'If-None-Match': '"1"' });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        material: {
          ...one,
          aiSummary: 'Ringkasan baru.',
          aiStatus: 'COMPLETED',
          aiSource: result.source,
        },
        analysis: { ...result, jobId: job.id, completedAt: expect.stringMatching(/Z$/) },
      },
    });
    expect(answer.headers.get('ETag')).toMatch(/^"1\./);
    const row = await harness.db
      .selectFrom('materials')
      .selectAll()
      .where('id', '=', one.id)
      .executeTakeFirstOrThrow();
    expect(row.revision).toBe(1);
    expect(row.pending).toMatchObject({ title: 1, aiSummary: 1, aiStatus: 1, aiSource: 1 });
  });

  it('answers 404 for an unknown material, and for an invalid id', async () => {
    const unknown = materialIdSchema.parse('01a20614-c5a5-72ad-b22b-509a48f9aa7e');
    expect((await get(`/api/materials/${unknown}`)).status).toBe(404);
    expect((await get('/api/materials/1')).status).toBe(404);
  });

  it('lets signed-in people and services read materials, and answers 401 to others', async () => {
    const { material: one } = await harness.add(token);
    for (const path of ['/api/materials', `/api/materials/${one.id}`]) {
      expect((await harness.request('GET', path)).status).toBe(401);
      expect((await harness.request('GET', path, { token: SERVICE_KEY })).status).toBe(200);
    }
  });
});
