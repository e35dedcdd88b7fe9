import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql, type Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { VanishedError } from './vanish.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { emptyTables, HEADER, startHarness, type Harness } from '../../test/harness/sync.ts';

const ID = HEADER.indexOf('MATERIAL_ID');
const material = (title: string) => ['IPA', title, `Tentang ${title}`, 'Video', 'Fase D'];
const SHEET = [HEADER, ...['Satu', 'Dua', 'Tiga', 'Empat'].map(material)];

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

const known = (title: string) =>
  db.selectFrom('materials').selectAll().where('title', '=', title).executeTakeFirstOrThrow();
const jobs = () => db.selectFrom('jobs').selectAll().orderBy('createdAt').execute();
const historyOf = (id: string) =>
  db
    .selectFrom('materialHistory')
    .select(['actor', 'field', 'before', 'after'])
    .where('materialId', '=', id as never)
    .orderBy('id')
    .execute();
const settled = async (sheet = SHEET) => {
  harness = await startHarness(db, sheet);
  const api = harness.instance();
  await api.settle();
  return api;
};

describe('a row that a person deletes', () => {
  it('marks a material as deleted two cycles after a person deleted its row, and undeletes it when the row returns', async () => {
    const api = await settled();
    const { id } = await known('Dua');
    await harness.person.deletesRow(2);
    await api.cycle();
    expect(await known('Dua')).toMatchObject({ deletedAt: null });
    await api.cycle();
    expect((await known('Dua')).deletedAt).not.toBeNull();

    await harness.person.insertsRow(2);
    for (const [column, text] of [...material('Dua'), '', '', '', id].entries()) {
      await harness.person.types(`${String.fromCharCode(65 + column)}3`, text);
    }
    await api.settle();
    expect(await known('Dua')).toMatchObject({ id, deletedAt: null, missingSince: null });
  });

  it('keeps a conflict if the portal had changed the deleted row, and writes a new row when a user keeps the portal’s value', async () => {
    const api = await settled();
    const { id } = await known('Dua');
    const edit = (description: string, revision: number) =>
      db
        .updateTable('materials')
        .set({ description, revision, pending: JSON.stringify({ description: revision }) })
        .where('id', '=', id)
        .execute();
    await edit('Diubah di portal', 2);
    await harness.person.deletesRow(2);
    await api.settle();
    const conflict = { sheet: '', portal: 'Diubah di portal' };
    expect(await known('Dua')).toMatchObject({
      deletedAt: null,
      conflicts: { description: conflict },
    });

    await edit('Diubah di portal', 3);
    await api.settle();
    const row = (await harness.rows()).find((cells) => cells[ID] === id);
    expect(row?.slice(1, 3)).toEqual(['Dua', 'Diubah di portal']);
  });

  it('keeps a conflict if the portal had changed the metadata of the deleted row', async () => {
    const api = await settled(
      SHEET.map((cells, row) => [
        ...cells,
        ...Array.from({ length: HEADER.length - cells.length }, () => ''),
        row === 0 ? 'Catatan' : 'lama',
      ]),
    );
    const { id } = await known('Dua');
    await db
      .updateTable('materials')
      .set({
        revision: 2,
        metadata: JSON.stringify({ Catatan: 'dari portal' }),
        pending: JSON.stringify({ 'metadata.Catatan': 2 }),
      })
      .where('id', '=', id)
      .execute();
    await harness.person.deletesRow(2);
    for (let cycle = 0; cycle < 3; cycle += 1) await api.cycle();
    expect(await known('Dua')).toMatchObject({
      deletedAt: null,
      conflicts: { 'metadata.Catatan': { sheet: '', portal: 'dari portal' } },
    });
  });

  it('stops the sync if more than a fifth of all rows vanish at once, until an admin confirms', async () => {
    const many = [HEADER, ...Array.from({ length: 20 }, (_, n) => material(`Materi ${n}`))];
    const api = await settled(many);
    for (let row = 0; row < 5; row += 1) await harness.person.deletesRow(1);
    await expect(api.cycle()).rejects.toBeInstanceOf(VanishedError);
    await expect(api.cycle()).rejects.toThrow(/5 of 20 materials vanished/);
    expect(await known('Materi 0')).toMatchObject({ missingSince: null });

    await db.updateTable('catalogState').set({ confirmedAt: new Date() }).execute();
    await api.cycle();
    await api.cycle();
    expect((await known('Materi 0')).deletedAt).not.toBeNull();
  });
});

