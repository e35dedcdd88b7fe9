import type { INodeProperties } from 'n8n-workflow';
import * as get from './get.operation.ts';

export { get };

export const materialParameters: INodeProperties[] = [
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['material'] } },
    options: [
      {
        name: 'Get',
        value: 'get',
        action: 'Get a material',
        description: 'Read a material as it stands now, with its analysis',
      },
    ],
    default: 'get',
  },
  ...get.description,
];
