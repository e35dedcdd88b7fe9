import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql, type Kysely } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { planBatch, SheetError } from '../../core/index.ts';
import type { Database } from '../db/schema.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { emptyTables, HEADER, startHarness, type Harness } from '../../test/harness/sync.ts';

const SUMMARY = HEADER.indexOf('AI_SUMMARY');
const DESCRIPTION = HEADER.indexOf('MATERIAL_DESC');
const SHEET = [
  HEADER,
  ...['Satu', 'Dua', 'Tiga'].map((title) => ['IPA', title, `Tentang ${title}`, 'Video', 'Fase C']),
];

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

async function settled() {
  harness = await startHarness(db, SHEET);
  const api = harness.instance();
  await api.settle();
  return api;
}
const known = (title: string) =>
  db.selectFrom('materials').selectAll().where('title', '=', title).executeTakeFirstOrThrow();
const openWrites = () =>
  db.selectFrom('sheetWrites').select('id').where('settledAt', 'is', null).execute();
const outcomes = async () =>
  (await db.selectFrom('sheetWrites').select('outcome').orderBy('createdAt').execute()).map(
    ({ outcome }) => outcome,
  );

describe('a batch', () => {
  it('settles a batch by its own answer, in the cycle that sends it', async () => {
    const api = await settled();
    const { id } = await known('Dua');
    await harness.analysed(id, 'Ringkasan');
    await api.cycle();
    expect(await openWrites()).toEqual([]);
    expect(await known('Dua')).toMatchObject({
      pending: {},
      base: expect.objectContaining({ aiSummary: 'Ringkasan' }),
    });
  });

  it('rolls back a batch that hit a pasted row in the same cycle, and restores the pasted text', async () => {
    const api = await settled();
    await harness.edited((await known('Dua')).id, 'Dari portal');
    await api.cycleWith(async () => {
      await harness.person.insertsRow(2);
      for (const [at, text] of ['IPA', 'Baru', 'Tulisan guru', 'Video', 'Fase C'].entries()) {
        await harness.person.types(`${String.fromCharCode(65 + at)}3`, text);
      }
    });
    expect((await harness.rows())[2]?.[DESCRIPTION]).toBe('Tulisan guru');
    expect((await outcomes()).slice(-2)).toEqual(['corrected', 'confirmed']);
    await api.settle();
    const rows = (await harness.rows()).slice(1).map((cells) => [cells[1], cells[DESCRIPTION]]);
    expect(rows).toEqual([
      ['Satu', 'Tentang Satu'],
      ['Baru', 'Tulisan guru'],
      ['Dua', 'Dari portal'],
      ['Tiga', 'Tentang Tiga'],
    ]);
    expect(await harness.conflicts()).toEqual(rows.map(() => ({ conflicts: {} })));
  });

  it('keeps a person’s edit made between read and write as a conflict in the same cycle, and restores it in the sheet', async () => {
    const api = await settled();
    await harness.edited((await known('Dua')).id, 'Dari portal');
    await api.cycleWith(() => harness.person.types('C3', 'Dari guru'));
    expect((await harness.rows())[2]?.[DESCRIPTION]).toBe('Dari guru');
    expect(await known('Dua')).toMatchObject({
      description: 'Dari guru',
      conflicts: { description: { sheet: 'Dari guru', portal: 'Dari portal' } },
    });
  });
});

describe('a plan that cannot land', () => {
  /** Commits a plan that is never sent, so many minutes ago. */
  async function commit(minutesAgo: number, plan: object | null = null): Promise<string> {
    const snapshot = await harness.read();
    const id = uuidv7();
    const changes = { cells: [], rows: [], nextRow: 4, metadataHeaders: [], isClosing: true };
    const planned = planBatch(id, snapshot, changes);
    await db
      .insertInto('sheetWrites')
      .values({
        id,
        number: (planned?.number ?? 0) + 5,
        plan: JSON.stringify(plan ?? { ...planned, number: (planned?.number ?? 0) + 5 }),
        createdAt: new Date(Date.now() - minutesAgo * 60_000),
      })
      .execute();
    return id;
  }

  it('settles a plan that is older than 10 minutes, and writes no batch for it', async () => {
    const api = await settled();
    const before = await outcomes();
    await commit(11);
    expect(await api.cycle()).toMatchObject({ isBusy: false });
    expect(await outcomes()).toHaveLength(before.length + 1);
    expect(await openWrites()).toEqual([]);
  });

  it('settles a plan in the form of an older version, and goes on', async () => {
    const api = await settled();
    await commit(0, { id: uuidv7(), number: 3, carbon: true });
    await harness.add('Empat');
    await api.settle();
    expect(await openWrites()).toEqual([]);
    expect((await harness.rows()).map((cells) => cells[1])).toContain('Empat');
  });
});

describe('a batch of which the answer was lost', () => {
  it('finds a batch without an answer in the next read, and does not write it twice', async () => {
    const api = await settled();
    await harness.analysed((await known('Dua')).id, 'Ringkasan');
    await harness.post('faults', {
      service: 'sheets',
      method: 'batchUpdate',
      kind: 'status',
      status: 503,
      when: 'after',
    });
    await expect(api.cycle()).rejects.toBeInstanceOf(SheetError);
    expect(await openWrites()).toHaveLength(1);
    const before = await outcomes();
    await api.cycle();
    expect(await openWrites()).toEqual([]);
    expect(await outcomes()).toHaveLength(before.length);
    expect((await harness.rows())[2]?.[SUMMARY]).toBe('Ringkasan');
  });
});

describe('a material whose row has not changed', () => {
  /** A change that only a load of the material would show, or undo. */
  const mark = (title: string) =>
    db.updateTable('materials').set({ theme: 'tidak dimuat' }).where('title', '=', title).execute();

  it('does not load a material when another row changes', async () => {
    const api = await settled();
    await mark('Tiga');
    await harness.person.types('C3', 'Diubah');
    await api.settle();
    expect(await known('Dua')).toMatchObject({ description: 'Diubah' });
    expect(await known('Tiga')).toMatchObject({ theme: 'tidak dimuat' });
  });

  it('does not load unchanged materials in an instance that has just begun to lead', async () => {
    await settled();
    await mark('Tiga');
    await harness.person.types('C3', 'Diubah');
    await harness.instance().settle();
    expect(await known('Dua')).toMatchObject({ description: 'Diubah' });
    expect(await known('Tiga')).toMatchObject({ theme: 'tidak dimuat' });
  });

  it('merges a row again if a version without digests has changed its base', async () => {
    await settled();
    await mark('Tiga');
    await sql`update materials set base = base || '{"theme": "lain"}' where title = 'Tiga'`.execute(
      db,
    );
    await harness.instance().settle();
    expect(await known('Tiga')).toMatchObject({ theme: '' });
  });

  it('does not load a material whose row has moved, and writes to its new row', async () => {
    const api = await settled();
    await mark('Tiga');
    await harness.person.insertsRow(1);
    await harness.analysed((await known('Satu')).id, 'Ringkasan');
    await api.settle();
    expect(await known('Tiga')).toMatchObject({ theme: 'tidak dimuat', missingSince: null });
    expect((await harness.rows())[2]?.[SUMMARY]).toBe('Ringkasan');
  });
});
