import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeProperties,
} from 'n8n-workflow';
import { analysisSource, materialText, type AnalysisResult } from '../../../../core/index.ts';
import { eachItem } from '../../../items/eachItem.ts';
import { JobFailed } from '../../../items/jobFailed.ts';
import { jsonParameter, numberOption, textParameter } from '../../../items/parameters.ts';
import { converse } from './converse.ts';
import { MOST_OUTPUT_TOKENS, options } from './options.ts';

const shown = { resource: ['material'], operation: ['analyze'] };

export const description: INodeProperties[] = [
  {
    displayName: 'Material',
    name: 'material',
    type: 'json',
    required: true,
    displayOptions: { show: shown },
    default: '={{ $json.material }}',
    description: 'The material to analyse, as Materi Catalog or Materi Trigger gives it',
  },
  {
    displayName: 'Model Name or ID',
    name: 'model',
    type: 'options',
    typeOptions: { loadOptionsMethod: 'getModels' },
    displayOptions: { show: shown },
    default: 'gemini-2.5-flash',
    description:
      'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
  },
  { ...options, displayOptions: { show: shown } },
];

/**
 * Adds `result` to each item: the checked analysis, in Indonesian, with its source, the model and
 * the tokens used, just as Materi Job: Complete reports it.
 */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const atOnce = numberOption.call(this, 'concurrency', 0, 3);
  return await eachItem.call(this, Math.max(1, atOnce), async (item): Promise<IDataObject> => {
    const result: AnalysisResult = await analyze.call(this, item);
    return { ...this.getInputData()[item]?.json, result };
  });
}

async function analyze(this: IExecuteFunctions, item: number): Promise<AnalysisResult> {
  const material = materialText.safeParse(jsonParameter.call(this, 'material', item));
  if (!material.success) {
    const issues = material.error.issues.map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );
    throw new JobFailed('workflow_error', `Material is not a material: ${issues.join('; ')}`, {
      retryable: false,
      advice: 'Put Materi Catalog: Get before this node, or set Material to one as it gives.',
    });
  }
  const model = textParameter.call(this, 'model', item).replace(/^models\//, '');
  const option = (name: string, otherwise: number): number =>
    numberOption.call(this, name, item, otherwise);
  const { analysis, usage } = await converse.call(this, material.data, {
    model,
    temperature: option('temperature', 0.2),
    maxOutputTokens: Math.min(option('maxOutputTokens', 8_192), MOST_OUTPUT_TOKENS),
    timeoutMs: option('timeout', 60) * 1_000,
    deadline: Date.now() + option('giveUpAfter', 180) * 1_000,
  });
  return { analysis, source: analysisSource(material.data), model, usage };
}
