import type { INodeProperties } from 'n8n-workflow';
import * as analyze from './analyze.operation.ts';

export { analyze };

export const materialParameters: INodeProperties[] = [
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['material'] } },
    options: [
      {
        name: 'Analyze',
        value: 'analyze',
        action: 'Analyze material',
        description: 'Summary, keywords, objectives and level, with quotes that show them',
      },
    ],
    default: 'analyze',
  },
  ...analyze.description,
];
