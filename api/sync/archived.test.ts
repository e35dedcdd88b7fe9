import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql, type Kysely } from 'kysely';
import type { MaterialId } from '../../core/index.ts';
import type { Database } from '../db/schema.ts';
import { lockMaterial, updateMaterial } from '../materials/repository.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { emptyTables, HEADER, startHarness, type Harness } from '../../test/harness/sync.ts';

const TIME = '2026-11-28T01:02:03.000Z';
const ARCHIVED_AT = HEADER.indexOf('ARCHIVED_AT');
const material = (title: string) => ['IPA', title, `Tentang ${title}`, 'Video', 'Fase C'];
const SHEET = [HEADER, ...['Satu', 'Dua', 'Tiga'].map(material)];
/** The cell of ARCHIVED_AT in the row of `Dua`. */
const CELL = `${String.fromCharCode(65 + ARCHIVED_AT)}3`;

let database: TestDatabase;
let db: Kysely<Database>;
let harness: Harness;

beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
});
afterAll(() => database.drop());
beforeEach(() => emptyTables(db));
afterEach(() => harness.stop());

const known = (title = 'Dua') =>
  db.selectFrom('materials').selectAll().where('title', '=', title).executeTakeFirstOrThrow();
/** Whether lists and the search have the material. */
const isListed = async () => {
  const { id } = await known();
  const { rows } = await sql`
    select from material_search where material_id = ${id} and not is_archived`.execute(db);
  return rows.length === 1;
};
const changes = async (id: MaterialId) =>
  db
    .selectFrom('materialHistory')
    .select(['actor', 'before', 'after'])
    .where('materialId', '=', id)
    .where('field', '=', 'archivedAt')
    .where('before', 'is not', null)
    .orderBy('id')
    .execute();
const jobs = () => db.selectFrom('jobs').select('id').execute();
const cell = async (row = 2) => (await harness.rows())[row]?.[ARCHIVED_AT] ?? '';
const settled = async (sheet: readonly (readonly unknown[])[] = SHEET) => {
  harness = await startHarness(db, sheet);
  const api = harness.instance();
  await api.settle();
  return api;
};
/** As the route does it. */
const write = (archivedAt: string, title = 'Dua') =>
  db.transaction().execute(async (trx) => {
    const before = await lockMaterial(trx, (await known(title)).id);
    if (before === undefined) throw new Error(`no ${title}`);
    await updateMaterial(trx, before, { fields: { archivedAt } });
  });

describe('A material that the portal archives', () => {
  it('writes the time of archiving to the row, and clears it at the restore', async () => {
    const api = await settled();
    await write(TIME);
    await api.settle();
    expect(await cell()).toBe(TIME);
    expect([await cell(1), await cell(3)]).toEqual(['', '']);
    expect(await known()).toMatchObject({ archivedAt: TIME, pending: {}, revision: 2 });

    await write('');
    await api.settle();
    expect(await cell()).toBe('');
    expect(await known()).toMatchObject({ archivedAt: '', pending: {}, revision: 3 });
  });

  it('adds the column ARCHIVED_AT to a sheet that lacks it, and writes the time', async () => {
    const api = await settled(SHEET.map((cells) => cells.slice(0, ARCHIVED_AT)));
    await write(TIME);
    await api.settle();
    const [titles = []] = await harness.rows();
    expect(titles.indexOf('ARCHIVED_AT')).toBe(ARCHIVED_AT);
    expect(await cell()).toBe(TIME);
    expect(await known()).toMatchObject({ archivedAt: TIME, pending: {}, conflicts: {} });
  });

  it('writes a new row with the time if the material was archived before it had a row', async () => {
    const api = await settled();
    await harness.add('Empat');
    await write(TIME, 'Empat');
    await api.settle();
    expect(await cell(4)).toBe(TIME);
    expect(await known('Empat')).toMatchObject({ archivedAt: TIME, pending: {} });
  });

  it('keeps a material archived if the sync stops between the write and its answer', async () => {
    await settled();
    await write(TIME);
    await harness.instance().cycle();
    const next = harness.instance();
    await next.settle();
    expect(await cell()).toBe(TIME);
    expect(await known()).toMatchObject({ archivedAt: TIME, pending: {}, revision: 2 });
    expect(await changes((await known()).id)).toEqual([]);
  });

  it('keeps both texts as a conflict if a person types another one meanwhile', async () => {
    const api = await settled();
    await write(TIME);
    await harness.person.types(CELL, 'tahun lalu');
    await api.settle();
    expect(await cell()).toBe('tahun lalu');
    expect(await known()).toMatchObject({
      archivedAt: 'tahun lalu',
      pending: {},
      conflicts: { archivedAt: { sheet: 'tahun lalu', portal: TIME } },
    });
  });

  it('keeps the text of a person that arrives between the read and the write', async () => {
    const api = await settled();
    await write(TIME);
    await api.cycleWith(() => harness.person.types(CELL, 'tahun lalu'));
    await api.settle();
    expect(await cell()).toBe('tahun lalu');
    expect(await known()).toMatchObject({
      archivedAt: 'tahun lalu',
      conflicts: { archivedAt: { sheet: 'tahun lalu', portal: TIME } },
    });
  });

  it('keeps a conflict if a person deletes the row meanwhile', async () => {
    const api = await settled();
    await write(TIME);
    await harness.person.deletesRow(2);
    await api.settle();
    expect(await known()).toMatchObject({
      deletedAt: null,
      conflicts: { archivedAt: { sheet: '', portal: TIME } },
    });
  });
});

