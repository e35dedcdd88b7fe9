import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod/v4-mini';
import { control, protect } from '../harness/google/controls.ts';
import { waitUntil } from '../../local/process/waitUntil.ts';
import { HEADER, startHarness, TAB, typed, type Harness } from '../harness/direct.ts';
import { inBrowser } from '../harness/browser/chromium.ts';
import { Editor, type NodeSketch } from '../harness/browser/editor.ts';

const ID = '01980000-0000-7000-8000-000000000001';

let editor: Editor;
let harness: Harness;
let credential: { id: string; name: string };

beforeAll(async () => {
  editor = await Editor.open();
  harness = await startHarness([
    HEADER,
    typed('Bagian daun', { MATERIAL_ID: ID, 'Catatan Guru': 'Pinjam' }),
    typed('Bagian akar'),
  ]);
  const { url, serviceAccount } = harness.google;
  const body = {
    name: 'Sheet',
    type: 'materiGoogleServiceAccountApi',
    data: {
      email: serviceAccount.client_email,
      privateKey: serviceAccount.private_key,
      rootUrl: url,
    },
  };
  const made = await editor.client.request(
    z.object({ id: z.string() }),
    'POST',
    '/credentials',
    body,
  );
  credential = { id: made.id, name: 'Sheet' };
}, 60_000);
afterAll(async () => {
  await editor.close();
  await harness.stop();
});

const START: NodeSketch = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };

const inSheet = (parameters: Readonly<Record<string, unknown>>, name = 'Catalog'): NodeSketch => ({
  name,
  type: 'materiCatalog',
  parameters: { connectTo: 'sheet', authentication: 'serviceAccount', ...parameters },
  credentials: { materiGoogleServiceAccountApi: credential },
});

const place = () => ({
  spreadsheet: { __rl: true, mode: 'id', value: harness.spreadsheetId },
  tab: { __rl: true, mode: 'list', value: '0', cachedResultName: TAB },
});

/** Saves a workflow, opens it and one of its nodes. */
const open = async (nodes: readonly NodeSketch[], name = 'Catalog') => {
  const id = await editor.workflow(name, [START, ...nodes]);
  await editor.openWorkflow(id);
  return await editor.openNode(name);
};

describe('the column mapper', () => {
  inBrowser('asks for a spreadsheet first, without an error', async () => {
    const panel = await open([inSheet({ operation: 'createOrUpdate' })]);
    await panel.getByText('Choose a spreadsheet and a tab').waitFor();
    expect(await panel.getByText('No columns found').count()).toBe(0);
    await editor.screenshot('catalog-mapper-empty');
    await editor.closeNode();
  });

  const columns = {
    mappingMode: 'defineBelow',
    matchingColumns: ['MATERIAL_ID'],
    value: { MATERIAL_DESC: '={{ $json.text }}' },
  };

  for (const [what, parameters] of [
    ['of a new node', { operation: 'createOrUpdate' }],
    ['of a node from a file without a schema', { operation: 'update', columns }],
  ] as const) {
    inBrowser(`lists every column ${what}, the key included and preset`, async () => {
      const panel = await open([inSheet({ ...parameters, ...place() })]);
      await panel.getByTestId('mapping-fields-container').waitFor();
      const labels = await panel.getByTestId('mapping-fields-container').innerText();
      for (const name of HEADER.filter((header) => header !== 'UPDATED_AT')) {
        expect(labels).toContain(name);
      }
      expect(await panel.getByTestId('matching-column-select').innerText()).toContain(
        'MATERIAL_ID',
      );
      await editor.screenshot(`catalog-mapper-${parameters.operation}`);
      await editor.closeNode();
    });
  }
});

