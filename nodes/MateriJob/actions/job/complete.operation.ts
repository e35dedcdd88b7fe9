import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeProperties,
} from 'n8n-workflow';
import { eachItem } from '../../../shared/items/eachItem.ts';
import { jsonParameter } from '../../../shared/items/parameters.ts';
import { callBack } from '../../../shared/portal/callback.ts';
import { attemptOf, attemptParameters, isSample } from './attempt.ts';
import { reportingPatience, REPORTS_AT_ONCE } from './reporting.ts';
import { refused } from './refused.ts';

export const description: INodeProperties[] = [
  ...attemptParameters({ resource: ['job'], operation: ['complete'] }),
  {
    displayName: 'Result',
    name: 'result',
    type: 'json',
    required: true,
    displayOptions: { show: { resource: ['job'], operation: ['complete'] } },
    default: '={{ $json.result }}',
    description:
      'The result of the job, in the form of its kind. Materi Gemini returns it in this form.',
  },
];

/** Reports each result. Each output item is the input item with `reported: true`. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  return await eachItem(node, REPORTS_AT_ONCE, async (item) => await complete(node, item));
}

async function complete(node: IExecuteFunctions, item: number): Promise<IDataObject> {
  const came = node.getInputData()[item]?.json ?? {};
  if (isSample(came)) return { ...came, reported: false, reason: 'This is a sample event.' };
  const answer = await callBack(
    node,
    {
      type: 'job.completed',
      data: {
        ...attemptOf(node, item),
        executionId: node.getExecutionId(),
        result: jsonParameter(node, 'result', item),
      },
    },
    reportingPatience(node, item),
  );
  if (answer.status >= 400) throw refused(answer);
  return { ...came, reported: true };
}
