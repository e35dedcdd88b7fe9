import type { INodeProperties } from 'n8n-workflow';
import { mappingParameters, writeMapped } from '../../sheet/mapping.ts';
import type { Execute } from '../execute.ts';

export const description: INodeProperties[] = mappingParameters('createOrUpdate', 'upsert');

export const execute: Execute = {
  sheet: async (node) => await writeMapped(node, 'createOrUpdate'),
};
