import { afterEach, describe, expect, it } from '@jest/globals';
import { LEVELS } from '../../../core/index.ts';
import { startHarness, type Harness } from '../../../test/harness/prepare.ts';

let harness: Harness;
afterEach(() => harness.stop());

const HEADER = ['Mapel', 'Nama Bahan', 'Uraian', 'Jenis', 'Kls', 'Tema', 'Penulis'];
const ROWS = [
  HEADER,
  ['IPA', 'Daun', 'Tentang daun', 'Video', 'Kelas IV', 'Tumbuhan', 'Bu Sari'],
  ['MTK', 'Pecahan', 'Tentang pecahan', 'Modul', 'Kelas V', 'Bilangan', 'Pak Budi'],
];
const MAPS = ['Nama Bahan=MATERIAL_TITLE', 'uraian = Deskripsi', 'Kls=Kelas'];

describe('a column that no alias names', () => {
  it('asks about a column that no alias names, with its likelihood, and never decides by itself', async () => {
    harness = await startHarness(ROWS);
    const { questions, columns, materials } = await harness.inspect();
    expect(materials).toBeNull();
    const asked = Object.fromEntries(
      questions.map(({ field, candidates }) => [field, candidates[0]]),
    );
    expect(Object.keys(asked)).toEqual(['title', 'description', 'level']);
    expect(asked).toMatchObject({
      title: { header: 'Nama Bahan', column: 1 },
      description: { header: 'Uraian', column: 2 },
      level: { header: 'Kls', column: 4 },
    });
    // The content of the column speaks for it too.
    expect(asked['level']?.confidence).toBeGreaterThan(asked['title']?.confidence ?? 1);
    expect(columns.find(({ field }) => field === 'subject')).toMatchObject({ state: 'there' });
  });

  it('shows the command that looks right, for the person to correct and run', async () => {
    harness = await startHarness(ROWS);
    const { text } = await harness.command([]);
    expect(text).toContain(
      'npm run sheet:prepare -- --map "Nama Bahan=MATERIAL_TITLE" --map "Uraian=MATERIAL_DESC" --map "Kls=MATERIAL_LEVEL"',
    );
  });

  it('quotes a header so that it neither runs in a shell nor controls a terminal', async () => {
    const header = "Nama Bahan $(touch x) `y` it's\u001b[2J";
    harness = await startHarness([HEADER.map((text) => (text === 'Nama Bahan' ? header : text))]);
    const { text } = await harness.command([]);
    const argument = "Nama Bahan $(touch x) `y` it'\\''s[2J=MATERIAL_TITLE";
    expect(text).toContain(`--map '${argument}'`);
    expect(text).not.toContain('\u001b');
  });

  it('stops --apply before it writes anything, and says what to type', async () => {
    harness = await startHarness(ROWS);
    const before = await harness.version();
    const { code, text } = await harness.command(['--apply']);
    expect(code).toBe(1);
    expect(text).toContain('--map "Nama Bahan=MATERIAL_TITLE"');
    expect(text).toContain('--add MATERIAL_DESC');
    expect(text).toContain('say what is meant by MATERIAL_TITLE, MATERIAL_DESC, MATERIAL_LEVEL');
    expect(await harness.version()).toBe(before);
  });

  it('renames the one header cell that the person chose', async () => {
    harness = await startHarness(ROWS);
    const { code, text } = await harness.command([
      '--apply',
      ...MAPS.flatMap((map) => ['--map', map]),
    ]);
    expect(text).toContain('B: "Nama Bahan" → "MATERIAL_TITLE"');
    expect(code).toBe(0);
    const [header, ...rows] = await harness.cells();
    expect(header).toEqual([
      ...['Mapel', 'MATERIAL_TITLE', 'Deskripsi', 'Jenis', 'Kelas', 'Tema', 'Penulis'],
      ...['MATERIAL_SUBTHEME', 'MATERIAL_URL', 'MATERIAL_ID'],
      ...['AI_SUMMARY', 'AI_STATUS', 'AI_SOURCE', 'UPDATED_AT', 'ARCHIVED_AT'],
    ]);
    expect(rows.map((cells) => cells.slice(0, 7))).toEqual(ROWS.slice(1));
    expect(rows.map((cells) => typeof cells[9])).toEqual(['string', 'string']);
  });

  it('changes nothing when the same command runs again', async () => {
    harness = await startHarness(ROWS);
    await harness.prepare({ renames: MAPS });
    const version = await harness.version();
    await harness.prepare({ renames: MAPS });
    expect(await harness.version()).toBe(version);
  });

  it('keeps the column beside a new, empty one if the person chose that', async () => {
    harness = await startHarness(ROWS);
    await harness.prepare({ renames: MAPS.slice(0, 2), adds: ['Fase'] });
    const [header] = await harness.cells();
    expect(header?.slice(4, 8)).toEqual(['Kls', 'Tema', 'Penulis', 'MATERIAL_LEVEL']);
  });
});

describe('two headers for one column', () => {
  const twice = [['Mapel', 'Judul', 'Deskripsi', 'Keterangan', 'Jenis', 'Fase', 'Tema', 'Subtema']];

  it('asks about two headers for one column, and renames the header that the person chose', async () => {
    harness = await startHarness(twice);
    await expect(harness.prepare()).rejects.toThrow(/MATERIAL_DESC/);
    const { text } = await harness.command([]);
    expect(text).toMatch(/^D +Keterangan +MATERIAL_DESC +BELUM JELAS \/ OPEN$/m);
    expect(harness.writes()).toBe(0);
    await harness.prepare({ renames: ['Keterangan=Catatan Guru'] });
    expect((await harness.cells())[0]?.slice(2, 4)).toEqual(['Deskripsi', 'Catatan Guru']);
  });
});

