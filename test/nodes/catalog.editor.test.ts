import '../harness/nodes/engine/instance.ts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LoadOptionsContext } from 'n8n-core';
import {
  Workflow,
  type ICredentialDataDecryptedObject,
  type INode,
  type INodeParameters,
} from 'n8n-workflow';
import { getColumns } from '../../nodes/MateriCatalog/methods/columns.ts';
import { searchSpreadsheets, searchTabs } from '../../nodes/MateriCatalog/methods/sheet.ts';
import { HEADER, startHarness, TAB, typed, type Harness } from '../harness/direct.ts';
import { additionalData } from '../harness/nodes/engine/additionalData.ts';
import { nodeTypes } from '../harness/nodes/engine/nodeTypes.ts';
import { runNode } from '../harness/nodes/engine/run.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness([HEADER, typed('Daun')]);
});
afterEach(() => harness.stop());

const serviceAccount = (): ICredentialDataDecryptedObject => ({
  email: harness.google.serviceAccount.client_email,
  privateKey: harness.google.serviceAccount.private_key,
  rootUrl: harness.google.url,
  accessToken: '',
});

/** The node as the editor has it open. */
const editor = (more: INodeParameters = {}, credential = serviceAccount()) => {
  const parameters: INodeParameters = {
    connectTo: 'sheet',
    authentication: 'serviceAccount',
    resource: 'material',
    operation: 'createOrUpdate',
    tab: TAB,
    spreadsheet: { __rl: true, mode: 'id', value: harness.spreadsheetId },
    ...more,
  };
  const node: INode = {
    id: 'catalog',
    name: 'Catalog',
    typeVersion: 1,
    position: [0, 0],
    parameters,
    type: 'n8n-nodes-digital-materi.materiCatalog',
    credentials: { materiGoogleServiceAccountApi: { id: 'google', name: 'Google' } },
  };
  const file = { id: 'w1', name: 'test', nodes: [node], connections: {}, active: false };
  const data = additionalData(
    { credentials: { materiGoogleServiceAccountApi: credential } },
    {
      ...file,
      isArchived: false,
      activeVersionId: null,
      createdAt: new Date(),
      updatedAt: new Date(),
    },
  );
  data.currentNodeParameters = parameters;
  const workflow = new Workflow({ ...file, nodeTypes });
  return Object.assign(new LoadOptionsContext(workflow, node, data, ''), {
    getWorkflow: () => ({ id: 'w1', name: 'test', active: false }),
  });
};

