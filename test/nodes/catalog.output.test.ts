import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { control } from '../harness/google/controls.ts';
import { writeMaterials } from '../../core/index.ts';
import { aHost, HEADER, TAB, typed } from '../harness/direct.ts';
import { automatic, mapped, startCatalog, type Catalog } from '../harness/nodes/catalog.ts';
import { RESULT } from '../harness/nodes/materials.ts';

const ID = '01980000-0000-7000-8000-000000000001';
const SIMPLE = { options: { simple: true } };

let catalog: Catalog;
beforeEach(async () => {
  catalog = await startCatalog([
    HEADER,
    typed('Daun', { MATERIAL_ID: ID, 'Catatan Guru': 'Pinjam' }),
  ]);
});
afterEach(() => catalog.harness.stop());

const isFlat = (value: unknown) => typeof value !== 'object' || value === null;

describe('The option Simplify', () => {
  it('makes every column of a material a field of the item', async () => {
    const { items } = await catalog.run('getMany', { filters: {}, ...SIMPLE });
    expect(items[0]?.json).toMatchObject({
      id: ID,
      title: 'Daun',
      'Catatan Guru': 'Pinjam',
      rowNumber: 2,
    });
    expect(Object.values(items[0]?.json ?? {}).every(isFlat)).toBe(true);
  });

  it('keeps what came in, but for the material itself, by Get', async () => {
    const came = { n: 1, material: { id: ID, title: 'Lama' } };
    const parameters = { materialId: '={{ $json.material.id }}', ...SIMPLE };
    const { items } = await catalog.run('get', parameters, [came]);
    expect(items[0]?.json).toMatchObject({ n: 1, title: 'Daun' });
    expect(items[0]?.json).not.toHaveProperty('material');
  });

  it.each([
    ['create', mapped(['title'])],
    ['update', automatic(['title'])],
    ['createOrUpdate', automatic(['title'])],
    ['writeAnalysis', {}],
  ])('holds for %s', async (operation, parameters) => {
    const item = { title: 'Daun', id: ID, result: RESULT };
    const { items, error } = await catalog.run(operation, { ...parameters, ...SIMPLE }, [item]);
    expect(error).toBeUndefined();
    expect(items[0]?.json).toMatchObject({ title: 'Daun', change: expect.any(String) });
    expect(items[0]?.json).not.toHaveProperty('material');
  });

  it('gives what Update takes back, mapped automatically, and then changes nothing', async () => {
    const read = await catalog.run('getMany', { filters: {}, ...SIMPLE });
    const flat = read.items.map(({ json }) => json);
    const { items } = await catalog.run('update', { ...automatic(), ...SIMPLE }, flat);
    expect(items.map(({ json }) => json['change'])).toEqual(['unchanged']);
    const again = items.map(({ json }) => json);
    const second = await catalog.run('update', automatic(), again);
    expect(second.items.map(({ json }) => json['change'])).toEqual(['unchanged']);
  });
});

describe('The output of a write', () => {
  const create = () => catalog.run('create', mapped(['title']), [{ title: 'Bunga' }]);

  it('shows a text that a killed run overwrote and whose row a person has deleted', async () => {
    const { harness } = catalog;
    const pastes = async () => {
      await harness.person.insertsRow(1);
      await harness.person.types('B2', 'Batang');
      await harness.person.types('C2', 'Tentang batang');
    };
    const killed = () => Promise.reject(new Error('killed'));
    const items = [{ id: ID, description: 'Baru' }];
    await writeMaterials(harness.open(pastes, killed), { operation: 'update', items }, aHost());
    await harness.person.deletesRow(1);
    const { items: made } = await create();
    expect(made[0]?.json).toMatchObject({
      change: 'created',
      unplaced: [
        {
          title: 'Batang',
          header: 'MATERIAL_DESC',
          text: 'Tentang batang',
          materialId: null,
          rowNumber: 2,
          batchId: expect.any(String),
        },
      ],
    });
  });

  it('names a cell that a merge covers', async () => {
    await catalog.harness.person.merges(5, 0, 2);
    const item = { id: ID, theme: 'Tumbuhan' };
    const { items } = await catalog.run('update', automatic(), [item]);
    expect(items[0]?.json).toMatchObject({ change: 'unchanged', notKept: ['theme'] });
  });

  it('has no list that is empty', async () => {
    const { items } = await create();
    const lists = ['formulas', 'conflicts', 'notKept', 'notConfirmed', 'unplaced'];
    for (const list of lists) expect(items[0]?.json).not.toHaveProperty(list);
  });
});

describe('The tab of a node', () => {
  const renamed = async () => {
    const { google, spreadsheetId } = catalog.harness;
    const properties = { sheetId: 0, title: 'Katalog 2027' };
    await catalog.harness.transport.write(
      [{ updateSheetProperties: { properties, fields: 'title' } }],
      [],
    );
    await control(google, 'DELETE', '/requests');
    return spreadsheetId;
  };

  it.each(['list', 'id'])('is found after people renamed it, chosen by %s', async (mode) => {
    await renamed();
    const tab = { __rl: true, mode, value: '0', cachedResultName: TAB };
    const { error, items } = await catalog.run('getMany', { tab, filters: {} });
    expect(error).toBeUndefined();
    expect(items).toHaveLength(1);
    const item = { id: ID, theme: 'Tumbuhan' };
    const written = await catalog.run('update', { ...automatic(), tab }, [item]);
    expect(written.items.map(({ json }) => json['change'])).toEqual(['updated']);
  });

  it('is found by its name, also as an older workflow has it: as a text', async () => {
    const byName = { __rl: true, mode: 'name', value: TAB };
    for (const tab of [TAB, byName]) {
      const { items } = await catalog.run('getMany', { tab, filters: {} });
      expect(items).toHaveLength(1);
    }
    await renamed();
    const { error } = await catalog.run('getMany', { tab: TAB, filters: {} });
    expect(error?.message).toContain('Katalog 2027');
  });
});
