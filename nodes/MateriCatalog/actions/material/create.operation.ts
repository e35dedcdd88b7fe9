import type { INodeProperties } from 'n8n-workflow';
import { mappingParameters, writeMapped, writeMappedThroughPortal } from './mapping.ts';
import type { Execute } from '../execute.ts';

export const description: INodeProperties[] = mappingParameters('create', 'add');

export const execute: Execute = {
  portal: async (node) => await writeMappedThroughPortal(node, 'create'),
  sheet: async (node) => await writeMapped(node, 'create'),
};
