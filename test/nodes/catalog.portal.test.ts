import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { automatic, mapped } from '../harness/nodes/catalog.ts';
import { startPortalCatalog, type PortalCatalog } from '../harness/nodes/portalCatalog.ts';

let catalog: PortalCatalog;
beforeAll(async () => {
  catalog = await startPortalCatalog();
});
afterAll(() => catalog.stop());

const BATCH = 'POST /api/materials/batch';
const FIELDS = ['subject', 'title', 'description', 'type', 'level'];

const anItem = (title: string, more: IDataObject = {}): IDataObject => ({
  subject: 'IPA',
  title,
  description: 'Daun mengolah cahaya.',
  type: 'Modul',
  level: 'Fase B',
  ...more,
});

async function created(...titles: string[]): Promise<IDataObject[]> {
  const items = titles.map((title) => anItem(title));
  const ran = await catalog.run('create', mapped(FIELDS), items);
  expect(ran.error).toBeUndefined();
  catalog.proxy.taken();
  return ran.items.map(({ json }) => json['material'] as IDataObject);
}

const countOf = async (title: string): Promise<number> => {
  const { count } = await catalog.harness.db
    .selectFrom('materials')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('title', 'like', `${title}%`)
    .executeTakeFirstOrThrow();
  return count;
};

const outputs = (ran: { items: ReadonlyArray<{ json: IDataObject }> }) =>
  ran.items.map(({ json }) => json);

describe('Create through the portal', () => {
  it('adds a material for each of 1,000 items in two requests, matched to their items', async () => {
    const items = Array.from({ length: 1_000 }, (_, n) => anItem(`Seribu ${n}`, { n }));
    catalog.proxy.taken();
    const ran = await catalog.run('create', mapped(FIELDS), items);
    expect(ran.error).toBeUndefined();
    expect(catalog.proxy.taken()).toEqual([BATCH, BATCH]);
    expect(ran.items).toHaveLength(1_000);
    for (const [n, { json, pairedItem }] of ran.items.entries()) {
      expect(json).toMatchObject({ n, change: 'created', material: { title: `Seribu ${n}` } });
      expect(pairedItem).toEqual({ item: n });
    }
    expect(await countOf('Seribu ')).toBe(1_000);
  }, 240_000);

  it('writes once if the answer is lost and the request is repeated', async () => {
    catalog.proxy.loseNextAnswer();
    const ran = await catalog.run('create', mapped(FIELDS), [anItem('Jawaban hilang')]);
    expect(outputs(ran)).toMatchObject([{ change: 'created' }]);
    expect(await countOf('Jawaban hilang')).toBe(1);
  });

  it('writes once if the node runs again in the same execution', async () => {
    const again = { executionId: 'the-same' };
    const first = await catalog.run('create', mapped(FIELDS), [anItem('Dua kali')], again);
    const second = await catalog.run('create', mapped(FIELDS), [anItem('Dua kali')], again);
    expect(outputs(second)).toEqual(outputs(first));
    expect(await countOf('Dua kali')).toBe(1);
  });

  it('writes nothing of a request with a wrong item, and names the item and the field', async () => {
    const items = [anItem('Benar'), anItem('Salah', { url: 'bukan alamat' })];
    const { error } = await catalog.run('create', mapped([...FIELDS, 'url']), items);
    expect(error?.message).toContain('url must be a web address');
    expect(error).toMatchObject({ context: { itemIndex: 1 } });
    expect(await countOf('Benar')).toBe(0);
  });

  it('writes the other items if the workflow goes on after errors', async () => {
    const items = [anItem('Lanjut 1'), anItem('Salah', { url: 'x y' }), anItem('Lanjut 2')];
    const ran = await catalog.run('create', mapped([...FIELDS, 'url']), items, {
      onError: 'continueErrorOutput',
    });
    expect(outputs(ran)).toMatchObject([
      { material: { title: 'Lanjut 1' } },
      { material: { title: 'Lanjut 2' } },
    ]);
    expect(ran.failed.map(({ json }) => json['error'])).toMatchObject([
      { code: 'invalid_value', retryable: false },
    ]);
  });

  it('sends nothing for no items', async () => {
    catalog.proxy.taken();
    await catalog.run('create', mapped(FIELDS), []);
    expect(catalog.proxy.taken()).toEqual([]);
  });

  it('refuses a misspelt name and says which column was likely meant', async () => {
    const { error } = await catalog.run('create', automatic(), [
      anItem('Salah ketik', { descripton: 'x' }),
    ]);
    expect(error?.message).toContain('no column descripton. Did you mean MATERIAL_DESC?');
  });

  it('ignores a field that is no column where Extra Fields is Ignore', async () => {
    const options = { extraFields: 'ignore' };
    const ran = await catalog.run('create', { ...automatic(), options }, [
      anItem('Kolom lain', { warna: 'hijau' }),
    ]);
    expect(outputs(ran)).toMatchObject([{ change: 'created', material: { metadata: {} } }]);
  });

  it('does not write the columns of the portal', async () => {
    const { error } = await catalog.run('create', mapped([...FIELDS, 'AI_SUMMARY']), [
      anItem('Ringkasan', { AI_SUMMARY: 'x' }),
    ]);
    expect(error?.message).toContain('The portal writes AI_SUMMARY itself');
  });
});

