import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { HeaderError } from '../../core/index.ts';
import type { Database } from '../db/schema.ts';
import { EmptiedSheetError } from './merging.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { until } from '../../test/harness/portal.ts';
import { emptyTables, HEADER, startHarness, type Harness } from '../../test/harness/sync.ts';

const ID = HEADER.indexOf('MATERIAL_ID');
const TITLE = HEADER.indexOf('MATERIAL_TITLE');
const SUMMARY = HEADER.indexOf('AI_SUMMARY');

const material = (title: string) => ['IPA', title, `Tentang ${title}`, 'Video', 'Fase C'];
const THREE = [HEADER, material('Satu'), material('Dua'), material('Tiga')];

let database: TestDatabase;
let db: Kysely<Database>;
let harness: Harness;

beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
});
afterAll(() => database.drop());
beforeEach(async () => {
  await emptyTables(db);
});
afterEach(() => harness.stop());

const titled = async (title: string) =>
  (await harness.rows()).filter((cells) => cells[TITLE] === title);
const known = async (title: string) =>
  db.selectFrom('materials').selectAll().where('title', '=', title).executeTakeFirstOrThrow();

describe('rows', () => {
  it('gives each typed row an id, and changes nothing else in it', async () => {
    harness = await startHarness(db, THREE);
    await harness.instance().settle();
    const rows = await harness.rows();
    expect(rows.map((cells) => cells.slice(0, 5))).toEqual(THREE.map((cells) => cells.slice(0, 5)));
    expect(new Set(rows.slice(1).map((cells) => cells[ID])).size).toBe(3);
    expect((await known('Dua')).id).toBe(rows[2]?.[ID]);
  });

  it('writes each new row of the portal once, above the total, and as unchanged text', async () => {
    harness = await startHarness(db, [...THREE, [], ['', 'Total']]);
    await harness.add('=1+1', { description: '+62 @guru', metadata: { Penerbit: 'x' } });
    await harness.instance().settle();
    const rows = await harness.rows();
    expect(rows[4]?.slice(0, 3)).toEqual(['IPA', '=1+1', '+62 @guru']);
    expect(rows.at(-1)?.[TITLE]).toBe('Total');
    expect(await titled('=1+1')).toHaveLength(1);
    expect(await known('=1+1')).toMatchObject({ pending: {}, metadata: { Penerbit: 'x' } });
  });

  it('makes two materials with two ids of a copied row, and the row that was last seen keeps its id', async () => {
    harness = await startHarness(db, THREE);
    const api = harness.instance();
    await api.settle();
    const { id } = await known('Dua');
    await harness.person.insertsRow(1);
    for (const [column, text] of [...material('Dua salinan'), '', '', '', id].entries()) {
      await harness.person.types(`${String.fromCharCode(65 + column)}2`, text);
    }
    await api.settle();
    expect((await known('Dua')).id).toBe(id);
    expect((await known('Dua salinan')).id).not.toBe(id);
    expect(new Set((await harness.rows()).slice(1).map((cells) => cells[ID])).size).toBe(4);
  });

  it('adds the portal’s missing columns at the end of the sheet', async () => {
    harness = await startHarness(db, [[...HEADER.slice(0, 7), 'Catatan Guru'], material('Satu')]);
    await harness.instance().settle();
    const [header, row] = await harness.rows();
    expect(header?.slice(0, 9)).toEqual([...HEADER.slice(0, 7), 'Catatan Guru', 'MATERIAL_URL']);
    expect(row?.[header?.indexOf('MATERIAL_ID') ?? -1]).toBe((await known('Satu')).id);
  });
});

describe('many rows', () => {
  it('writes many rows that were added within a minute in two cycles and few requests', async () => {
    harness = await startHarness(db, THREE);
    const api = harness.instance();
    await api.settle();
    await Promise.all(Array.from({ length: 1_000 }, (_, number) => harness.add(`Baru ${number}`)));
    await fetch(`${harness.google.url}/stand-in/requests`, { method: 'DELETE' });
    await api.cycle();
    await api.cycle();
    const rows = await harness.rows();
    expect(rows.filter((cells) => String(cells[TITLE]).startsWith('Baru'))).toHaveLength(1_000);
    const answer = await fetch(`${harness.google.url}/stand-in/requests`);
    const { requests } = (await answer.json()) as { requests: { method: string }[] };
    expect(requests.filter(({ method }) => method === 'batchUpdate').length).toBeLessThan(30);
  });
});

