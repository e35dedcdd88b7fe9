import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { limitParameters } from '../../../shared/items/limit.ts';
import { numberOf } from '../../../shared/items/parameters.ts';
import { itemError, nodeError } from '../../../shared/items/itemFailure.ts';
import { catalogFailure } from '../../item/failure.ts';
import { filtersOf, type Filters } from '../../item/filters.ts';
import { filterParameters } from '../../item/filterParameters.ts';
import { presentRow, withMaterial } from '../../item/present.ts';
import { patienceOf } from '../../portal/ask.ts';
import { findInPortal } from '../../portal/getMany.ts';
import { finderInSheet } from '../../sheet/getMany.ts';
import { giveUpAfter, simplify } from '../../sheet/parameters.ts';
import type { Execute } from '../execute.ts';

const shown = { resource: ['material'], operation: ['getMany'] };

export const description: INodeProperties[] = [
  ...limitParameters(shown),
  ...filterParameters,
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    displayOptions: { show: shown },
    default: {},
    options: [giveUpAfter, simplify],
  },
];

export const execute: Execute = {
  portal: async (node) => {
    const patience = patienceOf(node);
    return await getMany(node, async (filters, limit) => {
      const found = await findInPortal(node, filters, limit, patience);
      return found.map((material) => ({ ...material }));
    });
  },
  sheet: async (node) => {
    const find = finderInSheet(node);
    return await getMany(node, async (filters, limit) => {
      const found = await find(filters, limit);
      return found.map(presentRow);
    });
  },
};

type Find = (filters: Filters, limit: number) => Promise<ReturnType<typeof presentRow>[]>;

/**
 * Gives each material that the filters find as an item. Items that ask the same get the same answer, so they
 * cost no further request.
 */
async function getMany(node: IExecuteFunctions, find: Find): Promise<INodeExecutionData[][]> {
  const outputs: INodeExecutionData[] = [];
  const answers = new Map<string, ReturnType<Find>>();
  for (const item of node.getInputData().keys()) {
    try {
      const [filters, limit] = [filtersOf(node, item), limitOf(node, item)];
      const question = JSON.stringify([filters, limit]);
      const answer = answers.get(question) ?? find(filters, limit);
      answers.set(question, answer);
      for (const material of await answer) {
        const json = withMaterial(node, item, undefined, material);
        outputs.push({ json, pairedItem: { item } });
      }
    } catch (error) {
      if (!node.continueOnFail()) throw nodeError(node.getNode(), error, item);
      outputs.push({ json: { error: itemError(error) }, pairedItem: { item } });
    }
  }
  return [outputs];
}

/** Infinity: no limit. */
function limitOf(node: IExecuteFunctions, item: number): number {
  if (node.getNodeParameter('returnAll', item, false) === true) return Infinity;
  const given: unknown = node.getNodeParameter('limit', item, undefined);
  const limit = numberOf(given);
  if (Number.isInteger(limit) && limit >= 1) return limit;
  const found = (JSON.stringify(given) ?? 'nothing').slice(0, 100);
  throw catalogFailure(
    'invalid_setting',
    `Limit is ${found}, and it must be a number of 1 or more.`,
    {
      advice: 'Set Limit to a number, or switch Return All on. An expression must give a number.',
    },
  );
}
