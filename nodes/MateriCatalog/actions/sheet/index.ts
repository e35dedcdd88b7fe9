import type { INodeProperties } from 'n8n-workflow';
import * as prepare from './prepare.operation.ts';

export { prepare };

export const preparingParameters: INodeProperties[] = [
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['sheet'], connectTo: ['sheet'] } },
    options: [
      {
        name: 'Prepare',
        value: 'prepare',
        action: 'Prepare a sheet',
        description: 'Add the columns, IDs and drop-downs that a catalog needs to any sheet',
      },
    ],
    default: 'prepare',
  },
  {
    displayName: 'To prepare a sheet, set Connect To to "Google Sheet"',
    name: 'prepareNotice',
    type: 'notice',
    displayOptions: { show: { resource: ['sheet'], connectTo: ['portal'] } },
    default: '',
  },
  ...prepare.description,
];
