import type { INodeProperties } from 'n8n-workflow';
import { materialParameter } from '../../item/materialId.ts';
import * as archive from './archive.operation.ts';
import * as create from './create.operation.ts';
import * as createOrUpdate from './createOrUpdate.operation.ts';
import * as get from './get.operation.ts';
import * as getMany from './getMany.operation.ts';
import * as restore from './restore.operation.ts';
import * as update from './update.operation.ts';
import * as writeAnalysis from './writeAnalysis.operation.ts';

export { archive, create, createOrUpdate, get, getMany, restore, update, writeAnalysis };

export const materialOperations: INodeProperties[] = [
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['material'] } },
    options: [
      {
        name: 'Archive',
        value: 'archive',
        action: 'Archive material',
        description: 'Leave the material out of lists. Its row stays in the sheet.',
      },
      {
        name: 'Create',
        value: 'create',
        action: 'Create material',
        description: 'Add a material for every item, all in one request',
      },
      {
        name: 'Create or Update',
        value: 'createOrUpdate',
        action: 'Create or update material',
        description: 'Change the material that matches, or add one where none does',
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
        description: 'Read the materials that the filters find',
      },
      {
        name: 'Restore',
        value: 'restore',
        action: 'Restore material',
        description: 'Take an archived material back into lists',
      },
      {
        name: 'Update',
        value: 'update',
        action: 'Update material',
        description: 'Change the material that matches, all items in one request',
      },
      {
        name: 'Write Analysis',
        value: 'writeAnalysis',
        action: 'Write analysis of material',
        description: 'Write the analysis that Materi Gemini made of a material to its row',
        displayOptions: { show: { connectTo: ['sheet'] } },
      },
    ],
    default: 'get',
  },
];

export const materialParameters: INodeProperties[] = [
  materialParameter,
  ...archive.description,
  ...get.description,
  ...getMany.description,
  ...create.description,
  ...createOrUpdate.description,
  ...restore.description,
  ...update.description,
  ...writeAnalysis.description,
];
