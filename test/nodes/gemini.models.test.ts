import './engine/instance.ts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LoadOptionsContext } from 'n8n-core';
import { Workflow, type INode } from 'n8n-workflow';
import { startGoogle, type GoogleStandIn } from '../../local/google/index.ts';
import { getModels } from '../../nodes/MateriGemini/methods/getModels.ts';
import { additionalData } from './engine/additionalData.ts';
import { nodeTypes } from './engine/nodeTypes.ts';

let google: GoogleStandIn;
beforeAll(async () => {
  google = await startGoogle();
});
afterAll(async () => {
  await google.close();
});

const list = async (apiKey: string) => {
  const node: INode = {
    ...{ id: 'gemini', name: 'Gemini', typeVersion: 1, position: [0, 0], parameters: {} },
    type: 'n8n-nodes-digital-materi.materiGemini',
    credentials: { materiGeminiApi: { id: 'gemini', name: 'Gemini' } },
  };
  const file = { id: 'w1', name: 'test', nodes: [node], connections: {}, active: false };
  const data = additionalData(
    { credentials: { materiGeminiApi: { apiKey, baseUrl: `${google.url}/` } } },
    {
      ...{ ...file, isArchived: false, activeVersionId: null },
      ...{ createdAt: new Date(), updatedAt: new Date() },
    },
  );
  const workflow = new Workflow({ ...file, nodeTypes });
  const context = Object.assign(new LoadOptionsContext(workflow, node, data, ''), {
    getWorkflow: () => ({ id: 'w1', name: 'test', active: false }),
  });
  return await getModels.call(context);
};

describe('The list of models in the editor', () => {
  it('has those that the key may ask, the default among them, sorted by name', async () => {
    const models = await list('stand-in-gemini-key');
    expect(models).toContainEqual({
      name: 'Gemini 2.5 Flash',
      value: 'gemini-2.5-flash',
      description: expect.any(String),
    });
    const names = models.map(({ name }) => name);
    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
  });

  it('says that the key is not valid', async () => {
    await expect(list('not-a-key')).rejects.toMatchObject({
      name: 'NodeApiError',
      message: expect.stringContaining('API key not valid'),
      description: expect.stringContaining('API Key'),
    });
  });
});
