import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { HEADER, typed } from '../harness/direct.ts';
import { automatic, mapped, startCatalog, type Catalog } from '../harness/nodes/catalog.ts';

const ID = '01980000-0000-7000-8000-000000000001';
const OTHER = '01980000-0000-7000-8000-000000000002';
const TIME = '2026-11-23T01:02:03.000Z';

let catalog: Catalog;
beforeEach(async () => {
  catalog = await startCatalog([
    HEADER,
    typed('Daun', {
      MATERIAL_ID: ID,
      SUBJECT_NAME: 'IPA',
      MATERIAL_THEME: 'Air',
      'Catatan Guru': 'Bu Sari',
    }),
    typed('Akar', { MATERIAL_ID: OTHER, SUBJECT_NAME: 'MTK', ARCHIVED_AT: TIME }),
  ]);
});
afterEach(() => catalog.harness.stop());

const outputs = (ran: { items: ReadonlyArray<{ json: IDataObject }> }) =>
  ran.items.map(({ json }) => json);

describe('A dry run on the sheet', () => {
  it('shows the difference of each item and leaves every cell as it is', async () => {
    const before = await catalog.harness.rows();
    const items = [
      { title: 'Daun', theme: 'Api', subject: 'IPA' },
      { title: 'Batang', theme: 'Api', subject: 'IPA' },
    ];
    const parameters = { ...mapped(['title', 'theme', 'subject'], ['title']), dryRun: true };
    const ran = await catalog.run('createOrUpdate', parameters, items);
    expect(ran.error).toBeUndefined();
    expect(outputs(ran)).toMatchObject([
      {
        change: 'updated',
        dryRun: true,
        difference: [{ field: 'theme', before: 'Air', after: 'Api' }],
        before: { theme: 'Air' },
        material: { id: ID, theme: 'Air' },
      },
      {
        change: 'created',
        dryRun: true,
        difference: expect.arrayContaining([{ field: 'title', before: '', after: 'Batang' }]),
      },
    ]);
    expect(await catalog.harness.rows()).toEqual(before);
  });

  it('refuses what the write would refuse', async () => {
    const parameters = { ...mapped(['id', 'theme'], ['id']), dryRun: true };
    const item = { id: '01980000-0000-7000-8000-000000000009', theme: 'Api' };
    const { error } = await catalog.run('update', parameters, [item]);
    expect(error?.message).toContain('No row of the sheet has this MATERIAL_ID');
  });
});

describe('Archive and Restore on the sheet', () => {
  it('write and clear ARCHIVED_AT, and an archived material keeps its time', async () => {
    const archived = await catalog.run('archive', {}, [{ id: ID }, { id: OTHER }]);
    expect(outputs(archived)).toMatchObject([
      { change: 'updated', before: { archivedAt: '' } },
      { change: 'unchanged', material: { archivedAt: TIME } },
    ]);
    const restored = await catalog.run('restore', {}, [{ id: ID }, { id: OTHER }]);
    expect(outputs(restored)).toMatchObject([
      { change: 'updated', material: { archivedAt: null } },
      { change: 'updated', before: { archivedAt: TIME } },
    ]);
  });
});

describe('Update on the sheet', () => {
  const missing = { id: '01980000-0000-7000-8000-000000000009', theme: 'Api' };

  it('passes an item without a match on where it is to be skipped, and writes the others', async () => {
    const parameters = { ...mapped(['id', 'theme'], ['id']), options: { unmatched: 'skip' } };
    const ran = await catalog.run('update', parameters, [missing, { id: ID, theme: 'Api' }]);
    expect(outputs(ran)).toMatchObject([{ change: 'skipped' }, { change: 'updated' }]);
  });

  it('adds a column for a field that the sheet does not have, where it is to be added', async () => {
    const parameters = { ...automatic(['id']), options: { extraFields: 'add' } };
    const ran = await catalog.run('update', parameters, [{ id: ID, 'Nilai Uji': '90' }]);
    expect(ran.error).toBeUndefined();
    expect(outputs(ran)).toMatchObject([
      { change: 'updated', material: { metadata: { 'Nilai Uji': '90' } } },
    ]);
    const again = await catalog.run('create', parameters, [
      { title: 'Biji', subject: 'IPA', 'Nilai Uji': '80', 'Nilai Dua': '70' },
    ]);
    expect(outputs(again)).toMatchObject([
      { change: 'created', material: { metadata: { 'Nilai Uji': '80', 'Nilai Dua': '70' } } },
    ]);
  });
});

describe('The filters on the sheet', () => {
  const titles = async (filters: INodeParameters, more: INodeParameters = {}) => {
    const all = { includeArchived: true, ...filters };
    const ran = await catalog.run('getMany', { filters: all, ...more });
    expect(ran.error).toBeUndefined();
    return outputs(ran).map(({ material }) => (material as IDataObject)['title']);
  };
  const condition = (column: string, operator: string, text = '') => ({
    conditions: { values: [{ column, operator, text }] },
  });

  it('find materials with one of several values, by their meaning', async () => {
    expect(await titles({ subject: ['Matematika'] })).toEqual(['Akar']);
    expect(await titles({ subject: ['Matematika', 'ipa'] })).toEqual(['Daun', 'Akar']);
  });

  it.each([
    ['contains', 'sari', ['Daun']],
    ['notContains', 'sari', ['Akar']],
    ['is', 'bu sari', ['Daun']],
    ['isNot', 'bu sari', ['Akar']],
    ['isEmpty', '', ['Akar']],
    ['isNotEmpty', '', ['Daun']],
  ])('compare any column: %s', async (operator, text, expected) => {
    expect(await titles(condition('catatan guru', operator, text))).toEqual(expected);
  });

  it('are combined by AND or by OR', async () => {
    const both = { subject: ['IPA'], ...condition('MATERIAL_TITLE', 'is', 'Akar') };
    expect(await titles(both)).toEqual([]);
    expect(await titles(both, { combine: 'any' })).toEqual(['Daun', 'Akar']);
  });

  it('name a column that the sheet does not have, and the one that was likely meant', async () => {
    const filters = condition('Catatan Gru', 'is', 'x');
    const { error } = await catalog.run('getMany', { filters });
    expect(error?.message).toContain('no column Catatan Gru');
    expect(error?.description).toBe('Did you mean Catatan Guru?');
  });
});