describe('Materi Catalog in the editor', () => {
  it('lists the spreadsheets that are shared with the account, by a part of their name', async () => {
    const { results } = await searchSpreadsheets.call(editor(), 'Uji');
    expect(results).toMatchObject([{ name: 'Uji', value: harness.spreadsheetId }]);
    const others = await searchSpreadsheets.call(editor(), "Tidak ada' or name contains 'Uji");
    expect(others.results).toEqual([]);
  });

  it('lists the tabs without the journal', async () => {
    const credentials = { materiGoogleServiceAccountApi: serviceAccount() };
    const { parameters } = editor().getNode();
    const columns = {
      mappingMode: 'autoMapInputData',
      matchingColumns: ['title'],
      schema: [],
      value: null,
    };
    const items = [{ title: 'Akar', subject: 'IPA' }];
    await runNode('materiCatalog', { ...parameters, columns }, items, { credentials });
    expect(await harness.journal()).not.toEqual([]);
    expect(await searchTabs.call(editor())).toEqual({ results: [{ name: TAB, value: '0' }] });
    expect(await searchTabs.call(editor(), 'tidak ada')).toEqual({ results: [] });
  });

  it('lists the tabs while none is chosen, and asks for a spreadsheet first', async () => {
    const none = { __rl: true, mode: 'list', value: '' };
    const { results } = await searchTabs.call(editor({ tab: none }));
    expect(results).toEqual([{ name: TAB, value: '0' }]);
    expect(await searchTabs.call(editor({ spreadsheet: none }))).toEqual({ results: [] });
    for (const missing of [{ tab: none }, { spreadsheet: none }]) {
      expect(await getColumns.call(editor(missing))).toMatchObject({
        fields: [],
        emptyFieldsNotice: expect.stringContaining('Choose a spreadsheet and a tab'),
      });
    }
  });

  it('presets the title as the key while the sheet has no ids', async () => {
    await harness.stop();
    harness = await startHarness([HEADER.slice(0, 7), typed('Daun').slice(0, 7)]);
    const { fields } = await getColumns.call(editor());
    expect(fields.filter(({ defaultMatch }) => defaultMatch)).toMatchObject([
      { id: 'MATERIAL_TITLE' },
    ]);
  });

  it('offers the columns of the sheet, the id to match by', async () => {
    const { fields } = await getColumns.call(editor());
    expect(fields.map(({ id }) => id)).toEqual(HEADER.filter((name) => name !== 'UPDATED_AT'));
    expect(fields.filter(({ defaultMatch }) => defaultMatch)).toMatchObject([
      { id: 'MATERIAL_ID' },
    ]);
    const forNew = await getColumns.call(editor({ operation: 'create' }));
    expect(forNew.fields.map(({ id }) => id)).not.toContain('MATERIAL_ID');
  });

  it('offers a further column once that is in the sheet twice', async () => {
    await harness.stop();
    harness = await startHarness([
      [...HEADER, 'Catatan Guru'],
      [...typed('Daun'), ''],
    ]);
    const { fields } = await getColumns.call(editor());
    expect(fields.filter(({ id }) => id === 'Catatan Guru')).toHaveLength(1);
  });

  const mapped = (...names: string[]) => ({
    columns: { mappingMode: 'defineBelow', value: Object.fromEntries(names.map((n) => [n, 'x'])) },
  });

  it('keeps each mapped name as a field, and marks the one that the sheet does not have', async () => {
    const { fields } = await getColumns.call(
      editor(mapped('id', 'description', 'Judul', 'catatan guru', 'MATERIAL_DECS', 'UPDATED_AT')),
    );
    const kept = fields.filter(({ id }) => !HEADER.includes(id) || id === 'UPDATED_AT');
    expect(kept.map(({ id, displayName }) => [id, displayName])).toEqual([
      ['Judul', 'MATERIAL_TITLE'],
      ['description', 'MATERIAL_DESC'],
      ['id', 'MATERIAL_ID'],
      ['UPDATED_AT', 'UPDATED_AT'],
      ['catatan guru', 'Catatan Guru'],
      ['MATERIAL_DECS', 'MATERIAL_DECS (not in the sheet)'],
    ]);
    expect(fields).toHaveLength(HEADER.length + 1);
    expect(fields.filter(({ defaultMatch }) => defaultMatch)).toMatchObject([{ id: 'id' }]);
  });

  it('keeps both names that are mapped for one column', async () => {
    const { fields } = await getColumns.call(editor(mapped('MATERIAL_DESC', 'description')));
    expect(fields.filter(({ id }) => id === 'MATERIAL_DESC')).toHaveLength(1);
    expect(fields.at(-1)).toMatchObject({
      id: 'description',
      displayName: 'description (MATERIAL_DESC once more)',
    });
  });

  it('keeps a field that the editor showed, until people remove it', async () => {
    const schema = [{ id: 'Catatan' }, { id: 'Lama', removed: true }];
    const { fields } = await getColumns.call(editor({ columns: { value: {}, schema } }));
    expect(fields.map(({ id }) => id)).toContain('Catatan');
    expect(fields.map(({ id }) => id)).not.toContain('Lama');
  });

  it.each([
    ['the spreadsheet is not shared', { mode: 'id', value: 'nothing' }, 'Google knows no'],
    ['no spreadsheet is chosen', { mode: 'list', value: '' }, 'Choose a spreadsheet'],
  ])('keeps the mapped names and says so when %s', async (_, place, said) => {
    const spreadsheet = { __rl: true, ...place };
    const nothing = await getColumns.call(editor({ spreadsheet }));
    expect(nothing).toMatchObject({
      fields: [],
      emptyFieldsNotice: expect.stringContaining(said),
    });
    const { fields } = await getColumns.call(editor({ spreadsheet, ...mapped('id', 'Catatan') }));
    expect(fields).toMatchObject([
      { id: 'id', displayName: expect.stringContaining(said) },
      { id: 'Catatan' },
    ]);
  });

  it('says why a list is empty when the account may not see the spreadsheet', async () => {
    const wrong = editor({ spreadsheet: { __rl: true, mode: 'id', value: 'nothing' } });
    await expect(searchTabs.call(wrong)).rejects.toMatchObject({
      name: 'NodeApiError',
      message: expect.stringContaining('add the Service Account Email of the credential'),
    });
  });

  it('says that a key does not sign, or is not of this account', async () => {
    const pasted = { ...serviceAccount(), privateKey: 'not a key' };
    await expect(searchTabs.call(editor({}, pasted))).rejects.toMatchObject({
      name: 'NodeApiError',
    });
    const foreign = { ...serviceAccount(), email: 'other@project.iam.gserviceaccount.com' };
    await expect(searchTabs.call(editor({}, foreign))).rejects.toMatchObject({
      message: expect.stringContaining('access token'),
    });
  });
});

