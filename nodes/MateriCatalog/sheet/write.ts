import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import {
  openSheet,
  previewMaterials,
  writeMaterials,
  type DirectPreview,
  type DirectResult,
  type Unplaced,
} from '../../../core/index.ts';
import { eachItem } from '../../shared/items/eachItem.ts';
import { nodeError } from '../../shared/items/itemFailure.ts';
import { beforeOf, changeOutput, isDryRun } from '../item/changed.ts';
import { catalogFailure } from '../item/failure.ts';
import { presentRow, withMaterial } from '../item/present.ts';
import { readValues, type Request, type ValuesOf } from '../item/values.ts';
import { onSheet } from './onSheet.ts';

/** The result of an item. A failed item gets `failure` as its error. */
type Outcome =
  | Exclude<DirectResult, { kind: 'failed' }>
  | { kind: 'preview'; preview: DirectPreview }
  | { kind: 'skipped' }
  | { kind: 'failed'; failure: unknown };

/**
 * Writes all items in one batch. Adds to each item `material` as it is now, `change` (created,
 * updated, unchanged) and `before`. Lists that are not empty are added too: the cells that were not
 * written (`formulas`, `conflicts`, `notKept`) or not confirmed, and overwritten texts (`unplaced`).
 *
 * A dry run reads the sheet once, and adds the differences instead.
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
    const items = inputs.map((item) => readValues(node, item, () => valuesOf(item, request)));
    return await onSheet(node, async ({ transport, tab, host, explain }): Promise<Outcome[]> => {
      const sheet = openSheet(transport, tab);
      const asked = { ...request, items };
      if (isDryRun(node)) {
        const previews = await previewMaterials(sheet, asked, host, { lenient });
        return previews.map((preview): Outcome =>
          isSkipped(preview, request) ? { kind: 'skipped' } : { kind: 'preview', preview },
        );
      }
      const results = await writeMaterials(sheet, asked, host, { lenient });
      const cause = results.find((result) => result.kind === 'failed')?.cause;
      const failure = cause === undefined ? undefined : await explain(cause);
      return results.map((result): Outcome => {
        if (isSkipped(result, request)) return { kind: 'skipped' };
        return result.kind === 'failed' ? { kind: 'failed', failure } : result;
      });
    });
  } catch (failure) {
    if (!lenient) throw nodeError(node.getNode(), failure, 0);
    return inputs.map(() => ({ kind: 'failed', failure }));
  }
}

function isSkipped(result: DirectResult | DirectPreview, { unmatched }: Request): boolean {
  return result.kind === 'refused' && result.code === 'not_found' && unmatched === 'skip';
}

function outputOf(node: IExecuteFunctions, item: number, outcome: Outcome): IDataObject {
  const came = node.getInputData()[item]?.json;
  const output = (material: IDataObject, more: IDataObject): IDataObject =>
    withMaterial(node, item, came, material, more);
  const shown = outcome.kind === 'preview' ? outcome.preview : outcome;
  switch (shown.kind) {
    case 'refused':
      throw catalogFailure(shown.code, shown.message);
    case 'failed':
      throw shown.failure;
    case 'skipped':
      return output({ id: null }, changeOutput(node, 'skipped', {}));
  }
  if ('differences' in shown) {
    const { kind, row, differences, formulas } = shown;
    const material = row === null ? { id: null } : presentRow(row);
    return output(material, {
      ...changeOutput(node, kind, beforeOf(kind, differences), differences),
      ...withoutEmpty({ formulas: [...formulas] }),
    });
  }
  const { kind, id, row, before, formulas, conflicts, notKept, notConfirmed, unplaced } = shown;
  return output(row === null ? { id } : presentRow(row), {
    ...changeOutput(node, kind, before),
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
