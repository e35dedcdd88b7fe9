import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { read } from '../../shared/http/read.ts';

export const previousValues: INodeProperties = {
  displayName: 'Previous Values',
  name: 'previousValues',
  type: 'boolean',
  default: true,
  description: 'Whether to add the previous values of the written cells, as "before"',
};

/** A parameter of every operation that writes materials. */
export const dryRunOf = (operation: string): INodeProperties => ({
  displayName: 'Dry Run',
  name: 'dryRun',
  type: 'boolean',
  displayOptions: { show: { resource: ['material'], operation: [operation] } },
  default: false,
  description:
    'Whether to only show what would change, as "difference" of each item. Nothing is written.',
});

export function isDryRun(node: IExecuteFunctions): boolean {
  return node.getNodeParameter('dryRun', 0, false) === true;
}

/** One cell: its field or header, and its texts before and after the write. */
export interface Difference {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** The texts of the changed cells before, by field or header; none for a new material. */
export function beforeOf(
  change: string,
  differences: readonly Difference[],
): Record<string, string> {
  const isNew = change === 'created';
  return Object.fromEntries(isNew ? [] : differences.map(({ field, before }) => [field, before]));
}

/**
 * The part of an output that says what a write did, or would do in a dry run.
 *
 * @param differences of a dry run
 */
export function changeOutput(
  node: IExecuteFunctions,
  change: string,
  before: Readonly<Record<string, string>>,
  differences: readonly Difference[] = [],
): IDataObject {
  const options = node.getNodeParameter('options', 0, {});
  return {
    change,
    ...(read(options, 'previousValues') === false ? {} : { before: { ...before } }),
    ...(isDryRun(node) ? { dryRun: true, difference: differences.map((one) => ({ ...one })) } : {}),
  };
}