describe('what stands in a column without a header', () => {
  it('adds new columns beyond the texts of a column without a header', async () => {
    harness = await startHarness([
      ['Mapel', 'Judul', 'Deskripsi', 'Jenis', 'Fase', 'Tema', 'Subtema'],
      ['IPA', 'Daun', '', 'Video', 'Fase B', '', '', '', 'dicek bu Rini'],
    ]);
    await harness.prepare();
    const [header, row] = await harness.cells();
    expect(header?.slice(7, 10)).toEqual(['', '', 'MATERIAL_URL']);
    expect(row?.[8]).toBe('dicek bu Rini');
  });
});

describe('a drop-down of people’s own', () => {
  it('keeps a drop-down list that people made, and says so', async () => {
    harness = await startHarness([
      ['Mapel', 'Judul', 'Deskripsi', 'Jenis', 'Fase', 'Tema', 'Subtema'],
    ]);
    const range = { sheetId: 0, startRowIndex: 4, endRowIndex: 5 };
    const theirs = {
      condition: { type: 'ONE_OF_LIST' as const, values: [{ userEnteredValue: 'Film' }] },
      inputMessage: '',
      strict: false as const,
      showCustomUi: true as const,
    };
    await harness.write([
      {
        setDataValidation: {
          range: { ...range, startColumnIndex: 3, endColumnIndex: 4 },
          rule: theirs,
        },
      },
    ]);
    const { text } = await harness.command(['--apply']);
    expect(text).toMatch(/column D \(MATERIAL_TYPE\).* has a rule of its own/);
    const { rules } = await harness.layout();
    const types = rules.map((cells) => cells[3]?.given);
    expect(types.filter((rule) => rule !== undefined)).toEqual([theirs]);
    expect(rules[4]?.[4]?.texts?.[0]).toBe('Fase Fondasi');
  });
});

describe('a drop-down of an earlier version', () => {
  it('gets the list of today, and no list stays as it was', async () => {
    harness = await startHarness([
      ['Mapel', 'Judul', 'Deskripsi', 'Jenis', 'Fase', 'Tema', 'Subtema'],
    ]);
    const earlier = ['A', 'B', 'C', 'D', 'E', 'F'].map((f) => ({ userEnteredValue: `Fase ${f}` }));
    const range = {
      sheetId: 0,
      startRowIndex: 1,
      endRowIndex: 20,
      startColumnIndex: 4,
      endColumnIndex: 5,
    };
    await harness.write([
      {
        setDataValidation: {
          range,
          rule: {
            condition: { type: 'ONE_OF_LIST', values: earlier },
            inputMessage: '',
            strict: false,
            showCustomUi: true,
          },
        },
      },
    ]);
    await harness.command(['--apply']);
    const { rules } = await harness.layout();
    const lists = new Set(rules.slice(1).map((cells) => cells[4]?.texts?.join()));
    expect([...lists]).toEqual([LEVELS.join()]);
    expect((await harness.command([])).text).not.toContain('column E');
  });
});

describe('an empty tab', () => {
  it('gives an empty tab the whole header', async () => {
    harness = await startHarness([]);
    await harness.prepare();
    expect((await harness.cells())[0]?.slice(0, 3)).toEqual([
      ...['SUBJECT_NAME', 'MATERIAL_TITLE', 'MATERIAL_DESC'],
    ]);
  });
});

describe('the command', () => {
  it('shows what would change in Indonesian and English, and writes nothing by itself', async () => {
    harness = await startHarness(ROWS);
    const { code, text } = await harness.command(MAPS.flatMap((map) => ['--map', map]));
    expect(code).toBe(0);
    expect(text).toMatch(/^B +Nama Bahan +MATERIAL_TITLE +ganti nama \/ rename$/m);
    expect(text).toMatch(/^G +Penulis +— +tetap \/ kept$/m);
    expect(text).toMatch(/^H +— +MATERIAL_SUBTHEME +tambah \/ add$/m);
    expect(text).toContain('2 MATERIAL_ID baru / new, baris / rows 2-3');
    expect(text).toContain('Nothing was written. Write it with --apply.');
    expect(await harness.cells()).toEqual(ROWS);
  });

  it.each([
    [['--map', 'Nama Bahan'], /is not of the form/],
    [['--map', 'Nama Bahan=MATERIAL_TITEL'], /no name of a column .* looks like one \(title\)/],
    [['--map', 'Nama Barang=Judul'], /No column of "Katalog" is headed "Nama Barang" .*Penulis/],
    [['--add', 'Harga'], /"Harga" is no column of the catalog/],
    [['--header-row', '0'], /header row 0 is not a row/],
    [['--aply'], /Unknown option '--aply'[^]*npm run sheet:prepare/],
  ])('says what is wrong and what to do for the arguments %j', async (args, expected) => {
    harness = await startHarness(ROWS);
    const { code, text } = await harness.command(args);
    expect(code).toBe(1);
    expect(text).toMatch(expected);
  });

  it('names a tab that is not there, and every variable that is missing', async () => {
    harness = await startHarness(ROWS);
    const { text } = await harness.command([], { GOOGLE_SHEETS_TAB: 'Lain' });
    expect(text).toMatch(/no tab "Lain" \(it has: "Katalog"\)/);
    const unset = await harness.command([], { GOOGLE_SERVICE_ACCOUNT_JSON: '' });
    expect(unset.text).toMatch(/GOOGLE_SERVICE_ACCOUNT_JSON is not set/);
  });

  it('says that no row looks like a header', async () => {
    harness = await startHarness([['Daftar belanja'], ['beras', '5 kg']]);
    const { code, text } = await harness.command([]);
    expect(code).toBe(1);
    expect(text).toMatch(/No row of the first 20 of "Katalog" looks like a header/);
  });
});
