import type { INodeProperties } from 'n8n-workflow';
import { archivingParameters } from './archiving.ts';
import { archiveInPortal } from '../../portal/archive.ts';
import { archiveInSheet } from '../../sheet/archive.ts';
import type { Execute } from '../execute.ts';

export const description: INodeProperties[] = archivingParameters('archive');

export const execute: Execute = {
  portal: async (node) => await archiveInPortal(node, 'archive'),
  sheet: async (node) => await archiveInSheet(node, 'archive'),
};
