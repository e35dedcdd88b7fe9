import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { itemError, nodeError } from './itemFailure.ts';

/**
 * Works on every input item, several at a time, and keeps their order. Each output is paired with
 * the item it came from.
 *
 * An item that fails stops the node, once those under way have ended; with "On Error: Continue" it
 * gives an item with `error: { code, message, retryable, advice }` beside what came in instead.
 *
 * @param work gives the output's JSON for one item, or undefined for no output
 */
export async function eachItem(
  node: IExecuteFunctions,
  concurrency: number,
  work: (itemIndex: number) => Promise<IDataObject | undefined>,
): Promise<INodeExecutionData[][]> {
  const items = node.getInputData();
  const outputs: Array<INodeExecutionData | undefined> = items.map(() => undefined);
  const failed: Array<{ error: unknown; item: number }> = [];
  let next = 0;

  const worker = async (): Promise<void> => {
    while (next < items.length && failed.length === 0) {
      const item = next++;
      try {
        const json = await work(item);
        if (json !== undefined) outputs[item] = { json, pairedItem: { item } };
      } catch (error) {
        if (node.continueOnFail()) outputs[item] = failedItem(node, error, item);
        else failed.push({ error, item });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));

  const [first] = failed;
  if (first !== undefined) throw nodeError(node.getNode(), first.error, first.item);
  return [outputs.filter((output) => output !== undefined)];
}

/**
 * n8n sends an item to the error output if it has only `error`, and adds the input item's data itself
 * (n8n-core, handleNodeErrorOutput). On the regular output the node must add it.
 */
function failedItem(node: IExecuteFunctions, error: unknown, item: number): INodeExecutionData {
  const json = { error: itemError(error) };
  const came =
    node.getNode().onError === 'continueErrorOutput' ? {} : node.getInputData()[item]?.json;
  return { json: { ...came, ...json }, pairedItem: { item } };
}
