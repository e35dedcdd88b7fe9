import type { INodeProperties } from 'n8n-workflow';
import { sheetParameters } from '../../sheet/parameters.ts';
import * as get from './get.operation.ts';
import * as getFromSheet from './getFromSheet.operation.ts';
import * as getMany from './getMany.operation.ts';
import * as write from './write.operation.ts';

export { get, getFromSheet, getMany, write };

export const materialParameters: INodeProperties[] = [
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
        action: 'Create a material',
        description: 'Add a row for every item, in one batch',
      },
      {
        name: 'Create or Update',
        value: 'createOrUpdate',
        action: 'Create or update a material',
        description: 'Change the row that matches, or add one where none does',
      },
      {
        name: 'Get',
        value: 'get',
        action: 'Get a material',
        description: 'Read a material as it stands now',
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
        action: 'Update a material',
        description: 'Change the row that matches, in one batch for all items',
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
        action: 'Get a material',
        description: 'Read a material as it stands now, with its analysis',
      },
    ],
    default: 'get',
  },
  {
    displayName:
      'To list, create or update materials, set Connect To to "Google Sheet". A portal that keeps the same sheet takes the changes over within seconds.',
    name: 'portalNotice',
    type: 'notice',
    displayOptions: { show: { resource: ['material'], connectTo: ['portal'] } },
    default: '',
  },
  ...sheetParameters,
  ...get.description,
  ...getMany.description,
  ...write.description,
];