describe('Update through the portal', () => {
  it('changes the mapped cells alone, and gives their previous texts', async () => {
    const [material] = await created('Ubah');
    const ran = await catalog.run('update', mapped(['id', 'theme'], ['id']), [
      { id: material?.['id'], theme: 'Tumbuhan' },
    ]);
    expect(outputs(ran)).toMatchObject([
      {
        change: 'updated',
        before: { theme: '' },
        material: { ...material, theme: 'Tumbuhan', updatedAt: expect.any(String) },
      },
    ]);
  });

  it('says unchanged where the catalog had the texts already', async () => {
    const [material] = await created('Sama');
    const ran = await catalog.run('update', automatic(['id']), [{ material }]);
    expect(outputs(ran)).toMatchObject([{ change: 'unchanged', before: {} }]);
  });

  it('finds materials by their title, and refuses a key that the portal cannot search', async () => {
    await created('Dengan judul');
    const update = { ...anItem('Dengan judul'), theme: 'Air' };
    const ran = await catalog.run('update', mapped(['title', 'theme'], ['title']), [update]);
    expect(outputs(ran)).toMatchObject([{ change: 'updated', material: { theme: 'Air' } }]);
    const { error } = await catalog.run('update', mapped(['theme', 'type'], ['theme']), [update]);
    expect(error?.message).toBe('The portal does not find materials by MATERIAL_THEME.');
  });

  it.each([
    ['refuse', { error: expect.objectContaining({ code: 'not_found' }) }],
    ['skip', { change: 'skipped' }],
    ['create', { change: 'created' }],
  ])('treats an item without a match as chosen: %s', async (unmatched, expected) => {
    const parameters = { ...mapped(FIELDS, ['title']), options: { unmatched } };
    const ran = await catalog.run('update', parameters, [anItem(`Tanpa pasangan ${unmatched}`)], {
      onError: 'continueRegularOutput',
    });
    expect(outputs(ran)).toMatchObject([expected]);
  });
});

describe('Create or Update through the portal', () => {
  it('makes one material of items with the same key, and changes it the next time', async () => {
    const items = [anItem('Sekali'), anItem('Sekali', { theme: 'Air' })];
    const columns = mapped([...FIELDS, 'theme'], ['title', 'level']);
    const first = await catalog.run('createOrUpdate', columns, items);
    expect(outputs(first)).toMatchObject([
      { change: 'created', material: { theme: 'Air' } },
      { change: 'created', material: { theme: 'Air' } },
    ]);
    const again = [anItem('Sekali', { theme: 'Api' })];
    const second = await catalog.run('createOrUpdate', columns, again);
    expect(outputs(second)).toMatchObject([{ change: 'updated', before: { theme: 'Air' } }]);
    expect(await countOf('Sekali')).toBe(1);
  });
});

