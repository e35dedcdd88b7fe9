import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters, OnError } from 'n8n-workflow';
import { textHash } from '../../core/index.ts';
import { HEADER, startHarness, TAB, typed, type Harness } from '../harness/direct.ts';
import { runNode, type NodeRun } from '../harness/nodes/engine/run.ts';

const ID = '01980000-0000-7000-8000-000000000001';
const OTHER = '01980000-0000-7000-8000-000000000002';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness([
    HEADER,
    typed('Daun', { MATERIAL_ID: ID, MATERIAL_DESC: 'Lama', 'Catatan Guru': 'Pinjam' }),
    typed('Akar', { MATERIAL_ID: OTHER, SUBJECT_NAME: 'MTK', MATERIAL_LEVEL: 'Kelas 4 dan 7' }),
  ]);
});
afterEach(() => harness.stop());

const credentials = () => {
  const { url, serviceAccount } = harness.google;
  return {
    materiGoogleServiceAccountApi: {
      email: serviceAccount.client_email,
      privateKey: serviceAccount.private_key.replaceAll('\n', '\\n'),
      rootUrl: `${url}/`,
      accessToken: '',
    },
  };
};

const run = async (
  operation: string,
  parameters: INodeParameters,
  items: readonly IDataObject[],
  onError?: OnError,
): Promise<NodeRun> =>
  await runNode(
    'materiCatalog',
    {
      connectTo: 'sheet',
      authentication: 'serviceAccount',
      operation,
      tab: TAB,
      spreadsheet: {
        __rl: true,
        mode: 'url',
        value: `https://docs.google.com/spreadsheets/d/${harness.spreadsheetId}/edit#gid=0`,
        __regex: 'https://docs\\.google\\.com/spreadsheets/d/([a-zA-Z0-9_-]+)',
      },
      ...parameters,
    },
    items,
    { credentials: credentials() },
    onError === undefined ? {} : { onError },
  );

/** The columns as a designer maps them, each to the field of the same name. */
const mapped = (names: readonly string[], key: readonly string[] = []): INodeParameters => ({
  columns: {
    mappingMode: 'defineBelow',
    matchingColumns: [...key],
    schema: [],
    value: Object.fromEntries(names.map((name) => [name, `={{ $json['${name}'] }}`])),
  },
});

const automatic = (key: readonly string[]): INodeParameters => ({
  columns: { mappingMode: 'autoMapInputData', matchingColumns: [...key], schema: [], value: null },
});

