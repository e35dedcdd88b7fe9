import { afterEach, describe, expect, it } from '@jest/globals';
import { SheetError, writeMaterials, type CatalogSheet } from '../../core/index.ts';
import { aHost, HEADER, startHarness, typed, type Harness } from '../harness/direct.ts';

const ID = '01980000-0000-7000-8000-000000000001';
const OTHER = '01980000-0000-7000-8000-000000000002';

let harness: Harness;
afterEach(() => harness.stop());

const twoRows = () =>
  startHarness([
    HEADER,
    typed('Daun', { MATERIAL_ID: ID, MATERIAL_DESC: 'Tentang daun' }),
    typed('Akar', { MATERIAL_ID: OTHER, MATERIAL_DESC: 'Tentang akar' }),
  ]);

const updateAkar = (before: () => Promise<unknown>, host = aHost()) =>
  writeMaterials(
    harness.open(before),
    { operation: 'update', items: [{ id: OTHER, description: 'Baru' }] },
    host,
  );

/** A process that is killed when its write has landed, before it sees the answer. */
function killedAfterItsWrite(sheet: CatalogSheet): CatalogSheet {
  return {
    ...sheet,
    write: async (plan, sheetState) => {
      await sheet.write(plan, sheetState);
      throw new Error('killed');
    },
  };
}

