import type { INodeProperties } from 'n8n-workflow';
import * as create from './create.operation.ts';
import * as createOrUpdate from './createOrUpdate.operation.ts';
import * as get from './get.operation.ts';
import * as getMany from './getMany.operation.ts';
import * as update from './update.operation.ts';
import * as writeAnalysis from './writeAnalysis.operation.ts';

export { create, createOrUpdate, get, getMany, update, writeAnalysis };

export const materialOperations: INodeProperties[] = [
  // First: where several parameters are called operation, n8n lists the actions of the first.
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['material'], connectTo: ['sheet'] } },
    options: [
      {
        name: 'Create',
        value: 'create',
        action: 'Create material',
        description: 'Add a row for every item, in one batch',
      },
      {
        name: 'Create or Update',
        value: 'createOrUpdate',
        action: 'Create or update material',
        description: 'Change the row that matches, or add one where none does',
      },
      {
        name: 'Get',
        value: 'get',
        action: 'Get material',
        description: 'Read the current state of a material',
      },
      {
        name: 'Get Many',
        value: 'getMany',
        action: 'Get many materials',
        description: 'Read the materials of the sheet, filtered',
      },
      {
        name: 'Update',
        value: 'update',
        action: 'Update material',
        description: 'Change the row that matches, in one batch for all items',
      },
      {
        name: 'Write Analysis',
        value: 'writeAnalysis',
        action: 'Write analysis of material',
        description: 'Write the analysis that Materi Gemini made of a material to its row',
      },
    ],
    default: 'get',
  },
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['material'], connectTo: ['portal'] } },
    options: [
      {
        name: 'Get',
        value: 'get',
        action: 'Get material',
        description: 'Read the current state of a material, with its analysis',
      },
    ],
    default: 'get',
  },
  {
    displayName:
      'To list, create or update materials, set Connect To to "Google Sheet". A portal that keeps the same sheet takes the changes over within seconds. The analysis of a job goes to the portal with Materi Job: Complete.',
    name: 'portalNotice',
    type: 'notice',
    displayOptions: { show: { resource: ['material'], connectTo: ['portal'] } },
    default: '',
  },
];

export const materialParameters: INodeProperties[] = [
  ...get.description,
  ...getMany.description,
  ...create.description,
  ...createOrUpdate.description,
  ...update.description,
  ...writeAnalysis.description,
];
