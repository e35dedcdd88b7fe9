import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { numberParameter, textParameter } from '../../../shared/items/parameters.ts';

/** An attempt at a job, as an event brought it. An execution claims it and reports on it. */
export interface Attempt {
  readonly jobId: string;
  readonly attempt: number;
}

/** The two fields that name an attempt, for the operations and modes in `show`. */
export function attemptParameters(show: Record<string, string[]>): INodeProperties[] {
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

export function attemptOf(node: IExecuteFunctions, item: number): Attempt {
  return {
    jobId: textParameter(node, 'jobId', item),
    attempt: numberParameter(node, 'attempt', item),
  };
}

/** Whether the item came from "Listen for test event": it belongs to no job of the portal. */
export function isSample(json: IDataObject | undefined): boolean {
  return json?.['test'] === true;
}
