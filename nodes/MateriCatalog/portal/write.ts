import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { read, readList, readText } from '../../shared/http/read.ts';
import type { Patience } from '../../shared/http/retrying.ts';
import { eachItem } from '../../shared/items/eachItem.ts';
import { nodeError } from '../../shared/items/itemFailure.ts';
import { beforeOf, changeOutput, isDryRun } from '../item/changed.ts';
import { withMaterial } from '../item/present.ts';
import { patienceOf, problemFailure } from './ask.ts';
import { sendBatch } from './batch.ts';
import { materialOf } from './get.ts';

/** What the portal is asked to write. */
export interface PortalPlan {
  /** Each entry of the batch, and the input items that it stands for: several if they have the same key. */
  readonly entries: ReadonlyArray<{
    readonly items: readonly number[];
    readonly body: IDataObject;
  }>;
  /** The input items that are not sent, each with its failure. */
  readonly refusals: ReadonlyMap<number, Error>;
  readonly matchBy?: readonly string[];
  /** Whether an item without a material is passed on instead of failing. */
  readonly skipMissing?: boolean;
}

/** The outcome of one item, as the portal answers it, or the reason why there is no answer. */
type Outcome = { readonly result: unknown } | { readonly failure: Error };

/**
 * Writes all items through the portal, 500 in one request. Adds to each item `material` as it is now, `change`
 * and `before`, as on the sheet.
 *
 * If the workflow stops on errors, one refused item stops its whole request before anything of it is written.
 */
export async function writeToPortal(
  node: IExecuteFunctions,
  planOf: (patience: Patience) => Promise<PortalPlan>,
): Promise<INodeExecutionData[][]> {
  const outcomes = await outcomesOf(node, planOf);
  return await eachItem(node, 1, (item) => {
    const outcome = outcomes[item] ?? { failure: new Error('The item has no result.') };
    if ('failure' in outcome) throw outcome.failure;
    return Promise.resolve(outputOf(node, item, outcome.result));
  });
}

async function outcomesOf(
  node: IExecuteFunctions,
  planOf: (patience: Patience) => Promise<PortalPlan>,
): Promise<Outcome[]> {
  const lenient = node.continueOnFail();
  const outcomes: Outcome[] = [];
  let failedItem = 0;
  try {
    const patience = patienceOf(node);
    const { entries, refusals, matchBy, skipMissing = false } = await planOf(patience);
    for (const [item, failure] of refusals) {
      failedItem = item;
      if (!lenient) throw failure;
      outcomes[item] = { failure };
    }
    const settings = {
      ...(matchBy === undefined ? {} : { matchBy }),
      dryRun: isDryRun(node),
      allOrNothing: !lenient,
      skipMissing,
    };
    const sent = entries.map(({ body }) => body);
    await sendBatch(node, sent, settings, patience, (from, results) => {
      results.forEach((result, at) => {
        const outcome = outcomeOf(result);
        const { items = [] } = entries[from + at] ?? {};
        failedItem = items[0] ?? 0;
        if ('failure' in outcome && !lenient) throw outcome.failure;
        for (const item of items) outcomes[item] = outcome;
      });
    });
    return outcomes;
  } catch (failure) {
    if (!lenient) throw nodeError(node.getNode(), failure, failedItem);
    const cause = failure instanceof Error ? failure : new Error(String(failure));
    return [...node.getInputData().keys()].map((item) => outcomes[item] ?? { failure: cause });
  }
}

function outcomeOf(result: unknown): Outcome {
  return readText(result, 'status') === 'failed' ? { failure: failureOf(result) } : { result };
}

function failureOf(result: unknown): Error {
  const problem = read(result, 'problem');
  const fields = readList(problem, 'errors').map((field) => {
    const path = readText(field, 'path').replace(/^items\.\d+\.(?:material\.)?/, '');
    return `${path} ${readText(field, 'message')}`;
  });
  const reason = fields.length > 0 ? `${fields.join('; ')}.` : readText(problem, 'detail');
  const message = `The portal refuses the item: ${reason || 'it gave no reason.'}`;
  return problemFailure(Number(read(problem, 'status')), problem, message.slice(0, LONGEST));
}

const LONGEST = 2_000;

function outputOf(node: IExecuteFunctions, item: number, result: unknown): IDataObject {
  const differences = readList(result, 'changes').map((change) => ({
    field: readText(change, 'field').replace(/^metadata\./, ''),
    before: readText(change, 'before'),
    after: readText(change, 'after'),
  }));
  const change = readText(result, 'status');
  const given = read(result, 'material');
  const etag = readText(result, 'etag');
  const came = node.getInputData()[item]?.json;
  // A dry run creates no material, and a skipped item has none.
  const material = given === null ? { id: null } : { ...materialOf(given) };
  return withMaterial(node, item, came, material, {
    ...changeOutput(node, change, beforeOf(change, differences), differences),
    ...(etag === '' ? {} : { etag }),
  });
}