describe('a write', () => {
  it('does not write twice what Google applied and answered with 503', async () => {
    harness = await startHarness(db, THREE);
    const api = harness.instance();
    await api.settle();
    await harness.add('Empat');
    await harness.post('faults', {
      service: 'sheets',
      method: 'batchUpdate',
      kind: 'status',
      status: 503,
      when: 'after',
    });
    await expect(api.cycle()).rejects.toMatchObject({ kind: 'unknown' });
    await api.settle();
    expect(await titled('Empat')).toHaveLength(1);
  });

  it('writes again what Google refused with an error', async () => {
    harness = await startHarness(db, THREE);
    const api = harness.instance();
    await harness.add('Empat');
    await harness.post('faults', {
      service: 'sheets',
      method: 'batchUpdate',
      kind: 'status',
      status: 429,
    });
    await expect(api.cycle()).rejects.toMatchObject({ kind: 'busy' });
    await api.settle();
    expect(await titled('Empat')).toHaveLength(1);
  });

  it('lets only one of the batches that were planned on one read land', async () => {
    harness = await startHarness(db, THREE);
    const [one, other] = [harness.instance(), harness.instance()];
    await one.settle();
    await harness.add('Empat');
    const refused = one.cycleWith(async () => {
      await harness.add('Lima');
      await other.cycle();
    });
    expect((await refused).refused).toMatch(/NamedRange/);
    await one.settle();
    expect(await titled('Empat')).toHaveLength(1);
    expect(await titled('Lima')).toHaveLength(1);
  });

  it('changes nothing when the batch of a dead process arrives late', async () => {
    harness = await startHarness(db, THREE);
    await harness.instance().settle();
    await harness.add('Empat');
    const { id } = await harness.post('faults', {
      service: 'sheets',
      method: 'batchUpdate',
      kind: 'hold',
    });
    const zombie = harness.instance().cycle();
    await until(async () => (await harness.held()) > 0);
    await harness.instance().settle();
    await fetch(`${harness.google.url}/stand-in/faults/${String(id)}`, { method: 'DELETE' });
    expect((await zombie).refused).toMatch(/NamedRange/);
    await harness.instance().settle();
    expect(await titled('Empat')).toHaveLength(1);
  });

  it('plans a batch anew that the leader before planned and never sent', async () => {
    harness = await startHarness(db, THREE);
    await harness.instance().settle();
    await harness.add('Empat');
    const crash = harness.instance().cycleWith(() => Promise.reject(new Error('killed')));
    await expect(crash).rejects.toThrow('killed');
    await harness.instance().settle();
    expect(await titled('Empat')).toHaveLength(1);
    expect((await known('Empat')).pending).toEqual({});
  });
});

