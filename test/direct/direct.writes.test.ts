import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod/v4-mini';
import { writeMaterials, type DirectRequest } from '../../core/index.ts';
import { aHost, HEADER, startHarness, typed, type Harness } from '../harness/direct.ts';

const ID = '01980000-0000-7000-8000-000000000001';
const OTHER = '01980000-0000-7000-8000-000000000002';

let harness: Harness;
afterEach(() => harness.stop());

const write = (request: DirectRequest, lenient = false) =>
  writeMaterials(harness.open(), request, aHost(), { lenient });

const item = (title: string, more: object = {}) => ({
  subject: 'IPA',
  title,
  type: 'Video',
  level: 'Fase C',
  ...more,
});

/** Texts of characters that take six characters each in JSON. */
const LONG = Object.fromEntries(
  ['description', 'theme', 'subtheme', 'url'].map((name) => [name, '\u0001'.repeat(50_000)]),
);

describe('Direct mode', () => {
  it('writes any number of items with as many requests as one', async () => {
    harness = await startHarness([HEADER, typed('Daun', { MATERIAL_ID: ID })]);
    await write({ operation: 'create', items: [item('Yang pertama')] });
    const counts = [];
    for (const count of [1, 200]) {
      await harness.forgetRequests();
      const items = Array.from({ length: count }, (_, n) => item(`Bagian ${n} dari ${count}`));
      const results = await write({ operation: 'createOrUpdate', key: ['title'], items });
      expect(new Set(results.map(({ kind }) => kind))).toEqual(new Set(['created']));
      counts.push((await harness.requests())['sheets']);
    }
    const few = { 'values.batchGet': 1, batchUpdate: 1 };
    expect(counts).toEqual([few, few]);
    expect(await harness.column('MATERIAL_TITLE')).toHaveLength(203);
  });

  it('gives the previous text of each cell that it wrote', async () => {
    harness = await startHarness([
      HEADER,
      typed('Daun', { MATERIAL_ID: ID, MATERIAL_DESC: 'Lama', 'Catatan Guru': 'Pinjam' }),
    ]);
    const [result] = await write({
      operation: 'update',
      items: [{ id: ID, description: 'Baru', 'Catatan Guru': '', type: 'Video', theme: null }],
    });
    expect(result).toMatchObject({
      kind: 'updated',
      id: ID,
      before: { description: 'Lama', 'Catatan Guru': 'Pinjam' },
      row: { row: 1, fields: { description: 'Baru', type: 'Video' }, metadata: {} },
    });
    expect(result).not.toHaveProperty('before.type');
  });

  it('sends no write where nothing would change', async () => {
    harness = await startHarness([HEADER, typed('Daun', { MATERIAL_ID: ID })]);
    const [result] = await write({ operation: 'update', items: [{ id: ID, title: ' Daun ' }] });
    expect(result).toMatchObject({ kind: 'unchanged', before: {} });
    expect(await harness.requests()).not.toHaveProperty('sheets.batchUpdate');
  });

  it('keeps the id of a row when joined items bring ids of other rows', async () => {
    harness = await startHarness([HEADER, typed('Daun', { MATERIAL_ID: ID })]);
    const items = ['3', '4'].map((end) => ({ id: `${ID.slice(0, -1)}${end}`, title: 'Daun' }));
    const results = await write({
      operation: 'createOrUpdate',
      key: ['title'],
      items: items.map((one, n) => ({ ...one, theme: `Tema ${n}` })),
    });
    expect(results).toMatchObject([
      { kind: 'updated', id: ID },
      { kind: 'updated', id: ID },
    ]);
    expect(await harness.column('MATERIAL_ID')).toEqual([ID]);
    expect(await harness.column('MATERIAL_THEME')).toEqual(['Tema 1']);
  });

  it('writes the column of exactly this name where two differ only in case', async () => {
    harness = await startHarness([
      [...HEADER, 'catatan guru'],
      [...typed('Daun', { MATERIAL_ID: ID, 'Catatan Guru': 'Pinjam' }), 'Lama'],
    ]);
    await write({ operation: 'update', items: [{ id: ID, 'catatan guru': 'Baru' }] });
    expect(await harness.column('Catatan Guru')).toEqual(['Pinjam']);
    expect(await harness.column('catatan guru')).toEqual(['Baru']);
  });

  it('matches by several columns, and joins items with one key', async () => {
    harness = await startHarness([HEADER, typed('Daun'), typed('Daun', { SUBJECT_NAME: 'Seni' })]);
    const results = await write({
      operation: 'createOrUpdate',
      key: ['MATERIAL_TITLE', 'subject'],
      items: [
        { title: 'Daun', subject: 'Seni', description: 'Satu', theme: 'Tema' },
        { title: 'Akar', subject: 'IPA' },
        { title: 'Daun', subject: 'Seni', description: 'Dua' },
      ],
    });
    expect(results.map(({ kind }) => kind)).toEqual(['updated', 'created', 'updated']);
    expect(await harness.column('MATERIAL_DESC')).toEqual(['', 'Dua', '']);
    expect(await harness.column('MATERIAL_THEME')).toEqual(['', 'Tema', '']);
    const ids = await harness.column('MATERIAL_ID');
    expect(ids.slice(1).every((id) => id !== '')).toBe(true);
  });

  it.each<[string, DirectRequest, object]>([
    [
      'one with a column that is not there, by name',
      { operation: 'create', items: [item('Akar'), item('Batang', { Judull: 'x' })] },
      { item: 1, refusal: { code: 'column_missing', message: expect.stringContaining('Judull') } },
    ],
    [
      'one with a value that no cell can hold',
      { operation: 'create', items: [item('Akar'), item('B', { theme: 'x'.repeat(50_001) })] },
      {
        item: 1,
        refusal: { code: 'invalid_value', message: expect.stringContaining('MATERIAL_THEME') },
      },
    ],
    [
      'one whose key another has, if they are not to be joined',
      {
        operation: 'createOrUpdate',
        key: ['title'],
        items: [item('Akar'), item('Akar')],
        duplicates: 'refuse',
      },
      { item: 1, refusal: { code: 'duplicate', message: expect.stringContaining('item 0') } },
    ],
    [
      'one that matches two rows, naming them',
      { operation: 'update', key: ['title'], items: [item('Daun', { theme: 'x' })] },
      { item: 0, refusal: { code: 'ambiguous', message: expect.stringMatching(/2 and 3/) } },
    ],
    [
      'one that matches no row',
      { operation: 'update', items: [{ id: OTHER, theme: 'x' }] },
      { item: 0, refusal: { code: 'not_found' } },
    ],
    [
      'one to be created or updated whose id is empty, naming its column',
      { operation: 'createOrUpdate', items: [item('Akar', { id: '' })] },
      {
        item: 0,
        refusal: { code: 'key_missing', message: expect.stringContaining('MATERIAL_ID') },
      },
    ],
    [
      'one to be updated that brings nothing beside its key',
      { operation: 'update', key: ['title'], items: [{ title: 'Daun' }] },
      {
        item: 0,
        refusal: { code: 'nothing_to_write', message: expect.stringContaining('MATERIAL_TITLE') },
      },
    ],
    [
      'one with a misspelt column, suggesting the right one',
      { operation: 'create', items: [item('Akar', { MATERIAL_DECS: 'x' })] },
      {
        item: 0,
        refusal: {
          code: 'column_missing',
          message: 'The sheet has no column MATERIAL_DECS. Did you mean MATERIAL_DESC?',
        },
      },
    ],
    [
      'one with a NUL character',
      { operation: 'create', items: [item('Akar', { theme: 'a\0b' })] },
      {
        item: 0,
        refusal: { code: 'invalid_value', message: expect.stringContaining('MATERIAL_THEME') },
      },
    ],
    [
      'one with half of a surrogate pair',
      { operation: 'create', items: [item('Akar', { 'Catatan Guru': '\ud800' })] },
      {
        item: 0,
        refusal: { code: 'invalid_value', message: expect.stringContaining('Catatan Guru') },
      },
    ],
    [
      'one whose texts are more than a request can hold',
      {
        operation: 'create',
        items: [item('Akar', { 'Catatan Guru': '\u0001'.repeat(50_000), ...LONG })],
      },
      { item: 0, refusal: { code: 'invalid_value', message: expect.stringContaining('1400000') } },
    ],
    [
      'one without what it is matched by',
      { operation: 'update', key: ['title'], items: [{ theme: 'x' }] },
      {
        item: 0,
        refusal: { code: 'key_missing', message: expect.stringContaining('MATERIAL_TITLE') },
      },
    ],
  ])('writes none of the items when it refuses %s', async (_, request, refusal) => {
    harness = await startHarness([HEADER, typed('Daun'), typed('Daun')]);
    const before = await harness.rows();
    await expect(write(request)).rejects.toMatchObject(refusal);
    expect(await harness.rows()).toEqual(before);
  });

  it('names columns as the sheet has them', async () => {
    harness = await startHarness([
      HEADER.map((name) => (name === 'MATERIAL_TITLE' ? 'Judul Materi' : name)),
      typed('Daun'),
    ]);
    const misspelt = write({ operation: 'create', items: [{ Judl_Materi: 'Akar' }] });
    await expect(misspelt).rejects.toThrow('Did you mean Judul Materi?');
    const keyless = write({ operation: 'update', key: ['title'], items: [{ theme: 'x' }] });
    await expect(keyless).rejects.toThrow('Judul Materi is empty in this item');
  });

  it('names a bounded number of columns, each cut short', async () => {
    const further = Array.from({ length: 60 }, (_, n) => `${'Kolom '.repeat(100)}${n}`);
    harness = await startHarness([[...HEADER, ...further], typed('Daun')]);
    const wrong = write({ operation: 'create', items: [item('Akar', { ['x'.repeat(1e6)]: 'y' })] });
    const error: unknown = await wrong.catch((thrown: unknown) => thrown);
    expect(String(error).length).toBeLessThan(2_000);
  });

  it('writes the other items where it is lenient', async () => {
    harness = await startHarness([HEADER, typed('Daun'), typed('Daun')]);
    const items = [item('Akar'), item('Daun'), item('Batang', { Judull: 'x' })];
    const results = await write({ operation: 'createOrUpdate', key: ['title'], items }, true);
    expect(results).toMatchObject([
      { kind: 'created' },
      { kind: 'refused', code: 'ambiguous' },
      { kind: 'refused', code: 'column_missing' },
    ]);
    expect(await harness.column('MATERIAL_TITLE')).toEqual(['Daun', 'Daun', 'Akar']);
  });

  it('finds a row again that it made with the title of a total', async () => {
    harness = await startHarness([HEADER]);
    const request = {
      operation: 'createOrUpdate',
      key: ['title'],
      items: [{ title: 'Jumlah' }],
    } as const;
    const kinds = [];
    for (let run = 0; run < 2; run += 1) {
      const [result] = await writeMaterials(harness.open(), request, aHost());
      kinds.push(result?.kind);
    }
    expect(kinds).toEqual(['created', 'unchanged']);
    expect(await harness.column('MATERIAL_TITLE')).toEqual(['Jumlah']);
  });

  it('does not write a cell that holds a formula, and names the column', async () => {
    harness = await startHarness([HEADER, typed('Daun', { MATERIAL_ID: ID })]);
    await harness.person.types('C2', '=1+1');
    const [result] = await write({
      operation: 'update',
      items: [{ id: ID, description: 'Baru', theme: '=HYPERLINK("x")' }],
    });
    expect(result).toMatchObject({ kind: 'updated', formulas: ['description'] });
    expect(await harness.column('MATERIAL_DESC')).toEqual(['=1+1']);
    const { google, spreadsheetId } = harness;
    const shown = await fetch(`${google.url}/stand-in/spreadsheets/${spreadsheetId}`);
    expect(await shown.text()).toContain('=HYPERLINK(\\"x\\")');
  });

  it('gives an empty tab its columns', async () => {
    harness = await startHarness([]);
    const [result] = await write({ operation: 'create', items: [item('Akar')] });
    expect(result).toMatchObject({ kind: 'created', row: { row: 1 } });
  });

  it('changes no other cell of a messy catalog', async () => {
    const text = readFileSync(join(process.cwd(), 'test/data/catalog-messy.json'), 'utf8');
    const messy = z
      .array(z.array(z.union([z.string(), z.number(), z.boolean()])))
      .parse(JSON.parse(text));
    harness = await startHarness(messy.map((cells) => cells.map(String)));
    const before = await harness.rows();
    await write({
      operation: 'createOrUpdate',
      key: ['title'],
      items: [{ title: 'Nilai tempat puluhan', theme: 'Bilangan' }, item('Materi baru')],
    });
    const after = await harness.rows();
    const added = after.findIndex((cells) => cells.includes('Materi baru'));
    const rest = after.filter((_, row) => row !== added);
    const width = before[1]?.length ?? 0;
    const kept = rest.map((cells) => cells.slice(0, width));
    const expected = before.map((cells, row) => {
      const changed = [...cells];
      if (row === 3) changed[5] = 'Bilangan';
      return changed;
    });
    const trimmed = (rows: unknown[][]) =>
      rows.map((cells) => cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1));
    expect(trimmed(kept)).toEqual(trimmed(expected));
  });
});
