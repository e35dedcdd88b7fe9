import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod/v4';
import { countWords } from './index.ts';
import { startHarness, type Harness } from '../../test/harness/portal.ts';

const pageSchema = z.looseObject({
  items: z.array(z.looseObject({ id: z.uuid(), title: z.string() })),
  nextCursor: z.string().nullable(),
});

let harness: Harness;
let token: string;
beforeAll(async () => {
  harness = await startHarness();
  ({ token } = await harness.person());
});
afterAll(() => harness.stop());

async function search(query: Record<string, string>) {
  const { status, body } = await harness.request(
    'GET',
    `/api/materials?${new URLSearchParams(query).toString()}`,
    { token },
  );
  expect({ status, body }).toMatchObject({ status: 200 });
  return pageSchema.parse(body);
}
const titles = async (query: Record<string, string>) =>
  (await search(query)).items.map(({ title }) => title);
/** Adds materials of a subject that only this test uses. */
async function add(subject: string, ...materials: ReadonlyArray<Record<string, unknown>>) {
  const added = [];
  for (const material of materials) {
    added.push(await harness.add(token, { subject, description: '', ...material }));
  }
  return added.map(({ material }) => material);
}

describe('A search', () => {
  it.each([
    ['tulis', 'Menulis puisi'],
    ['menulis', 'Tulisan tangan'],
    ['kali', 'Mengalikan bilangan'],
    ['pecah', 'Pecahan senilai'],
    ['jumlah', 'Penjumlahan bersusun'],
    ['ajar', 'Pembelajaran di luar kelas'],
    ['ukur', 'Pengukuran panjang'],
    ['gerak', 'Pergerakan bumi'],
    ['tumbuhan', 'Pertumbuhan kecambah'],
  ])('for "%s" finds "%s"', async (q, title) => {
    await add(`Akar ${q}`, { title });
    expect(await titles({ q, subject: `Akar ${q}` })).toEqual([title]);
  });

  it('finds a word while it is typed, and not after a blank', async () => {
    await add('Awalan', { title: 'Fotosintesis daun' });
    expect(await titles({ q: 'fotosin', subject: 'Awalan' })).toEqual(['Fotosintesis daun']);
    expect(await titles({ q: 'fotosin ', subject: 'Awalan' })).toEqual([]);
    expect(await titles({ q: 'fotosin daun', subject: 'Awalan' })).toEqual([]);
  });

  it('requires every word of a query in some field, except common words', async () => {
    await add(
      'Semua kata',
      { title: 'Air dan tanah', theme: 'Bumi' },
      { title: 'Air terjun', theme: 'Wisata' },
    );
    expect(await titles({ q: 'bumi air', subject: 'Semua kata' })).toEqual(['Air dan tanah']);
    expect(await titles({ q: 'wisata di air', subject: 'Semua kata' })).toEqual(['Air terjun']);
  });

  it.each([
    ['fisika', 'IPA/Fisika kelas tujuh'],
    ['1949', 'Perjuangan 1945-1949'],
    ['7', 'Pecahan 7/8'],
    ['surat', 'alamat@surat.sch.id'],
  ])('finds "%s" in "%s": signs separate words', async (q, title) => {
    await add(`Tanda ${q}`, { title });
    expect(await titles({ q, subject: `Tanda ${q}` })).toEqual([title]);
  });

  it('does not correct a word that only the type or the level has', async () => {
    await add('Jenis', { title: 'Melihat bumi', type: 'Video', theme: 'Vides' });
    await countWords(harness.db);
    expect((await search({ q: 'video', subject: 'Jenis' }))['corrections']).toEqual([]);
  });

  it('puts a match in the title above one in the description', async () => {
    await add(
      'Urutan',
      { title: 'Rantai makanan', description: 'Di dalam ekosistem sawah.' },
      { title: 'Ekosistem sawah' },
      { title: 'Jaring makanan', description: 'Bagian ekosistem.' },
    );
    const found = await titles({ q: 'ekosistem', subject: 'Urutan' });
    expect(found[0]).toBe('Ekosistem sawah');
    expect(found).toHaveLength(3);
    const newest = await titles({ q: 'ekosistem', subject: 'Urutan', sort: 'newest' });
    expect(newest).toEqual(['Jaring makanan', 'Ekosistem sawah', 'Rantai makanan']);
  });

  it('corrects a typing error with words of the catalog, and says so', async () => {
    await add('Salah ketik', { title: 'Fotosintesis daun' });
    await countWords(harness.db);
    const page = await search({ q: 'fotosintsis daun', subject: 'Salah ketik' });
    expect(page.items.map(({ title }) => title)).toEqual(['Fotosintesis daun']);
    expect(page['corrections']).toEqual([
      { from: 'fotosintsis', to: expect.arrayContaining(['fotosintesis']) },
    ]);
    expect((await search({ q: 'fotosintesis' }))['corrections']).toEqual([]);
  });

  it('follows edits, and leaves out deleted materials', async () => {
    const [material] = await add('Ikut', { title: 'Gunung api' });
    const id = material?.id ?? '';
    const { headers } = await harness.request('GET', `/api/materials/${id}`, { token });
    await harness.request('PUT', `/api/materials/${id}`, {
      token,
      headers: { 'If-Match': headers.get('ETag') ?? '' },
      body: { subject: 'Ikut', title: 'Danau kawah', type: 'Modul', level: 'Fase C' },
    });
    expect(await titles({ q: 'gunung', subject: 'Ikut' })).toEqual([]);
    expect(await titles({ q: 'kawah', subject: 'Ikut' })).toEqual(['Danau kawah']);
    await harness.db
      .updateTable('materials')
      .set({ deletedAt: new Date() })
      .where('subject', '=', 'Ikut')
      .execute();
    expect(await titles({ q: 'kawah', subject: 'Ikut' })).toEqual([]);
  });

  it.each(["'", "a' | 'b", 'a & !b', ':*', '((', 'a <-> b', '\\', 'x'.repeat(200), '%', '"'])(
    'answers a query of signs: %s',
    async (q) => {
      await search({ q });
    },
  );

  it.each<[string, string]>([
    ['q', 'a\0b'],
    ['q', 'x'.repeat(201)],
    ['analysis', 'sometimes'],
    ['sort', 'title'],
    ['facets', 'yes'],
  ])('is refused with 422: %s=%s', async (name, value) => {
    const path = `/api/materials?${name}=${encodeURIComponent(value)}`;
    expect((await harness.request('GET', path, { token })).status).toBe(422);
  });
});

