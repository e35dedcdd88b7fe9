import type { INodeProperties } from 'n8n-workflow';
import { mappingParameters, writeMapped, writeMappedThroughPortal } from './mapping.ts';
import type { Execute } from '../execute.ts';

export const description: INodeProperties[] = mappingParameters('createOrUpdate', 'upsert');

export const execute: Execute = {
  portal: async (node) => await writeMappedThroughPortal(node, 'createOrUpdate'),
  sheet: async (node) => await writeMapped(node, 'createOrUpdate'),
};
