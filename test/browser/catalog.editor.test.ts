import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import * as z from 'zod/v4-mini';
import { HEADER, startBench, TAB, typed, type Bench } from '../direct/bench.ts';
import { inBrowser } from './chromium.ts';
import { Editor, type NodeSketch } from './editor.ts';

const ID = '01980000-0000-7000-8000-000000000001';

let editor: Editor;
let bench: Bench;
let credential: { id: string; name: string };

beforeAll(async () => {
  editor = await Editor.open();
  bench = await startBench([
    HEADER,
    typed('Bagian daun', { MATERIAL_ID: ID, 'Catatan Guru': 'Pinjam' }),
    typed('Bagian akar'),
  ]);
  const { url, serviceAccount } = bench.google;
  const body = {
    ...{ name: 'Sheet', type: 'materiGoogleServiceAccountApi' },
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
  await bench.stop();
});

const START: NodeSketch = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };

const inSheet = (parameters: Readonly<Record<string, unknown>>, name = 'Catalog'): NodeSketch => ({
  ...{ name, type: 'materiCatalog' },
  parameters: { connectTo: 'sheet', authentication: 'serviceAccount', ...parameters },
  credentials: { materiGoogleServiceAccountApi: credential },
});

const place = () => ({
  spreadsheet: { __rl: true, mode: 'id', value: bench.spreadsheetId },
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

  inBrowser('lists every column from the start, the key included and preset', async () => {
    // As in a workflow file: without a schema.
    const panel = await open([inSheet({ operation: 'createOrUpdate', ...place() })]);
    await panel.getByTestId('mapping-fields-container').waitFor();
    const labels = await panel.getByTestId('mapping-fields-container').innerText();
    for (const name of HEADER.filter((header) => header !== 'UPDATED_AT')) {
      expect(labels).toContain(name);
    }
    expect(await panel.getByTestId('matching-column-select').innerText()).toContain('MATERIAL_ID');
    await editor.screenshot('catalog-mapper-columns');
    await editor.closeNode();
  });
});