describe('Filters', () => {
  it('combines filters, and counts the values of each under the others', async () => {
    await add(
      'Saringan',
      { title: 'Satu', type: 'Video', level: 'Fase A', theme: 'Air' },
      { title: 'Dua', type: 'Video', level: 'Fase B', theme: 'Air' },
      { title: 'Tiga', type: 'Modul', level: 'Fase B', theme: 'Api' },
    );
    const page = await search({ subject: 'Saringan', type: 'Video', facets: 'true' });
    expect(page.items.map(({ title }) => title)).toEqual(['Dua', 'Satu']);
    expect(page).toMatchObject({
      total: 2,
      facets: {
        type: [
          { value: 'Video', count: 2 },
          { value: 'Modul', count: 1 },
        ],
        level: [
          { value: 'Fase A', count: 1 },
          { value: 'Fase B', count: 1 },
        ],
        theme: [{ value: 'Air', count: 2 }],
        analysis: [{ value: 'none', count: 2 }],
      },
    });
    expect(await titles({ subject: 'Saringan', level: 'Fase B', theme: 'Api' })).toEqual(['Tiga']);
    expect(await titles({ subject: 'Saringan', analysis: 'completed' })).toEqual([]);
  });

  it('find a material of several levels under each, and count it under each', async () => {
    await add(
      'Rentang',
      { title: 'Satu', level: 'Fase B' },
      { title: 'Dua', level: 'Kelas 4-6' },
      { title: 'Tiga', level: 'TK B' },
    );
    // People type levels as they like.
    await harness.db
      .updateTable('materials')
      .set({ level: 'Kelas V/2' })
      .where('title', '=', 'Satu')
      .where('subject', '=', 'Rentang')
      .execute();
    const page = await search({ subject: 'Rentang', level: 'Fase C', facets: 'true' });
    expect(page.items.map(({ title }) => title)).toEqual(['Dua', 'Satu']);
    expect(page).toMatchObject({
      total: 2,
      facets: {
        level: [
          { value: 'Fase C', count: 2 },
          { value: 'Fase B', count: 1 },
          { value: 'Fase Fondasi', count: 1 },
        ],
      },
    });
    expect(await titles({ subject: 'Rentang', level: '4' })).toEqual(['Dua']);
    expect(await titles({ subject: 'Rentang', level: 'PAUD' })).toEqual(['Tiga']);
    expect(await titles({ subject: 'Rentang', level: 'Fase F' })).toEqual([]);
  });

  it('find and count a subject and a type under all their names', async () => {
    await add('Geografi', { title: 'Peta buta', type: 'Infografis' });
    await harness.db
      .updateTable('materials')
      .set({ subject: 'Geography', type: 'infografik' })
      .where('title', '=', 'Peta buta')
      .execute();
    const page = await search({ subject: 'geografi', type: 'Infografis', facets: 'true' });
    expect(page.items.map(({ title }) => title)).toEqual(['Peta buta']);
    expect(page).toMatchObject({
      facets: {
        subject: [{ value: 'Geografi', count: 1 }],
        type: [{ value: 'Infografis', count: 1 }],
      },
    });
  });

  it('find an unknown level by its text', async () => {
    await add('Lain', { title: 'Dewasa', level: 'Fase F' });
    await harness.db
      .updateTable('materials')
      .set({ level: 'Orang dewasa' })
      .where('title', '=', 'Dewasa')
      .execute();
    expect(await titles({ subject: 'Lain', level: 'Orang dewasa' })).toEqual(['Dewasa']);
  });

  it('counts the whole catalog without filters', async () => {
    const { body } = await harness.request('GET', '/api/materials?facets=true&limit=1', { token });
    const rows = await harness.db
      .selectFrom('materials')
      .select('id')
      .where('deletedAt', 'is', null)
      .execute();
    expect(body).toMatchObject({ total: rows.length });
  });
});