describe('what people do between a read and its write', () => {
  const withSummary = async () => {
    harness = await startHarness(db, THREE);
    const api = harness.instance();
    await api.settle();
    await harness.analysed((await known('Dua')).id, 'Ringkasan Dua');
    return api;
  };
  const expectInPlace = async () => {
    const rows = await harness.rows();
    const header = rows[0] ?? [];
    const summaries = rows
      .slice(1)
      .map((cells) => [
        cells[header.indexOf('MATERIAL_TITLE')] ?? '',
        cells[header.indexOf('AI_SUMMARY')] ?? '',
      ])
      .filter(([title, summary]) => title !== '' || summary !== '');
    expect(summaries).toEqual([
      ['Satu', ''],
      ['Dua', 'Ringkasan Dua'],
      ['Tiga', ''],
    ]);
  };

  it('rolls a write back in the same cycle if a person inserts a row before it lands, and writes the right row in the next', async () => {
    const api = await withSummary();
    await api.cycleWith(() => harness.person.insertsRow(1));
    expect((await harness.rows()).map((cells) => cells[SUMMARY] ?? '')).not.toContain(
      'Ringkasan Dua',
    );
    await api.settle();
    await expectInPlace();
  });

  it('rolls a write back after a restart if a person inserted a row and the process died after the write', async () => {
    const api = await withSummary();
    await api.cycleWith(() => harness.person.insertsRow(1));
    await harness.instance().settle();
    await expectInPlace();
  });

  it('leaves no text in a wrong row if a person deletes a row above before the write lands', async () => {
    const api = await withSummary();
    await api.cycleWith(() => harness.person.deletesRow(1));
    await api.settle();
    const rows = (await harness.rows())
      .slice(1)
      .map((cells) => [cells[TITLE], cells[SUMMARY] ?? '']);
    expect(rows).toEqual([
      ['Dua', 'Ringkasan Dua'],
      ['Tiga', ''],
    ]);
  });

  it('rolls a write back if a person inserts a column before it lands, and writes the right column', async () => {
    const api = await withSummary();
    await api.cycleWith(() => harness.person.insertsColumn(2));
    await api.settle();
    await expectInPlace();
  });

  it('puts a new row into the right columns, once, if a person inserts a column before it lands', async () => {
    harness = await startHarness(db, THREE);
    const api = harness.instance();
    await api.settle();
    await harness.add('Empat', { description: 'Uraian' });
    await api.cycleWith(() => harness.person.insertsColumn(1));
    await api.settle();
    const rows = await harness.rows();
    const header = rows[0] ?? [];
    const cells = rows.flat().filter((cell) => cell === 'Empat' || cell === 'Uraian');
    expect(cells).toHaveLength(2);
    const row = rows.find((line) => line[header.indexOf('MATERIAL_TITLE')] === 'Empat');
    expect(row?.[header.indexOf('MATERIAL_DESC')]).toBe('Uraian');
  });

  it.each([
    ['a text', 'Catatan guru', 'Catatan guru'],
    ['a number', '45', 45],
    ['a formula', '=B3&"!"', '=B3&"!"'],
  ])(
    'restores %s that a person typed into the written cell, and keeps both values as a conflict',
    async (_, typed, stored) => {
      const api = await withSummary();
      await api.cycleWith(() => harness.person.types('J3', typed));
      await api.settle();
      expect((await harness.rows())[2]?.[SUMMARY]).toBe(stored);
      const { conflicts, pending, aiSummary } = await known('Dua');
      expect(conflicts).toMatchObject({ aiSummary: { sheet: typed, portal: 'Ringkasan Dua' } });
      expect(pending).toEqual({});
      expect(aiSummary).toBe(typed);
    },
  );

  it('keeps the id that a person types into a row that was to get one', async () => {
    harness = await startHarness(db, THREE);
    const theirs = '01990000-0000-7000-8000-000000000001';
    const api = harness.instance();
    await api.cycleWith(() => harness.person.types('I3', theirs));
    await api.settle();
    expect((await known('Dua')).id).toBe(theirs);
    expect((await harness.rows())[2]?.[ID]).toBe(theirs);
  });
});

describe('a sheet that cannot be synced', () => {
  it('stops with the name of a missing column, and goes on when the column is back', async () => {
    harness = await startHarness(db, THREE);
    const api = harness.instance();
    await api.settle();
    await harness.add('Empat');
    await harness.person.types('B1', 'Nama');
    await expect(api.cycle()).rejects.toBeInstanceOf(HeaderError);
    await expect(api.cycle()).rejects.toThrow(/MATERIAL_TITLE is missing from "Katalog 2026"/);
    await harness.person.types('B1', 'Judul');
    await api.settle();
    expect(await titled('Empat')).toHaveLength(1);
  });

  it('does not fill an emptied sheet with the sample catalog', async () => {
    harness = await startHarness(db, THREE);
    const api = harness.instance();
    await api.settle();
    for (let row = 0; row < THREE.length; row += 1) await harness.person.deletesRow(0);
    await expect(api.cycle()).rejects.toBeInstanceOf(EmptiedSheetError);
    expect(await harness.rows()).toEqual([]);
  });

  it('stops with the names of all tabs if its tab was renamed', async () => {
    harness = await startHarness(db, THREE);
    const { openSheet } = await import('../../core/index.ts');
    await expect(openSheet(harness.transport, 'Katalog').read()).rejects.toThrow(
      /no tab "Katalog" \(it has: "Katalog 2026"\)/,
    );
  });
});

describe('a cell with a formula', () => {
  it('never writes a cell with a formula, and keeps the portal’s value as a conflict', async () => {
    harness = await startHarness(db, THREE);
    const api = harness.instance();
    await api.settle();
    await harness.person.types('J3', '=UPPER(B3)');
    await harness.analysed((await known('Dua')).id, 'Ringkasan Dua');
    await api.settle();
    expect((await harness.rows())[2]?.[SUMMARY]).toBe('=UPPER(B3)');
    expect((await known('Dua')).conflicts).toMatchObject({
      aiSummary: { sheet: '=UPPER(B3)', portal: 'Ringkasan Dua' },
    });
  });
});
