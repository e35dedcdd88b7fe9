import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { jsonParameter, textParameter } from '../../../shared/items/parameters.ts';
import { giveUpAfter, simplify } from '../../sheet/parameters.ts';
import { analysisOf } from '../../sheet/automatic.ts';
import type { Execute } from '../execute.ts';
import { previousValues, writeItems, type Request } from '../../sheet/write.ts';

const shown = { resource: ['material'], operation: ['writeAnalysis'], connectTo: ['sheet'] };

export const description: INodeProperties[] = [
  {
    displayName: 'Material ID',
    name: 'materialId',
    type: 'string',
    required: true,
    displayOptions: { show: shown },
    default: '={{ $json.material?.id ?? $json.id }}',
    placeholder: 'e.g. 01980000-0000-7000-8000-000000000000',
    description: 'The value of MATERIAL_ID in the sheet',
  },
  {
    displayName: 'Result',
    name: 'result',
    type: 'json',
    required: true,
    displayOptions: { show: shown },
    default: '={{ $json.result }}',
    description:
      'The analysis as Materi Gemini gives it. AI_SUMMARY, AI_STATUS and AI_SOURCE are written, nothing else.',
  },
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    displayOptions: { show: shown },
    default: {},
    options: [giveUpAfter, previousValues, simplify],
  },
];

export const execute: Execute = { sheet: writeAnalyses };

/** Writes the analysis of each item to the row of its material. */
async function writeAnalyses(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const request = (): Request => ({ operation: 'update' });
  return await writeItems(node, request, (item) => ({
    id: textParameter(node, 'materialId', item),
    ...analysisOf(jsonParameter(node, 'result', item)),
  }));
}
