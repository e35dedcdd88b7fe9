import type { INodeProperties } from 'n8n-workflow';
import * as complete from './complete.operation.ts';
import * as fail from './fail.operation.ts';
import * as get from './get.operation.ts';
import * as getMany from './getMany.operation.ts';
import * as progress from './progress.operation.ts';
import { reporting } from './reporting.ts';
import * as start from './start.operation.ts';

export { complete, fail, get, getMany, progress, start };

export const jobParameters: INodeProperties[] = [
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['job'] } },
    options: [
      {
        name: 'Complete',
        value: 'complete',
        action: 'Complete job',
        description: 'Report the result; the portal checks it and shows it to the teacher',
      },
      {
        name: 'Fail',
        value: 'fail',
        action: 'Fail job',
        description: 'Report why there is no result; the portal tries again if that may help',
      },
      {
        name: 'Get',
        value: 'get',
        action: 'Get job',
        description: 'Read a job as it is now, with its result',
      },
      {
        name: 'Get Many',
        value: 'getMany',
        action: 'Get many jobs',
        description: 'List jobs, newest first, by status, kind or material',
      },
      {
        name: 'Report Progress',
        value: 'progress',
        action: 'Report progress of job',
        description:
          'Show how far the work is, and keep the job for this execution for another 15 minutes',
      },
      {
        name: 'Start',
        value: 'start',
        action: 'Start job',
        description:
          'Claim the job that an event brought, or open a new one, so that no other execution works on it',
      },
    ],
    default: 'start',
  },
  ...fail.description,
  ...complete.description,
  ...start.description,
  ...progress.description,
  ...get.description,
  ...getMany.description,
  ...reporting,
];
