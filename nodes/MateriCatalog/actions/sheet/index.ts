import type { INodeProperties } from 'n8n-workflow';
import * as prepare from './prepare.operation.ts';

export { prepare };

export const sheetOperations: INodeProperties[] = [
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
        action: 'Prepare sheet',
        description: 'Add the columns, IDs and drop-downs that a catalog needs to any sheet',
      },
    ],
    default: 'prepare',
  },
];

export const preparingParameters: INodeProperties[] = prepare.description;
