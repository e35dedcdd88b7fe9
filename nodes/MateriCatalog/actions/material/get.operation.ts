import type { INodeProperties } from 'n8n-workflow';
import { getFromPortal } from '../../portal/get.ts';
import { getFromSheet } from '../../sheet/get.ts';
import { giveUpAfter, simplify } from '../../sheet/parameters.ts';
import type { Execute } from '../execute.ts';

export const description: INodeProperties[] = [
  {
    displayName: 'Material ID',
    name: 'materialId',
    type: 'string',
    required: true,
    displayOptions: { show: { resource: ['material'], operation: ['get'] } },
    default: '={{ $json.material?.id }}',
    placeholder: 'e.g. 01980000-0000-7000-8000-000000000000',
    description: 'The value of MATERIAL_ID in the sheet, or what an event brought',
  },
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    displayOptions: {
      show: { resource: ['material'], operation: ['get'], connectTo: ['portal'] },
    },
    default: {},
    options: [simplify],
  },
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    displayOptions: {
      show: { resource: ['material'], operation: ['get'], connectTo: ['sheet'] },
    },
    default: {},
    options: [giveUpAfter, simplify],
  },
];

export const execute: Execute = { portal: getFromPortal, sheet: getFromSheet };
