import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeProperties,
} from 'n8n-workflow';
import { jobIdSchema } from '../../../../core/index.ts';
import type { Answer } from '../../../shared/http/exchange.ts';
import { eachItem } from '../../../shared/items/eachItem.ts';
import { ItemFailure } from '../../../shared/items/itemFailure.ts';
import { textParameter } from '../../../shared/items/parameters.ts';
import { askPortal } from '../../../shared/portal/ask.ts';
import { isSample } from './attempt.ts';
import { jobOf } from './jobs.ts';
import { refused } from './refused.ts';
import { reportingPatience, REPORTS_AT_ONCE } from './reporting.ts';

export const description: INodeProperties[] = [
  {
    displayName: 'Job ID',
    name: 'jobId',
    type: 'string',
    required: true,
    displayOptions: { show: { resource: ['job'], operation: ['get'] } },
    default: '={{ $json.job?.id }}',
    placeholder: 'e.g. 01980000-0000-7000-8000-000000000000',
    description: 'The job to read',
  },
];

/** Adds `job` to each item, as it is now, with its result. Each ID is read once. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const reads = new Map<string, Promise<Answer>>();
  return await eachItem(node, REPORTS_AT_ONCE, async (item): Promise<IDataObject> => {
    const came = node.getInputData()[item]?.json ?? {};
    if (isSample(came)) {
      node.addExecutionHints({ message: 'This is a sample event: the portal has no such job.' });
      return came;
    }
    const id = idOf(textParameter(node, 'jobId', item));
    const answer = reads.get(id) ?? read(node, id, item);
    reads.set(id, answer);
    return { ...came, job: jobOf((await answer).body) };
  });
}

async function read(node: IExecuteFunctions, id: string, item: number): Promise<Answer> {
  const request = { method: 'GET', path: `/api/jobs/${id}` } as const;
  const answer = await askPortal(node, request, reportingPatience(node, item), [404]);
  if (answer.status === 404) throw refused(answer);
  return answer;
}

function idOf(text: string): string {
  const id = jobIdSchema.safeParse(text.toLowerCase());
  if (id.success) return id.data;
  throw new ItemFailure('workflow_error', `"${text.slice(0, 100)}" is not the ID of a job.`, {
    retryable: false,
    advice: 'Set Job ID to the ID of a job: a UUID, as Materi Trigger and Get Many give it.',
  });
}
