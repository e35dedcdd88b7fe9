import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { protect } from '../harness/google/controls.ts';
import { CATALOG_CODES } from '../../nodes/MateriCatalog/item/failure.ts';
import { HEADER, TAB, typed } from '../harness/direct.ts';
import { automatic, mapped, startCatalog, type Catalog } from '../harness/nodes/catalog.ts';

const ID = '01980000-0000-7000-8000-000000000001';

let catalog: Catalog;
beforeEach(async () => {
  catalog = await startCatalog([
    HEADER.map((name) => (name === 'MATERIAL_TITLE' ? 'Judul Materi' : name)),
    typed('Daun', { MATERIAL_ID: ID }),
  ]);
});
afterEach(() => catalog.harness.stop());

const email = () => catalog.harness.google.serviceAccount.client_email;

/** The error of the only item, as an IF node sees it. */
const errorOf = async (
  operation: string,
  parameters: INodeParameters,
  item: Record<string, string> = {},
) => {
  const { items } = await catalog.run(operation, parameters, [item], 'continueRegularOutput');
  return items[0]?.json['error'];
};

describe('An item that Materi Catalog could not work on', () => {
  it.each<[string, string, INodeParameters, Record<string, string>, object]>([
    [
      'column_missing, with the column that was likely meant',
      'update',
      automatic(),
      { MATERIAL_ID: ID, MATERIAL_DECS: 'x' },
      {
        code: 'column_missing',
        message: 'The sheet has no column MATERIAL_DECS. Did you mean MATERIAL_DESC?',
      },
    ],
    [
      'column_missing, with the column as the sheet names it, for the name of a field',
      'update',
      automatic(),
      { MATERIAL_ID: ID, summary: 'x' },
      {
        code: 'column_missing',
        message: 'The sheet has no column summary. Did you mean AI_SUMMARY?',
      },
    ],
    [
      'key_missing, naming the column as the sheet has it, where Create or Update has no key',
      'createOrUpdate',
      mapped(['Judul Materi', 'MATERIAL_DESC'], ['Judul Materi']),
      { MATERIAL_DESC: 'x' },
      { code: 'key_missing', message: expect.stringContaining('Judul Materi is empty') },
    ],
    [
      'key_missing where Create or Update is matched by an ID that is empty',
      'createOrUpdate',
      mapped(['Judul Materi', 'MATERIAL_ID'], ['MATERIAL_ID']),
      { 'Judul Materi': 'Akar', MATERIAL_ID: '' },
      { code: 'key_missing', message: expect.stringContaining('MATERIAL_ID is empty') },
    ],
    [
      'not_found where no row matches',
      'update',
      automatic(),
      { MATERIAL_ID: ID.replace('1', '2'), MATERIAL_DESC: 'x' },
      { code: 'not_found', message: expect.stringContaining('MATERIAL_ID') },
    ],
    [
      'invalid_value for a text that no cell can hold',
      'update',
      automatic(),
      { MATERIAL_ID: ID, MATERIAL_DESC: 'x'.repeat(50_001) },
      { code: 'invalid_value', message: expect.stringContaining('50001 characters') },
    ],
    [
      'invalid_value for a NUL character',
      'update',
      automatic(),
      { MATERIAL_ID: ID, MATERIAL_DESC: 'a\0b' },
      { code: 'invalid_value', message: expect.stringContaining('MATERIAL_DESC') },
    ],
    [
      'nothing_to_write where it brings its key alone',
      'update',
      automatic(),
      { MATERIAL_ID: ID },
      { code: 'nothing_to_write' },
    ],
    [
      'tab_missing, with the tab that was likely meant',
      'getMany',
      { tab: 'Katalog 206', filters: {} },
      {},
      { code: 'tab_missing', message: expect.stringContaining(`Did you mean "${TAB}"?`) },
    ],
    [
      'tab_missing for the ID of a tab that was deleted',
      'getMany',
      { tab: { __rl: true, mode: 'id', value: '77' }, filters: {} },
      {},
      { code: 'tab_missing', message: expect.stringContaining('no tab with the ID 77') },
    ],
    [
      'invalid_setting where no tab is chosen',
      'getMany',
      { tab: { __rl: true, mode: 'list', value: '={{ "" }}' }, filters: {} },
      {},
      { code: 'invalid_setting', advice: expect.stringContaining('Set Tab') },
    ],
    [
      'invalid_setting where a name is given as the ID of a tab',
      'getMany',
      { tab: { __rl: true, mode: 'id', value: `={{ "${TAB}" }}` }, filters: {} },
      {},
      { code: 'invalid_setting', message: expect.stringContaining('number') },
    ],
    [
      'invalid_setting for a spreadsheet with a wrong URL',
      'getMany',
      {
        spreadsheet: {
          __rl: true,
          mode: 'url',
          value: '={{ "https://example.org/x" }}',
          __regex: 'https://docs\\.google\\.com/spreadsheets/d/([a-zA-Z0-9_-]+)',
        },
        filters: {},
      },
      {},
      { code: 'invalid_setting', advice: expect.stringContaining('Set Spreadsheet') },
    ],
  ])('has the code %s', async (_, operation, parameters, item, expected) => {
    const before = await catalog.harness.rows();
    expect(await errorOf(operation, parameters, item)).toMatchObject({
      retryable: false,
      message: expect.stringMatching(/^.{1,1000}$/),
      ...expected,
    });
    expect(await catalog.harness.rows()).toEqual(before);
  });

  it.each([['"ten"'], ['0'], ['-1'], ['1.5'], ['null']])(
    'has the code invalid_setting where Limit is %s',
    async (limit) => {
      const error = await errorOf('getMany', { limit: `={{ ${limit} }}`, filters: {} });
      expect(error).toMatchObject({
        code: 'invalid_setting',
        message: expect.stringContaining('Limit'),
      });
    },
  );

  it.each([['"lama"'], ['0'], ['undefined']])(
    'has the code invalid_setting where Give Up After is %s',
    async (seconds) => {
      const options = { giveUpAfter: `={{ ${seconds} }}` };
      expect(await errorOf('getMany', { filters: {}, options })).toMatchObject({
        code: 'invalid_setting',
        message: expect.stringContaining('Give Up After (Seconds) is '),
        advice: expect.stringContaining('Set the option Give Up After (Seconds) to a number'),
      });
    },
  );

  it('is none where an expression gives a number as text', async () => {
    const parameters = { limit: '={{ "50" }}', options: { giveUpAfter: '={{ " 50 " }}' } };
    expect(await errorOf('getMany', { ...parameters, filters: {} })).toBeUndefined();
  });

  it('has the code no_access, with the address to share the spreadsheet with', async () => {
    const { google } = catalog.harness;
    await catalog.harness.fault({
      method: 'values.batchGet',
      kind: 'status',
      status: 403,
      times: 1,
    });
    const refused = await errorOf('getMany', { filters: {} });
    expect(refused).toMatchObject({
      code: 'no_access',
      message: `The spreadsheet is not shared with ${email()}, or only for reading.`,
      advice: expect.stringContaining(`add ${email()} as an editor`),
    });
    const absent = { __rl: true, mode: 'id', value: 'nothing' };
    expect(await errorOf('getMany', { spreadsheet: absent, filters: {} })).toMatchObject({
      code: 'no_access',
      message: 'Google knows no spreadsheet with the ID nothing.',
      advice: expect.stringContaining(google.serviceAccount.client_email),
    });
  });

  it('has the code protected, and names the cells and the people who can change the protection', async () => {
    const { google, spreadsheetId } = catalog.harness;
    await protect(google, spreadsheetId, { tab: TAB, a1: 'C1:C5' });
    const item = { MATERIAL_ID: ID, MATERIAL_DESC: 'Baru' };
    const error = await errorOf('update', automatic(), item);
    expect(error).toMatchObject({
      code: 'protected',
      message: expect.stringMatching(
        /protects cells from .*, so Google refused to write\. Protected: C1:C5 of "Kata/,
      ),
      advice: expect.stringMatching(/owner of the spreadsheet.*add .* there/),
    });
  });

  it('has the code ambiguous where two rows match', async () => {
    await catalog.harness.person.types('B3', 'Daun');
    const key = ['Judul Materi'];
    const error = await errorOf('update', automatic(key), { 'Judul Materi': 'Daun', theme: 'x' });
    expect(error).toMatchObject({ code: 'ambiguous', message: expect.stringContaining('2 and 3') });
  });

  it.each([
    [429, 'busy'],
    [500, 'unreachable'],
  ])('may be tried again where Google keeps answering %i, with the code %s', async (...given) => {
    const [status, code] = given;
    await catalog.harness.fault({ method: 'values.batchGet', kind: 'status', status, times: 9 });
    const options = { giveUpAfter: 1 };
    const error = await errorOf('getMany', { filters: {}, options });
    expect(error).toMatchObject({ code, retryable: true });
  });

  it('names no environment variable and no command', async () => {
    const error = await errorOf('getMany', { tab: 'Lain', filters: {} });
    expect(JSON.stringify(error)).not.toMatch(/GOOGLE_|npm |--/);
  });

  it('lets the others be written where an expression fails for the first', async () => {
    const title = '={{ $json.title.trim() }}';
    const { items, failed } = await catalog.run(
      'create',
      {
        columns: {
          mappingMode: 'defineBelow',
          matchingColumns: [],
          schema: [],
          value: { 'Judul Materi': title },
        },
      },
      [{ title: null }, { title: 'Akar' }],
      'continueErrorOutput',
    );
    expect(items.map(({ json }) => json['change'])).toEqual(['created']);
    expect(failed).toHaveLength(1);
    expect(await catalog.harness.column('Judul Materi')).toEqual(['Daun', 'Akar']);
  });

  it('lets the others be written where the workflow goes on', async () => {
    const { items, failed } = await catalog.run(
      'createOrUpdate',
      automatic(['Judul Materi']),
      [
        { 'Judul Materi': 'Akar' },
        { 'Judul Materi': 'Batang', theme: 'x'.repeat(60_000) },
        { 'Judul Materi': 'Bunga', MATERIAL_DESC: '\ud800' },
        { 'Judul Materi': 'Buah', 'Catatan Guru': { a: 1 } },
        { 'Judul Materi': 'Biji' },
      ],
      'continueErrorOutput',
    );
    expect(items.map(({ json }) => json['Judul Materi'])).toEqual(['Akar', 'Biji']);
    expect(failed.map(({ json }) => json['error'])).toMatchObject(
      Array.from({ length: 3 }, () => ({ code: 'invalid_value' })),
    );
  });
});

describe('docs/nodes.md', () => {
  it('explains every code that an item of Materi Catalog can have, and no other', () => {
    const text = readFileSync(join(process.cwd(), 'docs/nodes.md'), 'utf8');
    const [, after = ''] = text.split('### Error codes');
    const [codes = ''] = after.split('\n#');
    const rows = [...codes.matchAll(/^\| `([a-z_]+)` +\|/gm)].map(([, code]) => code);
    expect(rows).toEqual([...CATALOG_CODES]);
  });
});
