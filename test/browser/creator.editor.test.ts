import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { inBrowser } from './chromium.ts';
import { Editor } from './editor.ts';

let editor: Editor;

beforeAll(async () => {
  editor = await Editor.open();
}, 60_000);
afterAll(async () => {
  await editor.close();
});

describe('the node creator', () => {
  inBrowser('finds Materi Catalog by its name', async () => {
    await editor.openWorkflow();
    await editor.findNode('materi catalog', 'Materi Catalog');
  });
});

describe('a node’s panel', () => {
  inBrowser('opens and shows the fields of the node', async () => {
    const id = await editor.workflow('Panel', [
      { name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
      { name: 'Catalog', type: 'materiCatalog' },
    ]);
    await editor.openWorkflow(id);
    const panel = await editor.openNode('Catalog');
    expect(await panel.getByTestId('parameter-input-resource').isVisible()).toBe(true);
    await editor.screenshot('panel');
    await editor.closeNode();
  });
});