describe('Direct mode while other people and writers change the sheet', () => {
  it('keeps all rows of eight writers that begin at once', async () => {
    harness = await twoRows();
    const writers = Array.from({ length: 8 }, (_, writer) =>
      writeMaterials(
        harness.open(),
        {
          operation: 'createOrUpdate',
          key: ['title'],
          items: Array.from({ length: 5 }, (_, n) => ({
            title: `Materi ${writer}-${n}`,
            subject: 'IPA',
          })),
        },
        aHost(),
      ),
    );
    const results = (await Promise.all(writers)).flat();
    expect(results.map(({ kind }) => kind)).toEqual(results.map(() => 'created'));
    const titles = await harness.column('MATERIAL_TITLE');
    expect(titles).toHaveLength(42);
    expect(new Set(titles).size).toBe(42);
    expect(new Set(await harness.column('MATERIAL_ID')).size).toBe(42);
  });

  it('makes one row where eight writers bring the same key at once', async () => {
    harness = await twoRows();
    const request = {
      operation: 'createOrUpdate',
      key: ['title'],
      items: [{ title: 'Batang', subject: 'IPA' }],
    } as const;
    const results = await Promise.all(
      Array.from({ length: 8 }, () => writeMaterials(harness.open(), request, aHost())),
    );
    expect(await harness.column('MATERIAL_TITLE')).toEqual(['Daun', 'Akar', 'Batang']);
    const ids = results.flat().map((result) => ('id' in result ? result.id : null));
    expect(new Set(ids).size).toBe(1);
  });

  it.each([
    ['a row inserted above', () => harness.person.insertsRow(1), 3],
    ['a row deleted above', () => harness.person.deletesRow(1), 1],
    ['a column inserted before', () => harness.person.insertsColumn(1), 2],
  ])(
    'finds its row again after %s since the read, and rolls its misplaced write back',
    async (_, act, at) => {
      harness = await twoRows();
      const [result] = await updateAkar(act);
      expect(result).toMatchObject({ kind: 'updated', before: { description: 'Tentang akar' } });
      const rows = await harness.rows();
      const akar = rows.findIndex((cells) => cells.includes('Akar'));
      expect(akar).toBe(at);
      expect(rows[akar]).toContain('Baru');
      const others = rows.filter((cells, row) => row !== akar && cells.includes('Baru'));
      expect(others).toEqual([]);
      const daun = rows.find((cells) => cells.includes('Daun'));
      if (at !== 1) expect(daun).toContain('Tentang daun');
    },
  );

  it('restores the header where a person inserted a row above it', async () => {
    harness = await twoRows();
    const request = { operation: 'update', items: [{ id: ID, description: 'Baru' }] } as const;
    const act = () => harness.person.insertsRow(0);
    const [result] = await writeMaterials(harness.open(act), request, aHost());
    expect(result).toMatchObject({ kind: 'updated', before: { description: 'Tentang daun' } });
    const rows = await harness.rows();
    expect(rows[1]).toEqual(HEADER);
    expect(rows.slice(2).map((cells) => cells[2])).toEqual(['Baru', 'Tentang akar']);
  });

  it('restores a header that a new column overwrote where a person inserted a column', async () => {
    const seven = HEADER.slice(0, 7);
    harness = await startHarness([seven, typed('Daun').slice(0, 7)]);
    const request = {
      operation: 'update',
      key: ['title'],
      items: [{ title: 'Daun', description: 'Baru' }],
    } as const;
    const act = () => harness.person.insertsColumn(1);
    const [result] = await writeMaterials(harness.open(act), request, aHost());
    expect(result).toMatchObject({ kind: 'updated' });
    expect((await harness.rows())[0]?.slice(0, 8)).toEqual([seven[0], '', ...seven.slice(1)]);
  });

  it('restores the cell that it wrote and not another cell with the same text', async () => {
    const further = (title: string, id: string, printed: string) => [
      ...typed(title, { MATERIAL_ID: id }),
      ...[printed, 'Tidak'],
    ];
    harness = await startHarness([
      [...HEADER, 'Dicetak', 'Diperiksa'],
      further('Daun', ID, 'Ya'),
      further('Akar', OTHER, 'Tidak'),
    ]);
    const request = { operation: 'update', items: [{ id: OTHER, Diperiksa: 'Ya' }] } as const;
    await writeMaterials(
      harness.open(() => harness.person.insertsRow(0)),
      request,
      aHost(),
    );
    const rows = await harness.rows();
    expect(rows.slice(2).map((cells) => cells.slice(HEADER.length))).toEqual([
      ['Ya', 'Tidak'],
      ['Tidak', 'Ya'],
    ]);
  });

  it('restores what it overwrote also if another writer wrote before it had its answer', async () => {
    harness = await twoRows();
    const overtaken = harness.open(
      () => harness.person.insertsRow(1),
      () => {
        const items = [{ title: 'Batang', subject: 'IPA' }];
        return writeMaterials(harness.open(), { operation: 'create', items }, aHost());
      },
    );
    const request = { operation: 'update', items: [{ id: OTHER, description: 'Baru' }] } as const;
    const [result] = await writeMaterials(overtaken, request, aHost());
    expect(result).toMatchObject({ kind: 'updated', before: { description: 'Tentang akar' } });
    const titles = ['', 'Daun', 'Akar', 'Batang'];
    expect(await harness.column('MATERIAL_TITLE')).toEqual(titles);
    expect(await harness.column('MATERIAL_DESC')).toEqual(['', 'Tentang daun', 'Baru', '']);
  });

  it.each([
    ['a row inserted above', () => harness.person.insertsRow(1)],
    ['a row deleted above', () => harness.person.deletesRow(1)],
    ['a column inserted before', () => harness.person.insertsColumn(1)],
  ])('killed right after its write, is rolled back by the next run after %s', async (_, act) => {
    harness = await twoRows();
    const killed = killedAfterItsWrite(harness.open(act));
    const request = { operation: 'update', items: [{ id: OTHER, description: 'Baru' }] } as const;
    expect(await writeMaterials(killed, request, aHost())).toMatchObject([{ message: 'killed' }]);
    const [result] = await writeMaterials(
      harness.open(),
      { operation: 'create', items: [{ title: 'Batang', subject: 'IPA' }] },
      aHost(),
    );
    expect(result).toMatchObject({ kind: 'created' });
    const cells = (await harness.rows()).flat();
    expect(cells).not.toContain('Baru');
    expect(cells).toContain('Tentang akar');
    expect(cells.filter((cell) => cell === 'Tentang daun')).toHaveLength(
      cells.includes('Daun') ? 1 : 0,
    );
  });

  it("restores a person's edit of the same cell, and reports both texts", async () => {
    harness = await twoRows();
    const [result] = await updateAkar(() => harness.person.types('C3', 'Dari guru'));
    expect(result).toMatchObject({
      kind: 'unchanged',
      before: {},
      conflicts: [{ field: 'description', sheet: 'Dari guru', asked: 'Baru' }],
    });
    expect(await harness.column('MATERIAL_DESC')).toEqual(['Tentang daun', 'Dari guru']);
  });

  it('does not write a batch again that landed although Google answered 503', async () => {
    harness = await twoRows();
    await harness.fault({ method: 'batchUpdate', kind: 'status', status: 503, when: 'after' });
    const host = aHost();
    const [result] = await writeMaterials(
      harness.open(),
      { operation: 'create', items: [{ title: 'Batang', subject: 'IPA' }] },
      host,
    );
    expect(result).toMatchObject({ kind: 'created' });
    expect(await harness.column('MATERIAL_TITLE')).toEqual(['Daun', 'Akar', 'Batang']);
    expect(host.waits).toHaveLength(1);
  });

  it('waits as Google asks when over quota, twice as long each time', async () => {
    harness = await twoRows();
    await harness.fault({ method: 'values.batchGet', kind: 'status', status: 429, times: 3 });
    const host = aHost({ random: () => 0.5 });
    await updateAkar(() => Promise.resolve(), host);
    expect(host.waits).toEqual([1_500, 2_500, 4_500]);
  });

  it('gives up at its deadline with a failure for each item that it could not write', async () => {
    harness = await twoRows();
    await harness.fault({ method: 'batchUpdate', kind: 'status', status: 503, times: -1 });
    const [result] = await updateAkar(() => Promise.resolve());
    expect(result).toMatchObject({ kind: 'failed', message: expect.stringContaining('503') });
    expect(await harness.column('MATERIAL_DESC')).toEqual(['Tentang daun', 'Tentang akar']);
  });

  it('gives up after three refusals that no other writer explains', async () => {
    harness = await twoRows();
    const sheet = harness.open();
    let tries = 0;
    const refusing = {
      ...sheet,
      write: () => {
        tries += 1;
        return Promise.reject(new SheetError('refused', 'This range is protected.'));
      },
    };
    const request = { operation: 'update', items: [{ id: OTHER, description: 'Baru' }] } as const;
    const [result] = await writeMaterials(refusing, request, aHost());
    expect(result).toMatchObject({ kind: 'failed', message: 'This range is protected.' });
    expect(tries).toBe(3);
  });

  it('writes in several batches what one request cannot hold', async () => {
    harness = await twoRows();
    const items = Array.from({ length: 60 }, (_, n) => ({
      title: `Panjang ${n}`,
      subject: 'IPA',
      description: 'x'.repeat(49_000),
    }));
    const results = await writeMaterials(harness.open(), { operation: 'create', items }, aHost());
    expect(new Set(results.map(({ kind }) => kind))).toEqual(new Set(['created']));
    expect(await harness.column('MATERIAL_TITLE')).toHaveLength(62);
    const batches = (await harness.requests())['sheets']?.['batchUpdate'];
    expect(batches).toBe(2);
  });
});
