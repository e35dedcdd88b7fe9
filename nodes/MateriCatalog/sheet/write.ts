import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeProperties,
} from 'n8n-workflow';
import {
  ItemRefused,
  openSheet,
  writeMaterials,
  type DirectRequest,
  type DirectResult,
  type Unplaced,
} from '../../../core/index.ts';
import { read } from '../../shared/http/read.ts';
import { eachItem } from '../../shared/items/eachItem.ts';
import { nodeError } from '../../shared/items/itemFailure.ts';
import { catalogFailure } from '../item/failure.ts';
import { onSheet } from './onSheet.ts';
import { presentRow, withMaterial } from '../item/present.ts';

export const previousValues: INodeProperties = {
  displayName: 'Previous Values',
  name: 'previousValues',
  type: 'boolean',
  default: true,
  description: 'Whether to add the previous values of the written cells, as "before"',
};

/** The part of the request that all items share. */
export type Request = Omit<DirectRequest, 'items'>;

/** The values of one item, by column. It may throw ItemRefused. */
type ValuesOf = (item: number, request: Request) => IDataObject;

/** The result of an item. A failed item gets `failure` as its error. */
type Outcome = Exclude<DirectResult, { kind: 'failed' }> | { kind: 'failed'; failure: unknown };

/**
 * Writes all items in one batch. Adds to each item `material` as it is now, `change` (created,
 * updated, unchanged) and `before`. Lists that are not empty are added too: the cells that were not
 * written (`formulas`, `conflicts`, `notKept`) or not confirmed, and overwritten texts (`unplaced`).
 */
export async function writeItems(
  node: IExecuteFunctions,
  requestOf: () => Request,
  valuesOf: ValuesOf,
): Promise<INodeExecutionData[][]> {
  const outcomes = await outcomesOf(node, requestOf, valuesOf);
  return await eachItem(node, 1, (item) => {
    const outcome = outcomes[item];
    if (outcome === undefined) throw new Error('The item has no result.');
    return Promise.resolve(outputOf(node, item, outcome));
  });
}

async function outcomesOf(
  node: IExecuteFunctions,
  requestOf: () => Request,
  valuesOf: ValuesOf,
): Promise<Outcome[]> {
  const lenient = node.continueOnFail();
  const inputs = [...node.getInputData().keys()];
  try {
    const request = requestOf();
    const items = inputs.map((item) => readItem(node, item, () => valuesOf(item, request)));
    return await onSheet(node, async ({ transport, tab, host, explain }) => {
      const sheet = openSheet(transport, tab);
      const results = await writeMaterials(sheet, { ...request, items }, host, { lenient });
      const cause = results.find((result) => result.kind === 'failed')?.cause;
      const failure = cause === undefined ? undefined : await explain(cause);
      return results.map((result): Outcome =>
        result.kind === 'failed' ? { kind: 'failed', failure } : result,
      );
    });
  } catch (failure) {
    if (!lenient) throw nodeError(node.getNode(), failure, 0);
    return inputs.map(() => ({ kind: 'failed', failure }));
  }
}

/** If the workflow goes on after errors, only the item that cannot be read is refused. */
function readItem(
  node: IExecuteFunctions,
  item: number,
  values: () => IDataObject,
): IDataObject | ItemRefused {
  try {
    return values();
  } catch (error) {
    if (error instanceof ItemRefused) return error;
    if (!node.continueOnFail()) throw nodeError(node.getNode(), error, item);
    return new ItemRefused('invalid_value', error instanceof Error ? error.message : String(error));
  }
}

function outputOf(node: IExecuteFunctions, item: number, outcome: Outcome): IDataObject {
  if (outcome.kind === 'refused') throw catalogFailure(outcome.code, outcome.message);
  if (outcome.kind === 'failed') throw outcome.failure;
  const { kind, id, row, before, formulas, conflicts, notKept, notConfirmed, unplaced } = outcome;
  const options = node.getNodeParameter('options', 0, {});
  const material = row === null ? { id } : presentRow(row);
  return withMaterial(node, item, node.getInputData()[item]?.json, material, {
    change: kind,
    ...(read(options, 'previousValues') === false ? {} : { before: { ...before } }),
    ...withoutEmpty({
      formulas: [...formulas],
      conflicts: conflicts.map((one) => ({ ...one })),
      notKept: [...notKept],
      notConfirmed: [...notConfirmed],
      unplaced: unplaced.map(presentUnplaced),
    }),
  });
}

function withoutEmpty(lists: IDataObject): IDataObject {
  const isFilled = (list: unknown) => Array.isArray(list) && list.length > 0;
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => isFilled(list)));
}

function presentUnplaced(one: Unplaced): IDataObject {
  const { batchId, materialId, title, header, text, row } = one;
  return { batchId, materialId, title, header, text, rowNumber: row + 1 };
}
