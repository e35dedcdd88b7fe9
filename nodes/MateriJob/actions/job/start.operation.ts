import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeProperties,
} from 'n8n-workflow';
import { read } from '../../../shared/http/read.ts';
import { eachItem } from '../../../shared/items/eachItem.ts';
import { callBack } from '../../../shared/portal/callback.ts';
import { attemptOf, attemptParameters, isSample } from './attempt.ts';
import { reportingPatience, REPORTS_AT_ONCE } from './reporting.ts';
import { refused } from './refused.ts';

export const description: INodeProperties[] = [
  ...attemptParameters({ resource: ['job'], operation: ['start'] }),
  {
    displayName:
      'Gives no items when the event offers no job, or another execution has claimed it: the workflow then ends, and that is as it should be.',
    name: 'startNotice',
    type: 'notice',
    displayOptions: { show: { resource: ['job'], operation: ['start'] } },
    default: '',
  },
];

/** Claims each attempt for this execution; what came in goes on, with `job.executionId`. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  return await eachItem(node, REPORTS_AT_ONCE, async (item) => await start(node, item));
}

async function start(node: IExecuteFunctions, item: number): Promise<IDataObject | undefined> {
  const came = node.getInputData()[item]?.json ?? {};
  if (isSample(came)) {
    node.addExecutionHints({ message: 'This is a sample event: no job was claimed.' });
    return came;
  }
  const { jobId, attempt } = attemptOf(node, item);
  if (jobId === '') {
    node.addExecutionHints({ message: 'The event offers no job: there is nothing to do.' });
    return undefined;
  }
  const executionId = node.getExecutionId();
  const answer = await callBack(
    node,
    { type: 'job.started', data: { jobId, attempt, executionId } },
    reportingPatience(node, item),
  );
  if (answer.status === 409) {
    node.addExecutionHints({ message: `Job ${jobId} is not free: ${refused(answer).message}` });
    return undefined;
  }
  if (answer.status >= 400) throw refused(answer);
  const offered = read(came, 'job');
  const job = typeof offered === 'object' && offered !== null ? offered : {};
  return { ...came, job: { ...job, id: jobId, attempt, executionId } };
}
