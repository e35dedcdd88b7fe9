import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeProperties,
} from 'n8n-workflow';
import { eachItem } from '../../../shared/items/eachItem.ts';
import { ItemFailure } from '../../../shared/items/itemFailure.ts';
import { numberOf } from '../../../shared/items/parameters.ts';
import { callBack } from '../../../shared/portal/callback.ts';
import { attemptOf, attemptParameters, isSample } from './attempt.ts';
import { reportingPatience, REPORTS_AT_ONCE } from './reporting.ts';
import { refused } from './refused.ts';

const shown = { resource: ['job'], operation: ['progress'] };

export const description: INodeProperties[] = [
  ...attemptParameters(shown),
  {
    displayName: 'Progress (%)',
    name: 'progress',
    type: 'number',
    typeOptions: { minValue: 0, maxValue: 100 },
    required: true,
    displayOptions: { show: shown },
    default: 50,
    description:
      'How much of the work is done, from 0 to 100. The portal shows it, never lowers it, and keeps the job for this execution for another 15 minutes.',
  },
];

/** Reports the progress of each job. Each output item is the input item with `reported: true`. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  return await eachItem(node, REPORTS_AT_ONCE, async (item) => await report(node, item));
}

async function report(node: IExecuteFunctions, item: number): Promise<IDataObject> {
  const came = node.getInputData()[item]?.json ?? {};
  if (isSample(came)) return { ...came, reported: false, reason: 'This is a sample event.' };
  const progress = progressOf(node, item);
  const executionId = node.getExecutionId();
  const answer = await callBack(
    node,
    { type: 'job.progress', data: { ...attemptOf(node, item), executionId, progress } },
    reportingPatience(node, item),
  );
  if (answer.status >= 400) throw refused(answer);
  return { ...came, reported: true };
}

function progressOf(node: IExecuteFunctions, item: number): number {
  const given: unknown = node.getNodeParameter('progress', item, undefined);
  const progress = Math.round(numberOf(given));
  if (progress >= 0 && progress <= 100) return progress;
  const found = (JSON.stringify(given) ?? 'nothing').slice(0, 100);
  throw new ItemFailure(
    'workflow_error',
    `Progress is ${found}, and it must be a number from 0 to 100.`,
    { retryable: false, advice: 'Set Progress to a number from 0 to 100.' },
  );
}
