import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { ItemRefused, type DirectRequest } from '../../../core/index.ts';
import { nodeError } from '../../shared/items/itemFailure.ts';

/** The part of a request that all items share. */
export type Request = Omit<DirectRequest, 'items'>;

/** The values of one item, by column. It may throw ItemRefused. */
export type ValuesOf = (item: number, request: Request) => IDataObject;

/** If the workflow goes on after errors, only the item that cannot be read is refused. */
export function readValues(
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