describe('the mapped columns', () => {
  const values = z.object({
    nodes: z.array(
      z.object({
        name: z.string(),
        parameters: z.object({
          columns: z.optional(z.object({ value: z.nullable(z.record(z.string(), z.unknown())) })),
        }),
      }),
    ),
  });

  /** Opens the node, waits for a label, changes a value, closes and saves. @returns all values */
  const reopened = async (columns: object, loaded = 'SUBJECT_NAME', where = place()) => {
    const node = inSheet({ operation: 'update', ...where, columns });
    const id = await editor.workflow('Catalog', [START, node]);
    await editor.openWorkflow(id);
    const panel = await editor.openNode('Catalog');
    const mapper = panel.getByTestId('mapping-fields-container');
    // Until the columns have come, the editor shows the saved ones.
    await mapper.getByText(loaded).first().waitFor();
    await mapper.locator('input').last().fill('changed');
    // While a field has the focus, Escape only leaves the field.
    await editor.page.locator(':focus').blur();
    await editor.closeNode();
    await editor.page.keyboard.press('Control+s');
    let value: Record<string, unknown> = {};
    const isSaved = async () => {
      const { nodes } = await editor.client.request(values, 'GET', `/workflows/${id}`);
      value = nodes.find(({ name }) => name === 'Catalog')?.parameters.columns?.value ?? {};
      return Object.values(value).includes('changed');
    };
    await waitUntil(isSaved, { what: 'the changed value to be saved', within: 10_000 });
    return value;
  };

  const mapping = (value: object, schema: readonly object[] = []) => ({
    mappingMode: 'defineBelow',
    matchingColumns: Object.keys(value).slice(0, 1),
    value,
    schema,
  });

  inBrowser('keep a name that is not in the sheet', async () => {
    const value = { MATERIAL_ID: ID, MATERIAL_DECS: 'Daun' };
    const saved = await reopened(mapping(value));
    expect(Object.keys(saved)).toEqual(expect.arrayContaining(Object.keys(value)));
  });

  inBrowser('keep names of fields, also with an expression', async () => {
    const value = { id: ID, description: '={{ $json.text }}', title: 'Daun' };
    const saved = await reopened(mapping(value));
    expect(saved).toMatchObject(value);
  });

  inBrowser('keep a column that has another name in the sheet now', async () => {
    const value = { MATERIAL_ID: ID, Catatan: '={{ $json.text }}' };
    const field = { required: false, defaultMatch: false, display: true, canBeUsedToMatch: true };
    const schema = ['MATERIAL_ID', 'Catatan', 'MATERIAL_DESC'].map((id) => ({
      id,
      displayName: id,
      type: 'string',
      removed: false,
      ...field,
    }));
    const saved = await reopened(mapping(value, schema));
    expect(saved).toMatchObject({ Catatan: value.Catatan });
  });

  inBrowser('stay, with the reason, when the sheet cannot be read', async () => {
    const where = { ...place(), spreadsheet: { __rl: true, mode: 'id', value: 'nothing' } };
    const value = { MATERIAL_ID: ID, description: 'Daun', 'Catatan Guru': 'Pinjam' };
    const saved = await reopened(mapping(value), 'description (not read', where);
    expect(Object.keys(saved)).toEqual(Object.keys(value));
  });

  inBrowser('are forgotten, as before, when another spreadsheet is chosen', async () => {
    const columns = mapping({ MATERIAL_ID: ID, MATERIAL_DECS: 'Daun' });
    const panel = await open([inSheet({ operation: 'update', ...place(), columns })]);
    await panel.getByText('MATERIAL_DECS (not in the sheet)').waitFor();
    const spreadsheet = panel.getByTestId('resource-locator-spreadsheet');
    await spreadsheet.getByTestId('rlc-input').fill('nothing');
    await panel
      .getByText(/Google knows no spreadsheet|Choose a spreadsheet/)
      .first()
      .waitFor();
    expect(await panel.getByText('MATERIAL_DECS').count()).toBe(0);
    await editor.openWorkflow();
  });

  inBrowser('give way to the reason when there are none', async () => {
    const spreadsheet = { __rl: true, mode: 'id', value: 'nothing' };
    const panel = await open([inSheet({ operation: 'update', ...place(), spreadsheet })]);
    await panel.getByText('Google knows no spreadsheet').waitFor();
    await editor.screenshot('catalog-mapper-reason');
    await editor.closeNode();
  });
});

describe('the parameters', () => {
  const labels = async (parameters: Readonly<Record<string, unknown>>) => {
    const panel = await open([inSheet(parameters)]);
    await panel.getByTestId('parameter-input-connectTo').waitFor();
    return (await panel.getByTestId('node-parameters').innerText()).split('\n');
  };

  inBrowser('of Prepare have the operation above the spreadsheet', async () => {
    const shown = await labels({ resource: 'sheet', operation: 'prepare' });
    expect(
      shown.filter((text) => ['Operation', 'Spreadsheet', 'Tab', 'Dry Run'].includes(text)),
    ).toEqual(['Operation', 'Spreadsheet', 'Tab', 'Dry Run']);
    await editor.screenshot('catalog-prepare');
    await editor.closeNode();
  });

  const optionsOf = async (field: string, parameters: Readonly<Record<string, unknown>>) => {
    const panel = await open([{ name: 'Catalog', type: 'materiCatalog', parameters }]);
    await panel.getByTestId(`parameter-input-${field}`).click();
    const list = editor.page.locator('.el-select-dropdown__item:visible');
    await list.first().waitFor();
    const names = await list.allInnerTexts();
    await editor.page.keyboard.press('Escape');
    await editor.openWorkflow();
    // n8n adds the last one to every node with credentials.
    return names.map((text) => text.split('\n')[0]).filter((text) => text !== 'Custom API Call');
  };

  inBrowser('offer no Sheet where the node is connected to the portal', async () => {
    expect(await optionsOf('resource', { connectTo: 'portal' })).toEqual(['Material']);
  });

  inBrowser('offer Material and Sheet where the node is connected to a sheet', async () => {
    const inGoogle = { connectTo: 'sheet', authentication: 'serviceAccount' };
    expect(await optionsOf('resource', inGoogle)).toEqual(['Material', 'Sheet']);
  });
});

