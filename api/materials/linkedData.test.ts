import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { SERVICE_KEY, startHarness, type Harness } from '../../test/harness/portal.ts';

/** A material as JSON-LD, beside its JSON. */

const LD = 'application/ld+json';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const get = (id: string, headers: Record<string, string>) =>
  harness.request('GET', `/api/materials/${id}`, { token: SERVICE_KEY, headers });

describe('GET /api/materials/{id} with Accept: application/ld+json', () => {
  it('gives a LearningResource of schema.org', async () => {
    const { material } = await harness.add(SERVICE_KEY, {
      theme: 'Tumbuhan',
      url: 'https://materi.example/fotosintesis',
      metadata: { Catatan: 'x' },
    });
    const answer = await get(material.id, { Accept: LD });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toMatch(/^application\/ld\+json\b/);
    expect(answer.body).toEqual({
      '@context': 'https://schema.org',
      '@type': 'LearningResource',
      '@id': `urn:uuid:${material.id}`,
      identifier: material.id,
      name: 'Fotosintesis',
      description: 'Tumbuhan membuat makanannya dari cahaya.',
      learningResourceType: 'Modul',
      educationalLevel: 'Fase B',
      about: [
        { '@type': 'Thing', name: 'IPA' },
        { '@type': 'Thing', name: 'Tumbuhan' },
      ],
      inLanguage: 'id',
      url: 'https://materi.example/fotosintesis',
      dateCreated: material.createdAt,
      dateModified: material.updatedAt,
    });
  });

  it('gives the summary of the analysis, and that the material is archived', async () => {
    const { material } = await harness.add();
    await sql`update materials set ai_summary = 'Ringkasan', archived_at = 'ya'
      where id = ${material.id}`.execute(harness.db);
    expect((await get(material.id, { Accept: LD })).body).toMatchObject({
      abstract: 'Ringkasan',
      creativeWorkStatus: 'Archived',
    });
  });

  it('leaves out an address that a person typed and that is no web address', async () => {
    const { material } = await harness.add();
    await sql`update materials set url = 'javascript:alert(1)' where id = ${material.id}`.execute(
      harness.db,
    );
    expect((await get(material.id, { Accept: LD })).body).not.toHaveProperty('url');
  });

  it('has an ETag of its own, and 304 for that one alone', async () => {
    const { material } = await harness.add();
    const json = await get(material.id, { Accept: 'application/json' });
    const linked = await get(material.id, { Accept: LD });
    const [jsonTag, linkedTag] = ['"1"', '"ld-1"'];
    expect(json.headers.get('ETag')).toBe(jsonTag);
    expect(linked.headers.get('ETag')).toBe(linkedTag);

    const asked = async (accept: string, tag: string) =>
      (await get(material.id, { Accept: accept, 'If-None-Match': tag })).status;
    expect(await asked(LD, linkedTag)).toBe(304);
    expect(await asked(LD, jsonTag)).toBe(200);
    expect(await asked('application/json', jsonTag)).toBe(304);
    expect(await asked('application/json', linkedTag)).toBe(200);

    await sql`update materials set ai_revision = 1 where id = ${material.id}`.execute(harness.db);
    expect(await asked(LD, linkedTag)).toBe(200);
  });

  it('says in Vary that the answer depends on Accept, also with JSON and with 304', async () => {
    const { material } = await harness.add();
    for (const headers of [
      { Accept: LD },
      { Accept: 'application/json' },
      { Accept: LD, 'If-None-Match': '"ld-1"' },
    ]) {
      const { headers: answered } = await get(material.id, headers);
      expect(answered.get('Vary')?.split(/, */)).toContain('Accept');
    }
  });

  it.each([
    ['application/ld+json;q=0.5, application/json', 'application/json'],
    ['application/json;q=0.5, application/ld+json', LD],
    ['*/*', 'application/json'],
    ['text/turtle', 'application/json'],
  ])('with Accept: %s gives %s', async (accept, type) => {
    const { material } = await harness.add();
    const { headers } = await get(material.id, { Accept: accept });
    expect(headers.get('Content-Type')?.split(';')[0]).toBe(type);
  });

  it('refuses its ETag in If-Match: it names no state of the JSON', async () => {
    const { material } = await harness.add();
    const answer = await harness.request('POST', `/api/materials/${material.id}/archive`, {
      token: (await harness.person('admin')).token,
      headers: { 'If-Match': '"ld-1"' },
    });
    expect(answer.status).toBe(412);
  });
});
