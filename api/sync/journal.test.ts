import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import {
  JOURNAL_SHEET_ID,
  openSheet,
  writeMaterials,
  type CatalogSheet,
} from '../../core/index.ts';
import type { Database } from '../db/schema.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { IMPATIENT } from '../../test/harness/impatientHost.ts';
import { emptyTables, HEADER, startHarness, TAB, type Harness } from '../../test/harness/sync.ts';

const ID = HEADER.indexOf('MATERIAL_ID');
const TITLE = HEADER.indexOf('MATERIAL_TITLE');
const SUMMARY = HEADER.indexOf('AI_SUMMARY');
/** The cell of the label beside a catalog of 26 columns: after two copies of it. */
const LABEL = 'BA';

const material = (title: string) => ['IPA', title, `Tentang ${title}`, 'Video', 'Fase C'];

let database: TestDatabase;
let db: Kysely<Database>;
let harness: Harness;
let api: ReturnType<Harness['instance']>;

beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
});
afterAll(() => database.drop());
beforeEach(async () => {
  await emptyTables(db);
  harness = await startHarness(db, [HEADER, material('Satu'), material('Dua'), material('Tiga')]);
  api = harness.instance();
  await api.settle();
});
afterEach(() => harness.stop());

const known = async (title: string) =>
  db.selectFrom('materials').selectAll().where('title', '=', title).executeTakeFirstOrThrow();
const summaries = async () =>
  (await harness.rows())
    .slice(1)
    .filter((cells) => cells.some((cell) => cell !== ''))
    .map((cells) => [cells[TITLE], cells[SUMMARY] ?? '']);

/** A node's run; `sheet` to play with what it reads and writes. */
const nodeWrites = (
  request: Parameters<typeof writeMaterials>[1],
  sheet = openSheet(harness.transport, TAB),
) => writeMaterials(sheet, request, IMPATIENT);
const creates = (title: string) =>
  ({ operation: 'create', items: [{ title, subject: 'IPA' }] }) as const;

/** Runs a cycle. A person changes the sheet immediately before its batch lands, and the answer is lost. */
async function loseAnswer(change: () => Promise<unknown>): Promise<void> {
  const fault = { service: 'sheets', method: 'batchUpdate', kind: 'reset', when: 'after' };
  await expect(
    api.cycleWith(async () => {
      await change();
      await harness.post('faults', fault);
    }),
  ).rejects.toMatchObject({ kind: 'unknown' });
}

describe('the next writer rolls back what the last batch wrote by mistake', () => {
  it('lets a node roll back a misplaced batch of the portal before the portal sees it', async () => {
    await harness.analysed((await known('Dua')).id, 'Ringkasan Dua');
    await loseAnswer(() => harness.person.insertsRow(1));
    expect((await summaries())[0]).toEqual(['Satu', 'Ringkasan Dua']);
    await nodeWrites(creates('Empat'));
    expect((await summaries())[0]).toEqual(['Satu', '']);
    await api.settle();
    expect(await summaries()).toEqual([
      ['Satu', ''],
      ['Dua', 'Ringkasan Dua'],
      ['Tiga', ''],
      ['Empat', ''],
    ]);
    expect(await known('Dua')).toMatchObject({ pending: {}, conflicts: {} });
  });

  it('lets a node restore a text that the portal overwrote, and the portal then keeps the conflict', async () => {
    await harness.analysed((await known('Dua')).id, 'Ringkasan Dua');
    await loseAnswer(() => harness.person.types('J3', 'Dari guru'));
    await nodeWrites(creates('Empat'));
    await api.settle();
    expect((await summaries())[1]).toEqual(['Dua', 'Dari guru']);
    expect((await known('Dua')).conflicts).toMatchObject({
      aiSummary: { sheet: 'Dari guru', portal: 'Ringkasan Dua' },
    });
  });

  it('rolls back a misplaced batch of a node that was killed', async () => {
    const { id } = await known('Dua');
    const sheet = openSheet(harness.transport, TAB);
    const killed: CatalogSheet = {
      ...sheet,
      write: async (plan, snapshot) => {
        await harness.person.insertsRow(1);
        await sheet.write(plan, snapshot);
        throw new Error('killed');
      },
    };
    const request = { operation: 'update', items: [{ id, aiSummary: 'Nyasar' }] } as const;
    expect(await nodeWrites(request, killed)).toMatchObject([
      { kind: 'failed', message: 'killed' },
    ]);
    expect((await summaries())[0]).toEqual(['Satu', 'Nyasar']);
    await api.settle();
    expect(await summaries()).toEqual([
      ['Satu', ''],
      ['Dua', ''],
      ['Tiga', ''],
    ]);
    const { aiSummary, conflicts } = await known('Satu');
    expect({ aiSummary, conflicts }).toEqual({ aiSummary: '', conflicts: {} });
  });
});

