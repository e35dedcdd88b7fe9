import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { numberParameter, textParameter } from '../../../items/parameters.ts';

/** One attempt at a job, as the event offered it: what an execution claims and reports on. */
export interface Claim {
  readonly jobId: string;
  readonly attempt: number;
}

/** The two fields that name an attempt, for the operations and modes that `show` tells. */
export function claimParameters(show: Record<string, string[]>): INodeProperties[] {
  return [
    {
      displayName: 'Job ID',
      name: 'jobId',
      type: 'string',
      required: true,
      displayOptions: { show },
      default: '={{ $json.job?.id }}',
      description: 'The job that the event of Materi Trigger brought',
    },
    {
      displayName: 'Attempt',
      name: 'attempt',
      type: 'string',
      required: true,
      displayOptions: { show },
      default: '={{ $json.job?.attempt }}',
      description: 'Which attempt at the job this is; an older one than the current is refused',
    },
  ];
}

export function claimOf(this: IExecuteFunctions, item: number): Claim {
  return {
    jobId: textParameter.call(this, 'jobId', item),
    attempt: numberParameter.call(this, 'attempt', item),
  };
}

/** Whether the item came from "Listen for test event": no job of the portal stands behind it. */
export function isSample(json: IDataObject | undefined): boolean {
  return json?.['test'] === true;
}
