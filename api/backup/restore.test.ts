import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql, type Kysely } from 'kysely';
import { materialIdSchema, textHash, trimBlanks } from '../../core/index.ts';
import { readBackup } from './read.ts';
import { comparisonText } from './report.ts';
import { catalogOf } from './repository.ts';
import { previewRestore, restore } from './restore.ts';
import { writeBackup } from './write.ts';
import type { Database } from '../db/schema.ts';
import {
  AWKWARD_TEXTS,
  CATALOG,
  fill,
  savedMaterials,
  testFolder,
} from '../../test/harness/backup.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { HEADER, startHarness, type Harness } from '../../test/harness/sync.ts';

let database: TestDatabase;
let other: TestDatabase;
let db: Kysely<Database>;
let folder: Awaited<ReturnType<typeof testFolder>>;
const benches: Harness[] = [];

beforeAll(async () => {
  [database, other] = await Promise.all([testDatabase(), testDatabase()]);
  db = database.db;
});
afterAll(() => Promise.all([database.drop(), other.drop()]));
beforeEach(async () => {
  folder = await testFolder();
  for (const each of [database, other]) {
    await sql`truncate materials, sheet_writes, audit_log cascade`.execute(each.db);
  }
});
afterEach(async () => {
  await folder.remove();
  await Promise.all(benches.splice(0).map((harness) => harness.stop()));
});

async function emptySheet(on: Kysely<Database>): Promise<Harness> {
  const harness = await startHarness(on, []);
  benches.push(harness);
  return harness;
}
const backup = async () => {
  await writeBackup(db, folder.store, CATALOG, new Date());
  return (await readBackup(folder.location, { pathStyle: true })).materials;
};
const counts = ({
  added,
  changed,
  unchanged,
  onlyInCatalog,
}: Awaited<ReturnType<typeof restore>>) =>
  [added, changed, unchanged, onlyInCatalog].map(({ length }) => length);
const row = (id: string) =>
  db
    .selectFrom('materials')
    .selectAll()
    .where('id', '=', materialIdSchema.parse(id))
    .executeTakeFirstOrThrow();

describe('the analyses of a restored backup', () => {
  const openJobs = async (on: Kysely<Database>) => {
    const jobs = await on
      .selectFrom('jobs')
      .innerJoin('materials', 'materials.id', 'jobs.materialId')
      .select([
        'materials.title',
        'jobs.status',
        'jobs.kind',
        'jobs.textHash',
        'materials.textHash as hash',
      ])
      .orderBy('jobs.nextAt')
      .execute();
    expect(jobs.every((job) => job.textHash === job.hash && job.kind === 'analyze')).toBe(true);
    return jobs.map(({ title, status }) => [title, status]);
  };

  it('opens an analysis only for restored texts that had none', async () => {
    const text = {
      subject: 'IPA',
      description: '',
      type: 'Modul',
      level: 'Fase B',
      theme: '',
      subtheme: '',
    };
    const hash = textHash({ ...text, title: 'Selesai' });
    await fill(db, [
      { title: 'Menunggu' },
      { title: 'Selesai', aiSource: `v1:${hash}`, aiStatus: 'COMPLETED', aiSummary: 'Ringkasan' },
      { title: 'Diubah', aiSource: `v1:${hash}`, aiStatus: 'COMPLETED', aiSummary: 'Ringkasan' },
      { title: 'Gagal', aiStatus: 'FAILED' },
    ]);
    const materials = await backup();
    const preview = await previewRestore(other.db, materials);
    expect(comparisonText(preview, true)).toContain('2 of these had not been analysed: their');
    expect(await openJobs(other.db)).toEqual([]);

    await restore(other.db, materials, 'x');
    const opened = [
      ['Menunggu', 'PROCESSING'],
      ['Diubah', 'PROCESSING'],
    ];
    expect(await openJobs(other.db)).toEqual(opened);
    await restore(other.db, materials, 'x');
    expect(await openJobs(other.db)).toEqual(opened);
  });

  it('opens analyses for more materials than one statement takes', async () => {
    await fill(
      db,
      Array.from({ length: 2_500 }, (_, index) => ({ title: `Materi ${index}` })),
    );
    await restore(other.db, await backup(), 'x');
    expect(await openJobs(other.db)).toHaveLength(2_500);
  });
});

