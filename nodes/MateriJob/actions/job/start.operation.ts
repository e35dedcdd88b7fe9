import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeProperties,
} from 'n8n-workflow';
import { read } from '../../../http/read.ts';
import { eachItem } from '../../../items/eachItem.ts';
import { callBack } from '../../../portal/callback.ts';
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
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  return await eachItem.call(this, REPORTS_AT_ONCE, async (item) => await start.call(this, item));
}

async function start(this: IExecuteFunctions, item: number): Promise<IDataObject | undefined> {
  const came = this.getInputData()[item]?.json ?? {};
  if (isSample(came)) {
    this.addExecutionHints({ message: 'This is a sample event: no job was claimed.' });
    return came;
  }
  const { jobId, attempt } = attemptOf.call(this, item);
  if (jobId === '') {
    this.addExecutionHints({ message: 'The event offers no job: there is nothing to do.' });
    return undefined;
  }
  const executionId = this.getExecutionId();
  const answer = await callBack.call(
    this,
    { type: 'job.started', data: { jobId, attempt, executionId } },
    reportingPatience.call(this, item),
  );
  if (answer.status === 409) {
    this.addExecutionHints({ message: `Job ${jobId} is not free: ${refused(answer).message}` });
    return undefined;
  }
  if (answer.status >= 400) throw refused(answer);
  const offered = read(came, 'job');
  const job = typeof offered === 'object' && offered !== null ? offered : {};
  return { ...came, job: { ...job, id: jobId, attempt, executionId } };
}
