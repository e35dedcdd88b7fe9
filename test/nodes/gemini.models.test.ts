import '../harness/nodes/engine/instance.ts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LoadOptionsContext } from 'n8n-core';
import { NodeHelpers, Workflow, type INode, type INodeParameters } from 'n8n-workflow';
import { DEFAULT_MODEL } from '../../core/index.ts';
import { startGoogle, type GoogleStandIn } from '../../google-standin/index.ts';
import { MateriGemini } from '../../nodes/MateriGemini/MateriGemini.node.ts';
import { getModels } from '../../nodes/MateriGemini/methods/getModels.ts';
import { additionalData } from '../harness/nodes/engine/additionalData.ts';
import { nodeTypes } from '../harness/nodes/engine/nodeTypes.ts';

let google: GoogleStandIn;
beforeAll(async () => {
  google = await startGoogle();
});
afterAll(async () => {
  await google.close();
});

const list = async (apiKey: string) => {
  const node: INode = {
    id: 'gemini',
    name: 'Gemini',
    typeVersion: 1,
    position: [0, 0],
    parameters: {},
    type: 'n8n-nodes-digital-materi.materiGemini',
    credentials: { materiGeminiApi: { id: 'gemini', name: 'Gemini' } },
  };
  const file = { id: 'w1', name: 'test', nodes: [node], connections: {}, active: false };
  const data = additionalData(
    { credentials: { materiGeminiApi: { apiKey, baseUrl: `${google.url}/` } } },
    {
      ...file,
      isArchived: false,
      activeVersionId: null,
      createdAt: new Date(),
      updatedAt: new Date(),
    },
  );
  const workflow = new Workflow({ ...file, nodeTypes });
  const context = Object.assign(new LoadOptionsContext(workflow, node, data, ''), {
    getWorkflow: () => ({ id: 'w1', name: 'test', active: false }),
  });
  return await getModels.call(context);
};

describe('The list of models in the editor', () => {
  it('has the text models of all pages, the default first, then the newest, aliases last', async () => {
    const models = await list('stand-in-gemini-key');
    expect(models[0]).toEqual({
      name: 'Gemini 3.5 Flash-Lite (Default)',
      value: DEFAULT_MODEL,
      description: expect.any(String),
    });
    expect(models.slice(1).map(({ value }) => value)).toEqual([
      'gemini-3.8-flash',
      'gemini-3.7-flash',
      'gemini-3.6-flash',
      'gemini-3.5-flash',
      'gemini-3.1-flash-lite',
      'gemini-3.1-pro-preview',
      'gemini-3-flash-preview',
      'gemini-3-pro-preview',
      'gemini-flash-latest',
      'gemini-flash-lite-latest',
      'gemini-pro-latest',
    ]);
  });

  it('is asked for page by page', async () => {
    await fetch(`${google.url}/stand-in/requests`, { method: 'DELETE' });
    await list('stand-in-gemini-key');
    const requests = await (await fetch(`${google.url}/stand-in/requests`)).json();
    expect(requests).toMatchObject({ counts: { gemini: { 'models.list': 2 } } });
  });

  it('says that the key is not valid', async () => {
    await expect(list('not-a-key')).rejects.toMatchObject({
      name: 'NodeApiError',
      message: expect.stringContaining('API key not valid'),
      description: expect.stringContaining('API Key'),
    });
  });
});

describe('The model of a saved workflow', () => {
  const { description } = new MateriGemini();
  /** As n8n saves a node's parameters, or loads them with the defaults. */
  const parameters = (given: INodeParameters, withDefaults: boolean): INodeParameters | null =>
    NodeHelpers.getNodeParameters(
      description.properties,
      given,
      withDefaults,
      false,
      null,
      description,
    );

  it('is not in the file while it is the default', () => {
    expect(parameters({ model: DEFAULT_MODEL }, false)).not.toHaveProperty('model');
  });

  it('is the default of the installed nodes where the file has none', () => {
    expect(parameters({}, true)).toHaveProperty('model', DEFAULT_MODEL);
  });

  it('stays what a person chose', () => {
    const chosen = parameters({ model: 'gemini-2.5-flash' }, false) ?? {};
    expect(parameters(chosen, true)).toHaveProperty('model', 'gemini-2.5-flash');
  });
});
