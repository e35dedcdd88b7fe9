import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { ItemFailure } from './itemFailure.ts';
import { numberOf } from './parameters.ts';

/** Return All and Limit, as every list of n8n has them. */
export function limitParameters(show: Record<string, string[]>): INodeProperties[] {
  return [
    {
      displayName: 'Return All',
      name: 'returnAll',
      type: 'boolean',
      displayOptions: { show },
      default: false,
      description: 'Whether to return all results or only up to a given limit',
    },
    {
      displayName: 'Limit',
      name: 'limit',
      type: 'number',
      typeOptions: { minValue: 1 },
      displayOptions: { show: { ...show, returnAll: [false] } },
      default: 50,
      description: 'Max number of results to return',
    },
  ];
}

/**
 * @returns Infinity with Return All
 * @throws ItemFailure if Limit is no whole number of 1 or more
 */
export function limitOf(node: IExecuteFunctions, item: number): number {
  if (node.getNodeParameter('returnAll', item, false) === true) return Infinity;
  const given: unknown = node.getNodeParameter('limit', item, undefined);
  const limit = numberOf(given);
  if (Number.isInteger(limit) && limit >= 1) return limit;
  const found = (JSON.stringify(given) ?? 'nothing').slice(0, 100);
  throw new ItemFailure(
    'workflow_error',
    `Limit is ${found}, and it must be a whole number of 1 or more.`,
    {
      retryable: false,
      advice:
        'Set Limit to a number, or switch Return All on. An expression must give a whole number.',
    },
  );
}
