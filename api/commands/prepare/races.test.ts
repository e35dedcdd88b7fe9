import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startHarness, type Harness } from '../../../test/harness/prepare.ts';

const HEADER = ['Mapel', 'Nama Bahan', 'Deskripsi', 'Jenis', 'Kelas', 'Tema', 'Penulis'];
const ROWS = [
  ['Katalog sekolah'],
  HEADER,
  ['IPA', 'Daun', 'Tentang daun', 'Video', 'Kelas IV', 'Tumbuhan', 'Bu Sari'],
  ['MTK', 'Pecahan', 'Tentang pecahan', 'Modul', 'Kelas V', 'Bilangan', 'Pak Budi'],
];
const RENAMES = ['Nama Bahan=MATERIAL_TITLE'];
/** Rename, columns, ids, layout: preparing this sheet undisturbed writes this often. */
const WRITES = 4;

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness(ROWS);
});
afterEach(() => harness.stop());

const nothing = () => Promise.resolve();
const before = (write: number, act: () => Promise<unknown>) => [
  ...Array.from({ length: write }, () => nothing),
  act,
];

/** The sheet as prepared, its columns by header and in no order; blank rows and columns left out. */
async function prepared(more: Record<string, string> = {}) {
  const cells = await harness.cells();
  const at = cells.findIndex((row) => row.includes('MATERIAL_ID'));
  const header = (cells[at] ?? []).map(String);
  expect(header.filter((text) => text !== '').sort()).toEqual(
    [
      ...['Mapel', 'MATERIAL_TITLE', 'Deskripsi', 'Jenis', 'Kelas', 'Tema', 'Penulis'],
      ...['MATERIAL_SUBTHEME', 'MATERIAL_URL', 'MATERIAL_ID', 'AI_SUMMARY', 'AI_STATUS'],
      ...['AI_SOURCE', 'UPDATED_AT', 'ARCHIVED_AT'],
    ].sort(),
  );
  const rows = cells.slice(at + 1).filter((row) => row.some((cell) => cell !== ''));
  const texts = HEADER.map((name) => (name === 'Nama Bahan' ? 'MATERIAL_TITLE' : name));
  expect(
    rows.map((row) =>
      texts.map((name) => more[String(row[header.indexOf(name)])] ?? row[header.indexOf(name)]),
    ),
  ).toEqual(ROWS.slice(2));
  const ids = rows.map((row) => row[header.indexOf('MATERIAL_ID')]);
  ids.forEach((id) => expect(id).toMatch(/^[0-9a-f-]{36}$/));
  expect(new Set(ids).size).toBe(2);
  // Nothing else: no header, id or text is in a wrong place.
  const filled = cells.flat().filter((cell) => cell !== '').length;
  expect(filled).toBe(1 + 15 + 2 * 7 + 2);
  const { rules } = await harness.layout();
  const listed = header.flatMap((name, column) => (rules.some((r) => r[column]) ? [name] : []));
  expect(listed).toEqual(['Jenis', 'Kelas']);
  const above = rules.slice(0, at + 1).flatMap((cells) => cells.filter((rule) => rule));
  expect(above).toEqual([]);
}

describe('a sheet that people use while it is prepared', () => {
  it.each(Array.from({ length: WRITES }, (_, write) => write))(
    'has a column inserted before write %i: everything ends where it belongs',
    async (write) => {
      await harness.prepareWith(
        before(write, () => harness.person.insertsColumn(1)),
        { renames: RENAMES },
      );
      await prepared();
    },
  );

  it.each(Array.from({ length: WRITES }, (_, write) => write))(
    'has a row inserted above the header before write %i: everything ends where it belongs',
    async (write) => {
      await harness.prepareWith(
        before(write, () => harness.person.insertsRow(1)),
        { renames: RENAMES },
      );
      await prepared();
    },
  );

  it('keeps an id that a person types at the moment of the write', async () => {
    const theirs = '01990000-0000-7000-8000-000000000001';
    await harness.prepareWith(
      before(2, () => harness.person.types('J3', theirs)),
      { renames: RENAMES },
    );
    expect((await harness.cells())[2]?.[9]).toBe(theirs);
    await prepared();
  });

  it('keeps a header that a person types where the command adds a column', async () => {
    await harness.prepareWith(
      before(1, () => harness.person.types('H2', 'Subtema')),
      { renames: RENAMES },
    );
    const header = (await harness.cells())[1] ?? [];
    expect(header.filter((text) => text === 'Subtema')).toHaveLength(1);
    expect(header).not.toContain('MATERIAL_SUBTHEME');
  });
});

describe('a write', () => {
  it.each([
    ['was applied and answered with 503', { kind: 'status', status: 503, when: 'after' }],
    ['was not applied and answered with 503', { kind: 'status', status: 503 }],
    ['was refused for the quota', { kind: 'status', status: 429 }],
  ])('writes exactly once if a write %s', async (_, fault) => {
    await harness.fault({ method: 'batchUpdate', times: 2, ...fault });
    await harness.prepare({ renames: RENAMES });
    await prepared();
  });

  it('ends with an error if a write fails for good, and goes on from there at the next run', async () => {
    await harness
      .prepareWith(
        before(2, () =>
          harness.fault({ method: 'batchUpdate', kind: 'status', status: 403, times: 1 }),
        ),
        { renames: RENAMES },
      )
      .then(
        () => expect('prepared').toBe('refused'),
        (error: unknown) => expect(error).toMatchObject({ kind: 'no_access' }),
      );
    expect((await harness.cells())[1]).toContain('MATERIAL_ID');
    await harness.prepare({ renames: RENAMES });
    await prepared();
  });
});