describe('Materi Catalog on a Google Sheet', () => {
  it('gets each item its material, with one read for all', async () => {
    const items = [OTHER, ID, ID].map((id) => ({ material: { id }, n: id.slice(-1) }));
    const { items: found, error } = await run(
      'get',
      { materialId: '={{ $json.material.id }}' },
      items,
    );
    expect(error).toBeUndefined();
    expect(found.map(({ json, pairedItem }) => [json['material'], json['n'], pairedItem])).toEqual([
      [expect.objectContaining({ title: 'Akar', rowNumber: 3 }), '2', { item: 0 }],
      [
        expect.objectContaining({ title: 'Daun', metadata: { 'Catatan Guru': 'Pinjam' } }),
        '1',
        { item: 1 },
      ],
      [expect.objectContaining({ title: 'Daun', rowNumber: 2 }), '1', { item: 2 }],
    ]);
    const { sheets } = await harness.requests();
    expect(sheets?.['values.batchGet']).toBe(1);
  });

  it('says which material is gone', async () => {
    const { error } = await run('get', { materialId: 'nothing' }, [{}]);
    expect(error).toMatchObject({
      message: expect.stringContaining('"nothing"'),
      context: { failure: { code: 'material_gone' } },
    });
  });

  it.each([
    [{ subject: 'matematika' }, ['Akar']],
    [{ level: '4' }, ['Akar']],
    [{ level: 'Fase D' }, ['Akar']],
    [{ level: 'Kelas 4-6' }, ['Daun', 'Akar']],
    [{ title: 'AU' }, ['Daun']],
    [{}, ['Daun', 'Akar']],
    [{ theme: 'Tidak ada' }, []],
  ])('finds many by %j', async (filters, titles) => {
    const { items } = await run('getMany', { returnAll: true, filters }, [{}]);
    expect(items.map(({ json }) => json['material'])).toMatchObject(
      titles.map((title) => ({ title })),
    );
  });

  it('leaves archived materials out of many, unless the filter includes them', async () => {
    const at = `${String.fromCharCode(65 + HEADER.indexOf('ARCHIVED_AT'))}2`;
    await harness.person.types(at, 'kurikulum lama');
    const many = async (filters: INodeParameters) => {
      const { items } = await run('getMany', { returnAll: true, filters }, [{}]);
      return items.map(({ json }) => json['material']);
    };
    expect(await many({})).toMatchObject([{ title: 'Akar', archivedAt: null }]);
    expect(await many({ notAnalysed: true })).toMatchObject([{ title: 'Akar' }]);
    expect(await many({ includeArchived: false })).toHaveLength(1);
    expect(await many({ includeArchived: true })).toMatchObject([
      { title: 'Daun', archivedAt: 'kurikulum lama' },
      { title: 'Akar', archivedAt: null },
    ]);
    const { items } = await run('get', { materialId: ID }, [{}]);
    expect(items).toMatchObject([{ json: { material: { archivedAt: 'kurikulum lama' } } }]);
  });

  it('finds up to a limit, and what is not analysed as it stands now', async () => {
    const text = { subject: 'IPA', title: 'Daun', description: 'Lama', type: 'Video' };
    const hash = textHash({ ...text, level: 'Fase C', theme: '', subtheme: '' });
    await harness.person.types('L2', `analysis-1:${hash}`);
    const limited = await run('getMany', { limit: 1, filters: {} }, [{}]);
    expect(limited.items).toHaveLength(1);
    const filters = { notAnalysed: true };
    const { items } = await run('getMany', { returnAll: true, filters }, [{}]);
    expect(items.map(({ json }) => json['material'])).toMatchObject([{ title: 'Akar' }]);
  });

  it('creates all items in one batch, each paired with what it came from', async () => {
    const items = Array.from({ length: 30 }, (_, n) => ({ Judul: `Baru ${n}`, mapel: 'IPS' }));
    const columns = {
      columns: {
        mappingMode: 'defineBelow',
        matchingColumns: [],
        schema: [],
        value: { MATERIAL_TITLE: '={{ $json.Judul }}', SUBJECT_NAME: '={{ $json.mapel }}' },
      },
    };
    const { items: made, error } = await run('create', columns, items);
    expect(error).toBeUndefined();
    expect(made.map(({ json, pairedItem }) => [json['change'], json['Judul'], pairedItem])).toEqual(
      items.map(({ Judul }, item) => ['created', Judul, { item }]),
    );
    expect(await harness.column('MATERIAL_TITLE')).toHaveLength(32);
    const { sheets, signin } = await harness.requests();
    expect(sheets).toMatchObject({ batchUpdate: 1 });
    expect(signin).toMatchObject({ token: 1 });
  });

  it('updates by id and gives the previous values', async () => {
    const columns = mapped(['MATERIAL_ID', 'MATERIAL_DESC'], ['MATERIAL_ID']);
    const { items } = await run('update', columns, [{ MATERIAL_ID: ID, MATERIAL_DESC: 'Baru' }]);
    expect(items).toMatchObject([
      {
        json: {
          change: 'updated',
          before: { description: 'Lama' },
          material: { id: ID, description: 'Baru', title: 'Daun' },
        },
      },
    ]);
  });

  it('creates or updates by subject and title, mapped automatically', async () => {
    const key = ['SUBJECT_NAME', 'MATERIAL_TITLE'];
    const { items } = await run('createOrUpdate', automatic(key), [
      { material: { subject: 'IPA', title: 'Daun', theme: 'Tumbuhan', rowNumber: 2 } },
      { subject: 'Seni', title: 'Daun' },
    ]);
    expect(items.map(({ json }) => json['change'])).toEqual(['updated', 'created']);
    expect(await harness.column('MATERIAL_THEME')).toEqual(['Tumbuhan', '', '']);
  });

  it('writes back what it read, and changes nothing', async () => {
    const read = await run('getMany', { returnAll: true, filters: {} }, [{}]);
    const before = await harness.rows();
    const materials = read.items.map(({ json }) => json);
    const { items, error } = await run('update', automatic(['MATERIAL_ID']), materials);
    expect(error).toBeUndefined();
    expect(items.map(({ json }) => json['change'])).toEqual(['unchanged', 'unchanged']);
    expect(await harness.rows()).toEqual(before);
  });

  it('writes nothing when one item is wrong, and names it', async () => {
    const before = await harness.rows();
    const { error } = await run('createOrUpdate', automatic(['title']), [
      { title: 'Batang', subject: 'IPA' },
      { title: 'Bunga', Judull: 'x' },
    ]);
    expect(error).toMatchObject({
      message: expect.stringContaining('Judull'),
      context: { itemIndex: 1, failure: { retryable: false } },
    });
    expect(await harness.rows()).toEqual(before);
  });

  it('sends the item that is wrong to the error output, and writes the others', async () => {
    const { items, failed } = await run(
      'createOrUpdate',
      automatic(['title']),
      [
        { title: 'Batang', subject: 'IPA' },
        { title: 'Bunga', theme: 'x'.repeat(50_001) },
      ],
      'continueErrorOutput',
    );
    expect(items.map(({ json }) => json['change'])).toEqual(['created']);
    expect(failed).toMatchObject([
      { json: { error: { message: expect.stringContaining('50000') } } },
    ]);
    expect(await harness.column('MATERIAL_TITLE')).toEqual(['Daun', 'Akar', 'Batang']);
  });

  it('renews an access token that Google does not take any more', async () => {
    await harness.fault({ method: 'values.batchGet', kind: 'status', status: 401, times: 1 });
    const { items, error } = await run('getMany', { returnAll: true, filters: {} }, [{}]);
    expect(error).toBeUndefined();
    expect(items).toHaveLength(2);
    expect((await harness.requests())['signin']).toMatchObject({ token: 2 });
  });

  it('says what to do when the tab is not there', async () => {
    const { error } = await run('getMany', { tab: 'Katalog 1999', filters: {} }, [{}]);
    expect(error?.message).toContain(TAB);
    expect(error?.description).toContain('Choose another Tab');
  });
});