describe('A dry run through the portal', () => {
  it('shows the difference of each item, and writes nothing', async () => {
    const [material] = await created('Coba');
    const items = [anItem('Coba', { theme: 'Air' }), anItem('Coba yang baru', { theme: 'Api' })];
    const ran = await catalog.run(
      'createOrUpdate',
      { ...mapped([...FIELDS, 'theme'], ['title']), dryRun: true },
      items,
    );
    expect(outputs(ran)).toMatchObject([
      {
        dryRun: true,
        change: 'updated',
        difference: [{ field: 'theme', before: '', after: 'Air' }],
        material: { id: material?.['id'] },
      },
      {
        dryRun: true,
        change: 'created',
        difference: expect.arrayContaining([
          { field: 'title', before: '', after: 'Coba yang baru' },
        ]),
        material: { id: null },
      },
    ]);
    expect(await countOf('Coba')).toBe(1);
  });
});

describe('Archive and Restore through the portal', () => {
  it('change all items in one request, and leave what is so already', async () => {
    const materials = await created('Arsip 1', 'Arsip 2');
    const items = materials.map((material) => ({ material }));
    const archived = await catalog.run('archive', {}, items);
    expect(archived.error).toBeUndefined();
    expect(catalog.proxy.taken()).toEqual([BATCH]);
    expect(outputs(archived)).toMatchObject([
      { change: 'archived', before: { archivedAt: '' }, material: { title: 'Arsip 1' } },
      { change: 'archived', material: { title: 'Arsip 2' } },
    ]);
    expect(outputs(await catalog.run('archive', {}, items))[0]).toMatchObject({
      change: 'unchanged',
    });
    expect(outputs(await catalog.run('restore', {}, items))).toMatchObject([
      { change: 'restored', material: { archivedAt: null } },
      { change: 'restored' },
    ]);
  });
});

describe('Get Many through the portal', () => {
  const subject = 'Geografi';
  const titles = (ran: { items: ReadonlyArray<{ json: IDataObject }> }) =>
    outputs(ran).map(({ material }) => (material as IDataObject)['title']);

  it('reads whole materials page by page, and no more requests for more input items', async () => {
    const description = `Panjang ${'d'.repeat(2_000)}`;
    const items = Array.from({ length: 120 }, (_, n) =>
      anItem(`Peta ${n}`, { subject, description, theme: n % 2 === 0 ? 'Air' : 'Api' }),
    );
    await catalog.run('create', mapped([...FIELDS, 'theme']), items);
    catalog.proxy.taken();
    const parameters = { returnAll: true, filters: { subject: [subject] } };
    const ran = await catalog.run('getMany', parameters, [{}, {}, {}]);
    expect(ran.error).toBeUndefined();
    expect(ran.items).toHaveLength(360);
    expect(outputs(ran)[0]).toMatchObject({ material: { title: 'Peta 119', description } });
    // One for the facets, and three pages of 50.
    expect(catalog.proxy.taken()).toEqual(Array(4).fill('GET /api/materials'));
  });

  it('filters further columns in the pages, and stops at the limit', async () => {
    const filters = {
      subject: [subject],
      conditions: { values: [{ column: 'MATERIAL_THEME', operator: 'is', text: 'air' }] },
    };
    const ran = await catalog.run('getMany', { limit: 3, filters });
    expect(titles(ran)).toEqual(['Peta 118', 'Peta 116', 'Peta 114']);
  });

  it('finds by the search, with typing errors, the best first', async () => {
    await created('Gunung meletus');
    const ran = await catalog.run('getMany', { limit: 5, filters: { search: 'gunung meletus' } });
    expect(titles(ran)[0]).toBe('Gunung meletus');
  });

  it('combines filters by OR', async () => {
    const filters = {
      title: 'Peta 7',
      conditions: { values: [{ column: 'title', operator: 'is', text: 'Gunung meletus' }] },
    };
    const ran = await catalog.run('getMany', { combine: 'any', returnAll: true, filters });
    expect(titles(ran)).toContain('Gunung meletus');
    expect(titles(ran)).toContain('Peta 71');
    expect(titles(ran)).not.toContain('Peta 17');
  });

  it('names a condition’s column that the catalog does not have', async () => {
    const filters = { conditions: { values: [{ column: 'MATERIAL_TITEL', operator: 'is' }] } };
    const { error } = await catalog.run('getMany', { filters });
    expect(error?.message).toContain('no column MATERIAL_TITEL');
    expect(error?.description).toBe('Did you mean MATERIAL_TITLE?');
  });
});