describe('what people type into the sheet', () => {
  it('opens one analysis and sends one event when a person has stopped typing, and records each change in the history', async () => {
    const api = await settled();
    expect(await jobs()).toEqual([]);
    await harness.person.types('C3', 'Uraian');
    await api.cycle();
    await harness.person.types('C3', 'Uraian baru');
    await api.cycle();
    const { id, textHash, revision } = await known('Dua');
    const open = await jobs();
    expect(open).toMatchObject([{ materialId: id, userId: null, textHash, stage: 'queued' }]);
    expect(open[0]?.nextAt?.getTime()).toBeGreaterThan(Date.now() + 5_000);
    expect(revision).toBe(3);
    const told = await db.selectFrom('materialUpdates').selectAll().execute();
    expect(told).toMatchObject([{ materialId: id, revision: 3 }]);
    expect(told[0]?.nextAt.getTime()).toBeGreaterThan(Date.now() + 5_000);
    expect(await historyOf(id)).toEqual([
      { actor: 'sheet', field: 'description', before: 'Tentang Dua', after: 'Uraian' },
      { actor: 'sheet', field: 'description', before: 'Uraian', after: 'Uraian baru' },
    ]);
  });

  it('makes a material of a typed row, sends material.created and opens an analysis', async () => {
    const api = await settled();
    for (const [column, text] of material('Lima').entries()) {
      await harness.person.types(`${String.fromCharCode(65 + column)}6`, text);
    }
    await api.settle();
    const { id } = await known('Lima');
    expect(await jobs()).toMatchObject([
      { materialId: id, kind: 'analyze', announceAt: expect.any(Date) },
    ]);
    expect(await historyOf(id)).toContainEqual({
      actor: 'sheet',
      field: 'title',
      before: null,
      after: 'Lima',
    });
  });

  it('opens no analyses for the old rows of a sheet that is new to the portal, also if their ids take several batches', async () => {
    const text = 'panjang '.repeat(60);
    const many = Array.from({ length: 4_000 }, (_, n) => [
      'IPA',
      `Materi ${n}`,
      text,
      'Video',
      'A',
    ]);
    harness = await startHarness(db, [HEADER, ...many]);
    await harness.instance().settle();
    const writes = await db.selectFrom('sheetWrites').select('id').execute();
    expect(writes.length).toBeGreaterThan(1);
    expect(await harness.shown()).toHaveLength(4_000);
    expect(await jobs()).toEqual([]);
  });

  it('opens no analysis for what a person types into the AI columns', async () => {
    const api = await settled();
    await harness.person.types('J3', 'Ringkasan guru');
    await api.settle();
    expect(await known('Dua')).toMatchObject({ aiSummary: 'Ringkasan guru' });
    expect(await jobs()).toEqual([]);
  });
});

describe('ids that were sorted away from their rows', () => {
  it('puts ids back beside their texts after a person sorted the id column alone', async () => {
    const api = await settled();
    const before = (await harness.rows()).map((cells) => [cells[1], cells[ID]]);
    const [, one, two, three] = (await harness.rows()).map((cells) => String(cells[ID]));
    for (const [row, id] of [three, one, two].entries()) {
      await harness.person.types(`I${row + 2}`, id ?? '');
    }
    await api.settle();
    expect((await harness.rows()).map((cells) => [cells[1], cells[ID]])).toEqual(before);
    expect(await jobs()).toEqual([]);
    expect((await known('Satu')).id).toBe(one);
  });

  it('leaves a sorted id where it is if a person has rewritten the row beside it', async () => {
    const api = await settled();
    const { id } = await known('Dua');
    await harness.person.types('B3', 'Judul lain');
    await harness.person.types('C3', 'Uraian lain');
    await api.settle();
    expect((await known('Judul lain')).id).toBe(id);
  });
});