describe.each(['relevance', 'newest'] as const)('The pages of a search by %s', (sort) => {
  it('neither repeats nor skips a material while others are added and edited', async () => {
    const subject = `Halaman ${sort}`;
    const made = Array.from({ length: 25 }, (_, at) => ({
      title: at % 3 === 0 ? `Hujan ${at}` : `Awan ${at}`,
      description: 'Hujan turun. '.repeat(1 + (at % 4)),
    }));
    const added = await add(subject, ...made);
    const seen: string[] = [];
    let cursor: string | null = '';
    for (let round = 0; cursor !== null; round += 1) {
      const at: Record<string, string> = cursor === '' ? {} : { cursor };
      const page = await search({ q: 'hujan', subject, sort, limit: '4', ...at });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
      await add(subject, { title: `Hujan baru ${round}` });
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.toSorted()).toEqual(added.map(({ id }) => id).toSorted());
  });
});

const ID = '01980000-0000-7000-8000-000000000001';

it.each([
  '["2026-01-01T00:00:00.000Z","x"]',
  `[1e300,"${ID}","2026-01-01T00:00:00.000Z","${ID}"]`,
  `[1e-60,"${ID}","2026-01-01T00:00:00.000Z","${ID}"]`,
  `[null,"${ID}","2026-01-01T00:00:00.000Z","${ID}"]`,
])('A cursor that no list gave is refused with 422: %s', async (text) => {
  const cursor = Buffer.from(text).toString('base64url');
  const answer = await harness.request('GET', `/api/materials?q=air&cursor=${cursor}`, { token });
  expect(answer.status).toBe(422);
});