describe('a restored backup', () => {
  it('restores the same catalog, unchanged, into an empty database and an empty sheet', async () => {
    await fill(
      db,
      AWKWARD_TEXTS.map((text, i) => ({
        title: `Materi ${i}`,
        // The API shows no such `url`; the sheet has it.
        url: i % 2 === 0 ? 'lihat buku hal. 12' : 'javascript:alert(1)',
        description: trimBlanks(text),
        aiSummary: trimBlanks(text.slice(0, 100)),
        metadata: { Penulis: 'Sari', Catatan: text.slice(0, 200) },
      })),
    );
    const first = await emptySheet(db);
    await first.instance().settle();
    const before = await catalogOf(db);
    const materials = await backup();
    expect(materials).toEqual(before);

    expect(counts(await restore(other.db, materials, 'x'))).toEqual([
      AWKWARD_TEXTS.length,
      0,
      0,
      0,
    ]);
    const second = await emptySheet(other.db);
    await second.instance().settle();
    expect(await catalogOf(other.db)).toEqual(before);
    const withoutTime = (rows: unknown[][]) => {
      const time = rows[0]?.indexOf('UPDATED_AT');
      return rows.map((cells) => cells.filter((_, column) => column !== time));
    };
    expect(withoutTime(await second.rows())).toEqual(withoutTime(await first.rows()));
    expect(await second.rows()).toHaveLength(AWKWARD_TEXTS.length + 1);
    const pending = await other.db.selectFrom('materials').select('pending').execute();
    expect(pending.every((found) => Object.keys(found.pending).length === 0)).toBe(true);
  }, 60_000);

  it('puts back later changes, and the sync carries that to the sheet', async () => {
    const [one, two] = await fill(db, [{ title: 'Satu', aiSummary: 'Lama' }, { title: 'Dua' }]);
    const harness = await emptySheet(db);
    const api = harness.instance();
    await api.settle();
    const materials = await backup();
    await harness.person.types('B2', 'Salah');
    await api.settle();
    expect((await row(one?.id ?? '')).title).toBe('Salah');

    const preview = await previewRestore(db, materials);
    expect(preview.changed.map(({ saved, fields }) => [saved.id, fields])).toEqual([
      [one?.id, ['title']],
    ]);
    expect((await row(one?.id ?? '')).title).toBe('Salah');

    expect(counts(await restore(db, materials, 'x'))).toEqual([0, 1, 1, 0]);
    await api.settle();
    expect((await harness.rows()).map((cells) => cells[1])).toEqual([
      'MATERIAL_TITLE',
      'Satu',
      'Dua',
    ]);
    expect(await row(one?.id ?? '')).toMatchObject({ title: 'Satu', pending: {}, conflicts: {} });
    expect((await row(two?.id ?? '')).revision).toBe(1);
    const history = await db
      .selectFrom('materialHistory')
      .select(['actor', 'field', 'before', 'after'])
      .where('actor', '=', 'portal')
      .where('field', '=', 'title')
      .where('before', '=', 'Salah')
      .execute();
    expect(history).toEqual([{ actor: 'portal', field: 'title', before: 'Salah', after: 'Satu' }]);
  }, 30_000);

  it('archives the materials that the backup has as archived, and takes the others out of the archive', async () => {
    const [one, two] = await fill(db, [
      { title: 'Satu', archivedAt: '2026-11-01T00:00:00.000Z' },
      { title: 'Dua' },
    ]);
    const harness = await emptySheet(db);
    const api = harness.instance();
    await api.settle();
    const materials = await backup();
    const column = String.fromCharCode(65 + HEADER.indexOf('ARCHIVED_AT'));
    await harness.person.types(`${column}2`, '');
    await harness.person.types(`${column}3`, 'tahun lalu');
    await api.settle();
    expect(await row(one?.id ?? '')).toMatchObject({ archivedAt: '' });
    expect(await row(two?.id ?? '')).toMatchObject({ archivedAt: 'tahun lalu' });

    const { changed } = await restore(db, materials, 'x');
    expect(changed.map(({ fields }) => fields)).toEqual([['archivedAt'], ['archivedAt']]);
    await api.settle();
    const at = HEADER.indexOf('ARCHIVED_AT');
    const cells = (await harness.rows()).map((line) => line[at] ?? '');
    expect(cells).toEqual(['ARCHIVED_AT', '2026-11-01T00:00:00.000Z', '']);
  }, 30_000);

  it('changes nothing when the same backup is restored a second time', async () => {
    await fill(db, [{ title: 'Satu' }, { title: 'Dua' }]);
    const materials = await backup();
    await restore(other.db, materials, 'x');
    const once = await other.db.selectFrom('materials').selectAll().orderBy('id').execute();
    expect(counts(await restore(other.db, materials, 'x'))).toEqual([0, 0, 2, 0]);
    const twice = await other.db.selectFrom('materials').selectAll().orderBy('id').execute();
    expect(twice).toEqual(once);
  });

  it('deletes no material that the backup does not have', async () => {
    await fill(db, [{ title: 'Satu' }]);
    const materials = await backup();
    const [later] = await fill(db, [{ title: 'Sesudahnya' }]);
    expect(counts(await restore(db, materials, 'x'))).toEqual([0, 0, 1, 1]);
    expect((await row(later?.id ?? '')).deletedAt).toBeNull();
  });

  it.each(['deleted', 'missing'] as const)(
    'brings a %s material back, under its id and as one row',
    async (state) => {
      const [one] = await fill(db, [
        { title: 'Satu', metadata: { Penulis: 'Sari' } },
        { title: 'Dua' },
      ]);
      const harness = await emptySheet(db);
      const api = harness.instance();
      await api.settle();
      const materials = await backup();
      await harness.person.deletesRow(1);
      await api.cycle();
      if (state === 'deleted') await api.cycle();
      const gone = await row(one?.id ?? '');
      expect([gone.missingSince !== null, gone.deletedAt !== null]).toEqual([
        true,
        state === 'deleted',
      ]);

      expect(counts(await previewRestore(db, materials))).toEqual([1, 0, 1, 0]);
      expect(counts(await restore(db, materials, 'x'))).toEqual([1, 0, 1, 0]);
      await api.settle();
      await api.cycle();
      const rows = await harness.rows();
      expect(rows.filter((cells) => cells[1] === 'Satu')).toHaveLength(1);
      expect(rows.find((cells) => cells[1] === 'Satu')).toContain(one?.id);
      expect(await row(one?.id ?? '')).toMatchObject({
        deletedAt: null,
        missingSince: null,
        pending: {},
        metadata: { Penulis: 'Sari' },
      });
    },
    30_000,
  );

  it('keeps a conflict for a cell that people changed in the sheet meanwhile', async () => {
    const [one] = await fill(db, [{ title: 'Satu', theme: 'Asli' }]);
    const harness = await emptySheet(db);
    const api = harness.instance();
    await api.settle();
    const materials = await backup();
    await harness.person.types('F2', 'Salah');
    await api.settle();
    await restore(db, materials, 'x');
    await harness.person.types('F2', 'Lebih baik');
    await api.settle();
    expect(await row(one?.id ?? '')).toMatchObject({
      theme: 'Lebih baik',
      conflicts: { theme: { sheet: 'Lebih baik', portal: 'Asli' } },
    });
  }, 30_000);

  it('restores all materials or none', async () => {
    const [good, bad] = savedMaterials([{ title: 'Satu' }, { title: 'Dua' }]);
    if (good === undefined || bad === undefined) throw new Error('no materials');
    const broken = [good, { ...bad, title: 'nul \u0000' }];
    await expect(restore(db, broken, 'x')).rejects.toThrow();
    expect(await catalogOf(db)).toEqual([]);
  });
});