describe('a copy that a person makes of a new row of the portal', () => {
  it('gives a copied row its own id before the first write is confirmed, and keeps the text typed into the copy', async () => {
    const api = await settled();
    const id = await harness.add('Lima');
    await api.cycle();
    const row = (await harness.rows()).at(-1) ?? [];
    for (const [column, text] of row.entries()) {
      if (text !== '')
        await harness.person.types(`${String.fromCharCode(65 + column)}7`, String(text));
    }
    await harness.person.types('C7', 'Tulisan guru');
    await api.settle();
    const copies = (await harness.rows()).filter((cells) => cells[1] === 'Lima');
    expect(copies.map((cells) => cells[2])).toEqual(['', 'Tulisan guru']);
    expect(copies[0]?.[ID]).toBe(id);
    expect(new Set(copies.map((cells) => cells[ID])).size).toBe(2);
    expect(await harness.shown()).toHaveLength(6);
  });
});

describe('an id in capitals', () => {
  it('takes an id in capitals for the same id, and still writes new materials', async () => {
    const api = await settled();
    const { id } = await known('Dua');
    await harness.person.types('I3', id.toUpperCase());
    await harness.add('Lima');
    await api.settle();
    expect(await known('Dua')).toMatchObject({ id, missingSince: null, deletedAt: null });
    expect((await harness.rows()).map((cells) => cells[1])).toContain('Lima');
    expect((await api.cycle()).problems).toEqual([]);
  });
});

describe('a row that PostgreSQL refuses to store', () => {
  it('reports a row that PostgreSQL cannot store, syncs all other rows, and stores the row when it changes', async () => {
    const api = await settled();
    await sql`create or replace function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'refused'; end $$`.execute(db);
    await sql`create trigger refuse before update or insert on materials for each row
      when (new.description = 'Racun') execute function refuse()`.execute(db);
    await harness.person.types('C3', 'Racun');
    await harness.person.types('C4', 'Diubah');
    await harness.add('Lima');
    await api.settle();
    const { problems, faults } = await api.cycle();
    expect(problems).toEqual([
      { rowNumber: 3, kind: 'unusable', message: expect.stringContaining('Row 3') },
    ]);
    expect(faults).toEqual([]);
    expect(await known('Dua')).toMatchObject({ description: 'Tentang Dua', deletedAt: null });
    expect(await known('Tiga')).toMatchObject({ description: 'Diubah' });
    expect((await harness.rows()).map((cells) => cells[1])).toContain('Lima');

    await harness.person.types('C3', 'Penawar');
    await api.settle();
    expect(await known('Dua')).toMatchObject({ description: 'Penawar' });
    expect((await api.cycle()).problems).toEqual([]);
    await sql`drop trigger refuse on materials`.execute(db);
  });
});

describe('an id that a person clears', () => {
  const idOf = async (title: string) =>
    (await harness.rows()).find((cells) => cells[1] === title)?.[ID];

  it('writes a cleared id back to its row, and neither makes nor deletes a material', async () => {
    const api = await settled();
    const { id } = await known('Dua');
    await harness.person.types('I3', '');
    await api.settle();
    expect(await idOf('Dua')).toBe(id);
    expect(await harness.shown()).toHaveLength(4);
    expect((await known('Dua')).missingSince).toBeNull();
  });

  it('writes a cleared id back also if a person changed one text of the row, and merges that text', async () => {
    const api = await settled();
    const { id } = await known('Dua');
    await harness.person.types('I3', '');
    await harness.person.types('C3', 'Uraian baru');
    await api.settle();
    expect(await idOf('Dua')).toBe(id);
    expect(await known('Dua')).toMatchObject({ id, description: 'Uraian baru' });
  });

  it('makes new ids for two equal rows whose ids were cleared, because nothing shows which row had which id', async () => {
    const twice = [...SHEET, material('Dua')];
    const api = await settled(twice);
    const before = (await harness.rows()).map((cells) => cells[ID]);
    await harness.person.types('I3', '');
    await harness.person.types('I6', '');
    await api.settle();
    const after = (await harness.rows()).map((cells) => cells[ID]);
    expect(before).not.toContain(after[2]);
    expect(before).not.toContain(after[5]);
  });

  it('writes all ids back if a person clears the whole column', async () => {
    const api = await settled();
    const before = (await harness.rows()).map((cells) => cells[ID]);
    for (const row of [2, 3, 4, 5]) await harness.person.types(`I${row}`, '');
    await api.settle();
    expect((await harness.rows()).map((cells) => cells[ID])).toEqual(before);
  });
});

