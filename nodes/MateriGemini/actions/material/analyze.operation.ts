import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeProperties,
} from 'n8n-workflow';
import {
  analysisSource,
  DEFAULT_MODEL,
  isSameModel,
  materialTextSchema,
  type AnalysisResult,
} from '../../../../core/index.ts';
import { eachItem } from '../../../shared/items/eachItem.ts';
import { ItemFailure } from '../../../shared/items/itemFailure.ts';
import { jsonParameter, numberOption, textParameter } from '../../../shared/items/parameters.ts';
import { LONGEST_MODEL, type Terms } from '../../transport/generate.ts';
import { listTextModels } from '../../transport/models.ts';
import { converse } from './converse.ts';
import {
  concurrency,
  giveUpAfter,
  maxOutputTokens,
  MOST_OUTPUT_TOKENS,
  options,
  timeout,
} from './options.ts';

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
    default: DEFAULT_MODEL,
    description:
      'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
  },
  { ...options, displayOptions: { show: shown } },
];

interface Warning extends IDataObject {
  readonly code: 'other_model' | 'characters_replaced';
  readonly message: string;
}

/**
 * Adds `result` to each item: the checked analysis, in Indonesian, with its source, both models
 * (asked, answered) and the tokens, as Materi Job: Complete reports it. Adds `warnings` to an item
 * where there are any.
 */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  let listed: Promise<readonly string[] | undefined> | undefined;
  const offeredModels = (): Promise<readonly string[] | undefined> =>
    (listed ??= listTextModels(node).then(
      (models) => models.map(({ id }) => id),
      () => undefined,
    ));
  const hints = new Set<string>();
  const outputs = await eachItem(node, atOnce(node), async (item): Promise<IDataObject> => {
    const { result, warnings } = await analyze(node, item, offeredModels);
    for (const { message } of warnings) hints.add(message);
    const json = { ...node.getInputData()[item]?.json, result };
    return warnings.length === 0 ? json : { ...json, warnings };
  });
  for (const message of hints) node.addExecutionHints({ message });
  return outputs;
}

/** If Concurrency is no number, each item fails with the reason. */
function atOnce(node: IExecuteFunctions): number {
  try {
    return numberOption(node, concurrency, 0);
  } catch {
    return 1;
  }
}

async function analyze(
  node: IExecuteFunctions,
  item: number,
  offeredModels: Terms['offeredModels'],
): Promise<{ result: AnalysisResult; warnings: Warning[] }> {
  const given = jsonParameter(node, 'material', item) ?? undefined;
  const material = materialTextSchema.safeParse(given);
  if (!material.success) {
    const issues = material.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'material'}: ${message}`,
    );
    const message =
      given === undefined
        ? 'The item has no material.'
        : `Material is not a material: ${issues.join('; ')}`;
    throw new ItemFailure('workflow_error', message, {
      retryable: false,
      advice: 'Put Materi Catalog: Get before this node, or set Material to one as it gives.',
    });
  }
  const model = textParameter(node, 'model', item).replace(/^models\//, '');
  if (model === '' || model.length > LONGEST_MODEL) {
    const message = `Model is ${model === '' ? 'empty' : `longer than ${LONGEST_MODEL} characters`}.`;
    throw new ItemFailure('workflow_error', message, {
      retryable: false,
      advice: 'Choose a model from the list, or correct the expression.',
    });
  }
  const option = (described: INodeProperties): number => numberOption(node, described, item);
  option(concurrency);
  const { analysis, usage, modelVersion, hasReplaced } = await converse(node, material.data, {
    model,
    thinkingLevel: textParameter(node, 'options.thinkingLevel', item) || undefined,
    maxOutputTokens: Math.min(option(maxOutputTokens), MOST_OUTPUT_TOKENS),
    timeoutMs: option(timeout) * 1_000,
    deadline: Date.now() + option(giveUpAfter) * 1_000,
    offeredModels,
  });
  const result = {
    analysis,
    source: analysisSource(material.data),
    model,
    ...(modelVersion === '' ? {} : { modelVersion }),
    usage,
  };
  return { result, warnings: warningsOf(model, modelVersion, hasReplaced) };
}

/** Google may route the name of a retired model to another model. */
function warningsOf(model: string, modelVersion: string, hasReplaced: boolean): Warning[] {
  const warnings: Warning[] = [];
  if (!isSameModel(model, modelVersion)) {
    const message = `${model} was asked, and ${modelVersion} answered.`;
    warnings.push({ code: 'other_model', message });
  }
  if (hasReplaced) {
    const message =
      "Gemini's answer held characters that cannot be stored; each is now U+FFFD (\ufffd).";
    warnings.push({ code: 'characters_replaced', message });
  }
  return warnings;
}