describe('A person’s text in ARCHIVED_AT', () => {
  it.each(['2026-11-28', 'kurikulum lama', '=TODAY()', '0'])(
    'archives the material if a person types %s, and leaves the text in the sheet',
    async (text) => {
      const api = await settled();
      const [before, opened] = [await known(), await jobs()];
      await harness.person.types(CELL, text);
      await api.settle();
      const after = await known();
      const { archivedAt } = after;
      expect(archivedAt).not.toBe('');
      expect(after).toMatchObject({ revision: before.revision + 1, pending: {}, conflicts: {} });
      expect(after.textHash).toBe(before.textHash);
      expect(await isListed()).toBe(false);
      expect(await changes(before.id)).toEqual([{ actor: 'sheet', before: '', after: archivedAt }]);
      expect(await jobs()).toEqual(opened);
    },
  );

  it('keeps a person’s text in ARCHIVED_AT unchanged', async () => {
    const api = await settled();
    await harness.person.types(CELL, 'kurikulum lama');
    await api.settle();
    expect(await known()).toMatchObject({ archivedAt: 'kurikulum lama' });
    expect(await cell()).toBe('kurikulum lama');
  });

  it.each(['', '   ', '\u00a0'])(
    'restores the material if a person’s text in ARCHIVED_AT is blank: "%s"',
    async (blank) => {
      const api = await settled();
      await write(TIME);
      await api.settle();
      const { id, textHash } = await known();
      await harness.person.types(CELL, blank);
      await api.settle();
      expect(await known()).toMatchObject({ archivedAt: '', textHash, revision: 3, pending: {} });
      expect(await isListed()).toBe(true);
      expect(await changes(id)).toEqual([{ actor: 'sheet', before: TIME, after: '' }]);
    },
  );

  it('archives a row that a person adds', async () => {
    const api = await settled([
      ...SHEET,
      [...material('Empat'), ...Array<string>(8).fill(''), '2025'],
    ]);
    expect(await known('Empat')).toMatchObject({ archivedAt: '2025' });
    expect(await cell(4)).toBe('2025');
    expect((await api.cycle()).isBusy).toBe(false);
  });

  it('changes nothing while the cell ARCHIVED_AT shows an error', async () => {
    const api = await settled();
    await write(TIME);
    await api.settle();
    await harness.person.types(CELL, '#REF!');
    await api.settle();
    expect(await known()).toMatchObject({ archivedAt: TIME, conflicts: {} });
  });
});

describe('A material from before there was ARCHIVED_AT', () => {
  it('keeps its revision, its text hash and its analysis when the column is added', async () => {
    const api = await settled(SHEET.map((cells) => cells.slice(0, ARCHIVED_AT)));
    const { id } = await known();
    await harness.analysed(id, 'Ringkasan');
    await api.settle();
    // As an earlier version has left it: the sync had never seen the column.
    await sql`update materials set base = base - 'archivedAt', row_digest = null`.execute(db);
    const [before, opened] = [await known(), await jobs()];
    await harness.instance().settle();
    const after = await known();
    expect(after.base).toEqual({ ...before.base, archivedAt: '' });
    const { base, rowDigest } = after;
    expect(after).toEqual({ ...before, base, rowDigest });
    expect(await jobs()).toEqual(opened);
    expect(await changes(id)).toEqual([]);
  });
});
