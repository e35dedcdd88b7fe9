import { NodeApiError, type ILoadOptionsFunctions, type INodePropertyOptions } from 'n8n-workflow';
import { readList, readText } from '../../http/read.ts';
import { geminiFailure } from '../transport/refusals.ts';
import { requestGemini } from '../transport/request.ts';

/** The models that the key may use and that can answer a prompt, for the editor's list. */
export async function getModels(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  const outcome = await requestGemini.call(this, {
    method: 'GET',
    path: '/v1beta/models',
    qs: { pageSize: 1_000 },
    timeoutMs: 20_000,
  });
  if (!outcome.reached || outcome.status !== 200) {
    const { message, circumstances } = geminiFailure(outcome, 'models');
    throw new NodeApiError(
      this.getNode(),
      { message },
      { message, ...(circumstances.advice && { description: circumstances.advice }) },
    );
  }
  return readList(outcome.body, 'models')
    .filter((model) => readList(model, 'supportedGenerationMethods').includes('generateContent'))
    .map((model) => {
      const value = readText(model, 'name').replace(/^models\//, '');
      const description = readText(model, 'description');
      return { name: readText(model, 'displayName') || value, value, description };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}
