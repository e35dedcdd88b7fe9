import type { INodeProperties } from 'n8n-workflow';
import { getFromPortal } from '../../portal/get.ts';
import { getFromSheet } from '../../sheet/get.ts';
import { giveUpAfter, simplify } from '../../sheet/parameters.ts';
import type { Execute } from '../execute.ts';

export const description: INodeProperties[] = [
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    displayOptions: { show: { resource: ['material'], operation: ['get'] } },
    default: {},
    options: [giveUpAfter, simplify],
  },
];

export const execute: Execute = { portal: getFromPortal, sheet: getFromSheet };
