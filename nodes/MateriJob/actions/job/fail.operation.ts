import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeProperties,
} from 'n8n-workflow';
import { eachItem } from '../../../shared/items/eachItem.ts';
import { textParameter } from '../../../shared/items/parameters.ts';
import { callBack } from '../../../shared/portal/callback.ts';
import { problemText } from '../../../shared/portal/problem.ts';
import { attemptOf, attemptParameters, isSample } from './attempt.ts';
import { reportingPatience, REPORTS_AT_ONCE } from './reporting.ts';
import { refused } from './refused.ts';
import { reasonOf, reasonParameter } from './reason.ts';

const shown = { resource: ['job'], operation: ['fail'] };

export const description: INodeProperties[] = [
  {
    displayName: 'Which Job',
    name: 'identifyBy',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: shown },
    options: [
      { name: 'By Job ID and Attempt', value: 'job', description: 'In the workflow of the job' },
      {
        name: 'By the Execution That Failed',
        value: 'execution',
        description: 'In an error workflow, which gets nothing but the execution',
      },
    ],
    default: 'job',
  },
  ...attemptParameters({ ...shown, identifyBy: ['job'] }),
  {
    displayName: 'Execution ID',
    name: 'executionId',
    type: 'string',
    displayOptions: { show: { ...shown, identifyBy: ['execution'] } },
    default: '={{ $json.execution?.id }}',
    description: 'The execution that failed, as Error Trigger gives it',
  },
  reasonParameter(shown),
];

/** Reports why each job has no result. Each output item is the input item with `reported`, and `reason` if it is false. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  return await eachItem(node, REPORTS_AT_ONCE, async (item) => await fail(node, item));
}

async function fail(node: IExecuteFunctions, item: number): Promise<IDataObject> {
  const came = node.getInputData()[item]?.json ?? {};
  const unreported = (reason: string): IDataObject => ({ ...came, reported: false, reason });
  if (isSample(came)) return unreported('This is a sample event.');

  const byExecution = node.getNodeParameter('identifyBy', item) === 'execution';
  const executionId = byExecution
    ? textParameter(node, 'executionId', item)
    : node.getExecutionId();
  if (executionId === '') return unreported('No execution was started, so none claimed a job.');

  const answer = await callBack(
    node,
    {
      type: 'job.failed',
      data: {
        ...(byExecution ? {} : attemptOf(node, item)),
        executionId,
        error: reasonOf(node, item),
      },
    },
    reportingPatience(node, item),
  );
  if (answer.status === 409) return unreported(problemText(answer.status, answer.body));
  if (answer.status === 404 && byExecution) return unreported('That execution had claimed no job.');
  if (answer.status >= 400) throw refused(answer);
  return { ...came, reported: true };
}
