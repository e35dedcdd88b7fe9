import type { INodeProperties } from 'n8n-workflow';
import { mappingParameters, writeMapped, writeMappedThroughPortal } from './mapping.ts';
import type { Execute } from '../execute.ts';

export const description: INodeProperties[] = mappingParameters('update', 'update');

export const execute: Execute = {
  portal: async (node) => await writeMappedThroughPortal(node, 'update'),
  sheet: async (node) => await writeMapped(node, 'update'),
};
