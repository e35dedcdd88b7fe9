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
import { open, openParameters } from './open.ts';
import { reportingPatience, REPORTS_AT_ONCE } from './reporting.ts';
import { refused } from './refused.ts';

const shown = { resource: ['job'], operation: ['start'] };

export const description: INodeProperties[] = [
  {
    displayName: 'Which Job',
    name: 'startFrom',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: shown },
    options: [
      {
        name: 'The Job of an Event',
        value: 'event',
        description: 'After Materi Trigger: claim the job that the event brought',
      },
      {
        name: 'A New Job',
        value: 'new',
        description: 'In a scheduled workflow: open a job that this execution works on itself',
      },
    ],
    default: 'event',
  },
  ...attemptParameters({ ...shown, startFrom: ['event'] }),
  ...openParameters({ ...shown, startFrom: ['new'] }),
  {
    displayName:
      'Gives no items when the event offers no job, or another execution has claimed it: the workflow then ends, and that is as it should be.',
    name: 'startNotice',
    type: 'notice',
    displayOptions: { show: { ...shown, startFrom: ['event'] } },
    default: '',
  },
  {
    displayName:
      'Gives no item for a material or gap that has an open job of this kind: another workflow works on it.',
    name: 'openNotice',
    type: 'notice',
    displayOptions: { show: { ...shown, startFrom: ['new'] } },
    default: '',
  },
];

/** Claims or opens a job for each item. The input item goes on, with `job.executionId`. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const isNew = node.getNodeParameter('startFrom', 0, 'event') === 'new';
  const work = isNew ? open : claim;
  return await eachItem(node, REPORTS_AT_ONCE, async (item) => await work(node, item));
}

async function claim(node: IExecuteFunctions, item: number): Promise<IDataObject | undefined> {
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