describe('the hidden tab', () => {
  it.each([
    ['its label', () => harness.person.types(`${LABEL}1`, 'apa ini?', '_materi')],
    ['what the batch meant', () => harness.person.types(`${LABEL}2`, '{}', '_materi')],
    ['all of it', () => harness.person.does({ deleteSheet: { sheetId: JOURNAL_SHEET_ID } })],
  ])('is made again when somebody spoils or deletes %s', async (_, spoil) => {
    await spoil();
    await harness.add('Empat');
    await api.settle();
    expect((await summaries()).map(([title]) => title)).toEqual(['Satu', 'Dua', 'Tiga', 'Empat']);
    await harness.analysed((await known('Satu')).id, 'Ringkasan Satu');
    await api.settle();
    expect((await summaries())[0]).toEqual(['Satu', 'Ringkasan Satu']);
  });

  const journalRange = (startRowIndex: number, endRowIndex: number) => ({
    sheetId: JOURNAL_SHEET_ID,
    startRowIndex,
    endRowIndex,
    startColumnIndex: 0,
    endColumnIndex: 26,
  });
  it.each([
    ['typed into the copy of a written cell', () => harness.person.types('J3', 'Palsu', '_materi')],
    ['typed over the copy of the header', () => harness.person.types('J1', 'Palsu', '_materi')],
    ['typed over the copy of an id', () => harness.person.types('I3', 'Palsu', '_materi')],
    [
      'sorted the copies',
      () =>
        harness.person.does({
          sortRange: {
            range: journalRange(1, 4),
            sortSpecs: [{ dimensionIndex: TITLE, sortOrder: 'ASCENDING' }],
          },
        }),
    ],
    [
      'put a row in',
      () =>
        harness.person.does({
          insertDimension: {
            range: { sheetId: JOURNAL_SHEET_ID, dimension: 'ROWS', startIndex: 1, endIndex: 2 },
            inheritFromBefore: true,
          },
        }),
    ],
  ])('is not believed after somebody %s', async (_, edit) => {
    for (const title of ['Satu', 'Dua', 'Tiga']) {
      await harness.analysed((await known(title)).id, `Ringkasan ${title}`);
    }
    await api.cycle();
    const before = await harness.rows();
    await edit();
    await api.settle();
    await nodeWrites(creates('Empat'));
    expect((await harness.rows()).slice(0, 4)).toEqual(before);
    for (const title of ['Satu', 'Dua', 'Tiga']) {
      expect(await known(title)).toMatchObject({
        pending: {},
        conflicts: {},
        aiSummary: `Ringkasan ${title}`,
      });
    }
  });
});

describe('the catalog’s tab', () => {
  it('writes to the tab with the right name, and no more to last year’s renamed tab', async () => {
    const sheetId = await harness.sheetId();
    const swapsTabs = () =>
      harness.person.does(
        { updateSheetProperties: { properties: { sheetId, title: 'Lama' }, fields: 'title' } },
        { duplicateSheet: { sourceSheetId: sheetId, newSheetName: TAB } },
      );
    await harness.add('Empat');
    expect((await api.cycleWith(swapsTabs)).refused).toMatch(/already exists/);
    await api.settle();
    expect((await harness.rows()).slice(1).map((cells) => cells[TITLE])).toEqual([
      ...['Satu', 'Dua', 'Tiga', 'Empat'],
    ]);
    expect(new Set((await harness.rows()).slice(1).map((cells) => cells[ID])).size).toBe(4);
  });

  it('keeps waiting changes while the tab is deleted at the moment of a write', async () => {
    const sheetId = await harness.sheetId();
    await harness.person.does({
      duplicateSheet: { sourceSheetId: sheetId, newSheetId: 77, newSheetName: 'Cadangan' },
    });
    await harness.add('Empat');
    const deletes = () => harness.person.does({ deleteSheet: { sheetId } });
    expect((await api.cycleWith(deletes)).refused).toMatch(/No sheet with id/);
    await expect(api.cycle()).rejects.toMatchObject({ kind: 'no_tab' });

    await harness.person.does({
      updateSheetProperties: { properties: { sheetId: 77, title: TAB }, fields: 'title' },
    });
    await api.settle();
    expect((await summaries()).map(([title]) => title)).toEqual(['Satu', 'Dua', 'Tiga', 'Empat']);
    expect(await known('Empat')).toMatchObject({ pending: {} });
  });

  it('gives a tab that is renamed at the moment of a write its name back, and writes to it', async () => {
    const sheetId = await harness.sheetId();
    await harness.add('Empat');
    await api.cycleWith(() =>
      harness.person.does({
        updateSheetProperties: { properties: { sheetId, title: 'Lain' }, fields: 'title' },
      }),
    );
    await api.settle();
    expect((await summaries()).map(([title]) => title)).toEqual(['Satu', 'Dua', 'Tiga', 'Empat']);
  });
});
