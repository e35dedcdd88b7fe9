import type { INodeProperties } from 'n8n-workflow';
import * as complete from './complete.operation.ts';
import * as fail from './fail.operation.ts';
import { reporting } from './reporting.ts';
import * as start from './start.operation.ts';

export { complete, fail, start };

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
        name: 'Start',
        value: 'start',
        action: 'Start job',
        description: 'Claim the job that an event brought, so that no other execution works on it',
      },
    ],
    default: 'start',
  },
  ...fail.description,
  ...complete.description,
  ...start.description,
  ...reporting,
];
