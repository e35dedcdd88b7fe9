import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeProperties,
} from 'n8n-workflow';
import {
  analysisSource,
  costOf,
  DEFAULT_MODEL,
  isSameModel,
  materialTextSchema,
  type Issue,
  type SecondResult,
} from '../../../../core/index.ts';
import { readText } from '../../../shared/http/read.ts';
import { eachItem } from '../../../shared/items/eachItem.ts';
import { ItemFailure } from '../../../shared/items/itemFailure.ts';
import { jsonParameter, numberOption, textParameter } from '../../../shared/items/parameters.ts';
import { LONGEST_MODEL, type Terms } from '../../transport/generate.ts';
import { listTextModels } from '../../transport/models.ts';
import { converse, NOT_VALID, notUsable } from './converse.ts';
import {
  concurrency,
  giveUpAfter,
  maxOutputTokens,
  MOST_OUTPUT_TOKENS,
  needsReview,
  options,
  OWN_OUTPUT,
  skipUnchanged,
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
  readonly code: 'other_model' | 'characters_replaced' | 'needs_review';
  readonly message: string;
}

interface Analyzed {
  readonly result: SecondResult;
  readonly warnings: Warning[];
}

/**
 * Adds `result` to each item: the checked analysis, in Indonesian, with its source, both models
 * (asked, answered), the tokens and their cost, as Materi Job: Complete reports it. Adds `warnings` to an
 * item where there are any. With an output of its own for them, answers with issues leave by the second output.
 */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  let listed: Promise<readonly string[] | undefined> | undefined;
  const offeredModels = (): Promise<readonly string[] | undefined> =>
    (listed ??= listTextModels(node).then(
      (models) => models.map(({ id }) => id),
      () => undefined,
    ));
  const hints = new Set<string>();
  const forReview = new Set<IDataObject>();
  let unchanged = 0;
  const [outputs = []] = await eachItem(node, atOnce(node), async (item) => {
    if (isUnchanged(node, item)) {
      unchanged += 1;
      return undefined;
    }
    const { result, warnings } = await analyze(node, item, offeredModels);
    for (const { message } of warnings) hints.add(message);
    const json: IDataObject = { ...node.getInputData()[item]?.json, result };
    if (warnings.length > 0) json['warnings'] = warnings;
    if (result.issues.length > 0) forReview.add(json);
    return json;
  });
  if (unchanged > 0) {
    const all = node.getInputData().length;
    hints.add(`${unchanged} of ${all} materials left out: unchanged since their last analysis.`);
  }
  for (const message of hints) node.addExecutionHints({ message });
  if (!hasOwnOutput(node, 0)) return [outputs];
  return [
    outputs.filter(({ json }) => !forReview.has(json)),
    outputs.filter(({ json }) => forReview.has(json)),
  ];
}

/** n8n computes the outputs of the node from the first item's options. */
function hasOwnOutput(node: IExecuteFunctions, item: number): boolean {
  return textParameter(node, `options.${needsReview.name}`, item) === OWN_OUTPUT;
}

/** Whether the option says to skip the material, and its AI_SOURCE is of this prompt and of this text. */
function isUnchanged(node: IExecuteFunctions, item: number): boolean {
  if (node.getNodeParameter(`options.${skipUnchanged.name}`, item, false) !== true) return false;
  const given = jsonParameter(node, 'material', item);
  const material = materialTextSchema.safeParse(given);
  return material.success && readText(given, 'aiSource') === analysisSource(material.data);
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
): Promise<Analyzed> {
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
  const conversation = await converse(node, material.data, {
    model,
    thinkingLevel: textParameter(node, 'options.thinkingLevel', item) || undefined,
    maxOutputTokens: Math.min(option(maxOutputTokens), MOST_OUTPUT_TOKENS),
    timeoutMs: option(timeout) * 1_000,
    deadline: Date.now() + option(giveUpAfter) * 1_000,
    offeredModels,
  });
  const { analysis, refused, review, usage, modelVersion, hasReplaced } = conversation;
  if (refused.length > 0 && !hasOwnOutput(node, 0)) throw notUsable(NOT_VALID, refused);
  const issues = [...refused, ...review];
  const cost = costOf(usage, {
    model: modelVersion || model,
    tier: 'standard',
    at: new Date(),
  });
  const result: SecondResult = {
    version: 2,
    analysis,
    issues,
    source: analysisSource(material.data),
    model,
    usage,
  };
  if (modelVersion !== '') result.modelVersion = modelVersion;
  if (cost !== undefined) result.cost = cost;
  const warnings = warningsOf({ model, modelVersion, hasReplaced, issues });
  return { result, warnings };
}

interface Circumstances {
  readonly model: string;
  readonly modelVersion: string;
  readonly hasReplaced: boolean;
  readonly issues: readonly Issue[];
}

/** Google may route the name of a retired model to another model. */
function warningsOf({ model, modelVersion, hasReplaced, issues }: Circumstances): Warning[] {
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
  if (issues.length > 0) {
    const message = 'A person should look at the analysis: result.issues says at what.';
    warnings.push({ code: 'needs_review', message });
  }
  return warnings;
}
