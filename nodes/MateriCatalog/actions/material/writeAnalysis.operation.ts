import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { jsonParameter } from '../../../shared/items/parameters.ts';
import { giveUpAfter, simplify } from '../../sheet/parameters.ts';
import { analysisOf } from '../../item/automatic.ts';
import { dryRunOf, previousValues } from '../../item/changed.ts';
import { idText } from '../../item/materialId.ts';
import type { Request } from '../../item/values.ts';
import type { Execute } from '../execute.ts';
import { writeItems } from '../../sheet/write.ts';

const shown = { resource: ['material'], operation: ['writeAnalysis'], connectTo: ['sheet'] };

export const description: INodeProperties[] = [
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
  dryRunOf('writeAnalysis'),
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
    id: idText(node, item),
    ...analysisOf(jsonParameter(node, 'result', item)),
  }));
}