describe('a further column', () => {
  const WITH_NOTES = SHEET.map((cells, row) => [
    ...cells,
    ...Array.from({ length: HEADER.length - cells.length }, () => ''),
    row === 0 ? 'Catatan Guru' : 'lama',
  ]);
  const edit = (id: string, note: string, revision: number) =>
    db
      .updateTable('materials')
      .set({
        revision,
        metadata: JSON.stringify({ 'Catatan Guru': note, Penerbit: 'tanpa kolom' }),
        pending: JSON.stringify({
          'metadata.Catatan Guru': revision,
          'metadata.Penerbit': revision,
        }),
      })
      .where('id', '=', id as never)
      .execute();

  it('writes the portal’s metadata into the sheet’s column, and keeps metadata without a column in the portal alone', async () => {
    const api = await settled(WITH_NOTES);
    const { id } = await known('Dua');
    await edit(id, 'baru', 2);
    await api.settle();
    expect((await harness.rows())[2]?.[HEADER.length]).toBe('baru');
    expect(await known('Dua')).toMatchObject({
      metadata: { 'Catatan Guru': 'baru', Penerbit: 'tanpa kolom' },
      pending: {},
    });
  });

  it('writes metadata that the portal alone had into a column that a person adds', async () => {
    const api = await settled(WITH_NOTES);
    const { id } = await known('Dua');
    await edit(id, 'baru', 2);
    await api.settle();
    await harness.person.types('P1', 'Penerbit');
    await api.settle();
    expect((await harness.rows())[2]?.[HEADER.length + 1]).toBe('tanpa kolom');
    expect(await known('Dua')).toMatchObject({
      metadata: { Penerbit: 'tanpa kolom' },
      pending: {},
      conflicts: {},
    });
  });

  it('keeps a conflict if a person adds a column with another text than the portal’s', async () => {
    const api = await settled(WITH_NOTES);
    const { id } = await known('Dua');
    await edit(id, 'baru', 2);
    await api.settle();
    await harness.person.types('P1', 'Penerbit');
    await harness.person.types('P3', 'Erlangga');
    await api.settle();
    expect((await harness.rows())[2]?.[HEADER.length + 1]).toBe('Erlangga');
    expect((await known('Dua')).conflicts).toMatchObject({
      'metadata.Penerbit': { sheet: 'Erlangga', portal: 'tanpa kolom' },
    });
  });

  it('keeps a conflict if a person changed the same metadata cell, and the sheet keeps the person’s text', async () => {
    const api = await settled(WITH_NOTES);
    const { id } = await known('Dua');
    await edit(id, 'portal', 2);
    await harness.person.types('O3', 'guru');
    await api.settle();
    expect((await harness.rows())[2]?.[HEADER.length]).toBe('guru');
    expect((await known('Dua')).conflicts).toMatchObject({
      'metadata.Catatan Guru': { sheet: 'guru', portal: 'portal' },
    });
  });
});

describe('the hidden tab', () => {
  it('writes new materials also after a person removed the hidden tab', async () => {
    const api = await settled();
    for (const title of ['Lima', 'Enam', 'Tujuh']) {
      await harness.add(title);
      await api.settle();
    }
    const { tabs } = await harness.transport.describe();
    const hidden = tabs.find(({ title }) => title === '_materi');
    await harness.person.does({ deleteSheet: { sheetId: hidden?.sheetId } });
    for (let count = 0; count < 6; count += 1) {
      await harness.add(`Sesudah ${count}`);
      await api.settle();
    }
    const titles = (await harness.rows()).map((cells) => String(cells[1]));
    expect(titles.filter((title) => title.startsWith('Sesudah'))).toHaveLength(6);
  });
});
