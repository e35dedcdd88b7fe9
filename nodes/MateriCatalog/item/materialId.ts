import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { materialIdSchema, type MaterialId } from '../../../core/index.ts';
import { read } from '../../shared/http/read.ts';
import { catalogFailure } from './failure.ts';

/** The parameter of every operation on one material an item. */
export const materialParameter: INodeProperties = {
  displayName: 'Material',
  name: 'materialId',
  type: 'resourceLocator',
  required: true,
  displayOptions: {
    show: { resource: ['material'], operation: ['archive', 'get', 'restore', 'writeAnalysis'] },
  },
  default: { mode: 'id', value: '={{ $json.material?.id ?? $json.id }}' },
  description: 'The material, by its MATERIAL_ID',
  typeOptions: { loadOptionsDependsOn: ['connectTo', 'spreadsheet.value', 'tab.value'] },
  modes: [
    {
      displayName: 'From List',
      name: 'list',
      type: 'list',
      typeOptions: { searchListMethod: 'searchMaterials', searchable: true },
    },
    {
      displayName: 'By ID',
      name: 'id',
      type: 'string',
      placeholder: 'e.g. 01980000-0000-7000-8000-000000000000',
      hint: 'The value of MATERIAL_ID in the sheet, or what an event brought',
    },
  ],
};

/** The ID as a text; '' if none is given. A node that an older version saved has it as a plain text. */
export function idText(node: IExecuteFunctions, item: number): string {
  const given: unknown = node.getNodeParameter('materialId', item, '');
  const value = typeof given === 'object' ? read(given, 'value') : given;
  return typeof value === 'string' ? value.trim().toLowerCase() : '';
}

/** @throws ItemFailure `key_missing` if there is no ID, `invalid_value` if it is no UUID */
export function idParameter(node: IExecuteFunctions, item: number): MaterialId {
  const text = idText(node, item);
  if (text === '') {
    throw catalogFailure('key_missing', 'The item has no ID of a material.', {
      advice: 'Set Material to the value of MATERIAL_ID, or choose one from the list.',
    });
  }
  const id = materialIdSchema.safeParse(text);
  if (id.success) return id.data;
  throw catalogFailure('invalid_value', `"${text.slice(0, 100)}" is not the ID of a material.`, {
    advice: 'Set Material to the value of MATERIAL_ID: a UUID.',
  });
}