describe('the lists', () => {
  inBrowser('have the tabs of the spreadsheet, without the hidden one', async () => {
    const panel = await open([inSheet({ operation: 'getMany', spreadsheet: place().spreadsheet })]);
    await panel.getByTestId('resource-locator-tab').getByTestId('rlc-input-container').click();
    await editor.page.getByTestId('rlc-item').first().waitFor({ timeout: 10_000 });
    expect(await editor.page.getByTestId('rlc-item').allInnerTexts()).toEqual([TAB]);
    await editor.screenshot('catalog-tabs');
    await editor.openWorkflow();
  });

  inBrowser('say what to do where the spreadsheet is not shared', async () => {
    const spreadsheet = { __rl: true, mode: 'id', value: 'nothing' };
    const panel = await open([inSheet({ operation: 'getMany', spreadsheet })]);
    await panel.getByTestId('resource-locator-tab').getByTestId('rlc-input-container').click();
    await editor.page.getByTestId('rlc-error-container').first().waitFor({ timeout: 10_000 });
    await editor.screenshot('catalog-list-error');
    const said = await editor.page.getByTestId('rlc-error-container').first().innerText();
    expect(said).toContain('Google knows no spreadsheet');
    expect(said).toContain('add the Service Account Email of the credential as an editor');
    await editor.openWorkflow();
  });
});

describe('the output', () => {
  const execute = async (nodes: readonly NodeSketch[]) => {
    const panel = await open(nodes);
    await panel.getByTestId('node-execute-button').click();
    return panel;
  };

  inBrowser('is shown as a table with a column for each field, simplified', async () => {
    const options = { simple: true };
    const panel = await execute([inSheet({ operation: 'getMany', ...place(), options })]);
    const output = panel.getByTestId('output-panel');
    await output.getByText('Bagian daun').first().waitFor();
    await output.getByTestId('radio-button-table').click();
    await output.locator('table').first().waitFor();
    expect(await output.locator('table').first().innerText()).toContain('Catatan Guru');
    await editor.screenshot('catalog-table');
    await editor.closeNode();
  });

  inBrowser('names the column that was likely meant when it fails', async () => {
    const columns = {
      mappingMode: 'defineBelow',
      matchingColumns: ['MATERIAL_ID'],
      schema: [],
      value: { MATERIAL_ID: ID, MATERIAL_DECS: 'Daun mengolah cahaya' },
    };
    const panel = await open([inSheet({ operation: 'update', ...place(), columns })]);
    await panel.getByText('MATERIAL_DECS (not in the sheet)').waitFor();
    await panel.getByTestId('node-execute-button').click();
    await panel.getByText('Did you mean MATERIAL_DESC?').first().waitFor();
    await editor.screenshot('catalog-error-column');
    await editor.closeNode();
  });

  inBrowser('names the protected cells, and whom to ask', async () => {
    const columns = {
      mappingMode: 'defineBelow',
      matchingColumns: ['MATERIAL_ID'],
      schema: [],
      value: { MATERIAL_ID: ID, MATERIAL_DESC: 'Daun mengolah cahaya' },
    };
    const id = await protect(harness.google, harness.spreadsheetId, { tab: TAB, a1: 'C1:C9' });
    const panel = await execute([inSheet({ operation: 'update', ...place(), columns })]);
    await panel.getByText('protects cells from').first().waitFor();
    await editor.screenshot('catalog-error-protected');
    await control(harness.google, 'DELETE', `/spreadsheets/${harness.spreadsheetId}/protect/${id}`);
    await editor.closeNode();
  });

  inBrowser('is previewed to the next node before anything ran', async () => {
    const panel = await open(
      [
        inSheet({ resource: 'material', operation: 'getMany', ...place() }, 'Read'),
        { name: 'Job', type: 'materiJob', parameters: { resource: 'job', operation: 'complete' } },
      ],
      'Job',
    );
    await panel.getByText('aiSummary').first().waitFor();
    await editor.screenshot('catalog-preview');
    await editor.closeNode();
  });

  it('has a preview that n8n serves for every operation of every node', async () => {
    const nodes = join(__dirname, '..', '..', 'nodes');
    const schemas = readdirSync(nodes, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.includes('__schema__') && name.endsWith('.json'),
    );
    const answers = await Promise.all(
      schemas.map(async (name) => {
        const [node = '', path = ''] = name.split('/__schema__/v');
        const type = node.charAt(0).toLowerCase() + node.slice(1);
        const url = `${editor.facts.n8n.url}/schemas/n8n-nodes-digital-materi.${type}/${path}`;
        return [name, (await fetch(url)).status];
      }),
    );
    expect(answers).toEqual(schemas.map((name) => [name, 200]));
    expect(answers.length).toBeGreaterThan(10);
  });
});