describe('Materi Catalog, connected by OAuth2', () => {
  it("reads with the account's token", async () => {
    const { url, serviceAccount: account } = harness.google;
    const { MateriGoogleServiceAccountApi } =
      await import('../../credentials/MateriGoogleServiceAccountApi.credentials.ts');
    const httpRequest = async ({ url: at, body }: { url: string; body?: unknown }) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await fetch(at, { method: 'POST', headers, body: String(body) });
      return { statusCode: answer.status, headers: {}, body: await answer.json() };
    };
    const { accessToken } = await new MateriGoogleServiceAccountApi().preAuthentication.call(
      { helpers: { httpRequest } },
      { email: account.client_email, privateKey: account.private_key, rootUrl: url },
    );
    const credential = {
      grantType: 'authorizationCode',
      rootUrl: url,
      authentication: 'body',
      clientId: 'client',
      clientSecret: 'secret',
      accessTokenUrl: `${url}/token`,
      oauthTokenData: { access_token: accessToken ?? null, token_type: 'Bearer' },
    };
    const { parameters } = editor({ authentication: 'oAuth2', operation: 'getMany' }).getNode();
    const { items, error } = await runNode('materiCatalog', { ...parameters, filters: {} }, [{}], {
      credentials: { materiGoogleOAuth2Api: credential },
    });
    expect(error).toBeUndefined();
    expect(items).toMatchObject([{ json: { material: { title: 'Daun' } } }]);
  });

  it.each([
    ['the client secret is wrong', { clientSecret: 'wrong' }, 'Client authentication failed'],
    ['the account has taken its access back', {}, 'needs to be reconnected'],
    ['the account was disconnected', { oauthTokenData: {} }, 'without access token'],
  ])('fails at once, and says so, when %s', async (_, more, said) => {
    const { url } = harness.google;
    const credential = {
      grantType: 'authorizationCode',
      rootUrl: url,
      authentication: 'body',
      clientId: 'digital-materi-local.apps.googleusercontent.com',
      clientSecret: 'stand-in-client-secret',
      accessTokenUrl: `${url}/token`,
      oauthTokenData: { access_token: 'expired', refresh_token: '1//gone', token_type: 'Bearer' },
      ...more,
    };
    const { parameters } = editor({ authentication: 'oAuth2', operation: 'getMany' }).getNode();
    const { error } = await runNode('materiCatalog', { ...parameters, filters: {} }, [{}], {
      credentials: { materiGoogleOAuth2Api: credential },
    });
    expect(error?.message).toMatch(/^Google gave no access token: /);
    expect(error?.message).toContain(said);
    expect(error?.description).toContain('Check that the credential is connected');
  });
});
