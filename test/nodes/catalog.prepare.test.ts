import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INodeParameters, OnError } from 'n8n-workflow';
import { startHarness, TAB, type Harness } from '../harness/direct.ts';
import { runNode } from '../harness/nodes/engine/run.ts';

const ROWS = [
  ['Katalog sekolah'],
  ['Mapel', 'Nama Bahan', 'Deskripsi', 'Jenis', 'Kelas', 'Tema', 'Penulis'],
  ['IPA', 'Daun', 'Tentang daun', 'Video', 'Kelas IV', 'Tumbuhan', 'Bu Sari'],
];
const RENAMES = { headers: [{ from: 'Nama Bahan', to: 'MATERIAL_TITLE' }] };

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness(ROWS);
});
afterEach(() => harness.stop());

const run = async (parameters: INodeParameters, onError?: OnError) => {
  const { url, serviceAccount } = harness.google;
  return await runNode(
    'materiCatalog',
    {
      connectTo: 'sheet',
      authentication: 'serviceAccount',
      tab: TAB,
      resource: 'sheet',
      operation: 'prepare',
      spreadsheet: { __rl: true, mode: 'id', value: harness.spreadsheetId },
      ...parameters,
    },
    [{ n: 1 }, { n: 2 }],
    {
      credentials: {
        materiGoogleServiceAccountApi: {
          email: serviceAccount.client_email,
          privateKey: serviceAccount.private_key,
          rootUrl: url,
          accessToken: '',
        },
      },
    },
    onError === undefined ? {} : { onError },
  );
};

describe('Materi Catalog, Sheet: Prepare', () => {
  it('shows what would change and what it asks, once for all items, and writes nothing', async () => {
    const { items, error } = await run({});
    expect(error).toBeUndefined();
    expect(items).toMatchObject([
      {
        json: {
          dryRun: true,
          hasChanges: true,
          headerRow: 2,
          questions: [{ field: 'title', candidates: [{ header: 'Nama Bahan' }] }],
          text: expect.stringContaining('Rename Headers: "Nama Bahan" → "MATERIAL_TITLE"'),
        },
        pairedItem: [{ item: 0 }, { item: 1 }],
      },
    ]);
    expect(await harness.rows()).toEqual(ROWS);
    expect((await harness.requests())['sheets']).not.toHaveProperty('batchUpdate');
  });

  it('writes when it is no dry run, and keeps what stands there', async () => {
    const { items, error } = await run({ dryRun: false, renames: RENAMES });
    expect(error).toBeUndefined();
    expect(items[0]?.json).toMatchObject({ dryRun: false, materials: 1, rowsThatGetAnId: [3] });
    const [title, header, row] = await harness.rows();
    expect(title?.[0]).toBe('Katalog sekolah');
    expect(header?.[1]).toBe('MATERIAL_TITLE');
    expect(header?.slice(6)).toEqual([
      ...['Penulis', 'MATERIAL_SUBTHEME', 'MATERIAL_URL', 'MATERIAL_ID'],
      ...['AI_SUMMARY', 'AI_STATUS', 'AI_SOURCE', 'UPDATED_AT', 'ARCHIVED_AT'],
    ]);
    expect(row?.slice(0, 7)).toEqual(ROWS[2]);
    expect(row?.[9]).toMatch(/^[0-9a-f-]{36}$/);
    const again = await run({ renames: RENAMES });
    expect(again.items[0]?.json).toMatchObject({ hasChanges: false });
  });

  it('refuses to write while a question is open, and says where the answer goes', async () => {
    const { error } = await run({ dryRun: false });
    expect(error?.message).toContain('MATERIAL_TITLE');
    expect(error?.description).toContain('Rename Headers');
    expect(await harness.rows()).toEqual(ROWS);
  });

  it('gives the failure as an item where the workflow goes on', async () => {
    const { items } = await run(
      { renames: { headers: [{ from: 'Nama Barang', to: 'Judul' }] } },
      'continueRegularOutput',
    );
    expect(items[0]?.json).toMatchObject({
      error: { message: expect.stringContaining('"Nama Barang"'), retryable: false },
    });
  });

  it('says so when it is connected to the portal', async () => {
    const { error } = await run({ connectTo: 'portal' });
    expect(error?.description).toContain('set Connect To to "Google Sheet"');
  });

  it('fails where Header Row is no number, and takes one given as text', async () => {
    const { error } = await run({ options: { headerRow: '={{ "dua" }}' } });
    expect(error?.message).toContain('Header Row is "dua"');
    const { items } = await run({ options: { headerRow: '={{ "2" }}' } });
    expect(items).toMatchObject([{ json: { headerRow: 2 } }]);
  });
});
