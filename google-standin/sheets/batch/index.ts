import type * as z from 'zod/v4-mini';
import { GoogleError, invalid, malformed, notImplemented } from '../../http/googleError.ts';
import { parseKnown } from '../../names/index.ts';
import { InvalidChange, type Draft } from '../draft/draft.ts';
import { applyAddSheet } from './addSheet.ts';
import { applyAppendDimension } from './appendDimension.ts';
import { applyCopyPaste } from './copyPaste.ts';
import { applyDeleteRange } from './deleteRange.ts';
import { applyDeleteSheet } from './deleteSheet.ts';
import {
  applyAddDimensionGroup,
  applyDeleteDimensionGroup,
  applyUpdateDimensionGroup,
} from './dimensionGroups.ts';
import { applyUpdateDimensionProperties } from './dimensionProperties.ts';
import { applyDuplicateSheet } from './duplicateSheet.ts';
import * as filters from './filterMessages.ts';
import {
  applyAddFilterView,
  applyClearBasicFilter,
  applyDeleteFilterView,
  applySetBasicFilter,
} from './filters.ts';
import { applyDeleteDimension, applyInsertDimension } from './insertDimension.ts';
import { applyMergeCells, applyUnmergeCells } from './merges.ts';
import * as messages from './messages.ts';
import { applyMoveDimension } from './moveDimension.ts';
import { applyAddNamedRange, applyDeleteNamedRange } from './namedRanges.ts';
import * as protection from './protectedRangeMessages.ts';
import {
  applyAddProtectedRange,
  applyDeleteProtectedRange,
  applyUpdateProtectedRange,
} from './protectedRanges.ts';
import * as shape from './shapeMessages.ts';
import { applyAddSlicer, applyDeleteEmbeddedObject } from './slicers.ts';
import { applySetDataValidation } from './setDataValidation.ts';
import { applySortRange } from './sortRange.ts';
import { applyUpdateCells } from './updateCells.ts';
import { applyUpdateSheetProperties } from './updateSheetProperties.ts';
import { applyUpdateSpreadsheetProperties } from './updateSpreadsheetProperties.ts';

type Apply = (draft: Draft) => object;
type Prepare = (body: unknown, path: readonly PropertyKey[]) => Apply;

function kind<T>(schema: z.ZodMiniType<T>, apply: (draft: Draft, request: T) => object): Prepare {
  return (body, path) => {
    const request = parseKnown(schema, body, path);
    return (draft) => apply(draft, request);
  };
}

const kinds: ReadonlyMap<string, Prepare> = new Map([
  ['addSheet', kind(messages.addSheetSchema, applyAddSheet)],
  ['updateSheetProperties', kind(messages.updateSheetPropertiesSchema, applyUpdateSheetProperties)],
  ['deleteSheet', kind(messages.deleteSheetSchema, applyDeleteSheet)],
  ['updateCells', kind(messages.updateCellsSchema, applyUpdateCells)],
  ['insertDimension', kind(messages.insertDimensionSchema, applyInsertDimension)],
  ['deleteDimension', kind(messages.deleteDimensionSchema, applyDeleteDimension)],
  ['appendDimension', kind(messages.appendDimensionSchema, applyAppendDimension)],
  ['moveDimension', kind(messages.moveDimensionSchema, applyMoveDimension)],
  ['deleteRange', kind(messages.deleteRangeSchema, applyDeleteRange)],
  ['sortRange', kind(messages.sortRangeSchema, applySortRange)],
  ['duplicateSheet', kind(messages.duplicateSheetSchema, applyDuplicateSheet)],
  [
    'updateSpreadsheetProperties',
    kind(messages.updateSpreadsheetPropertiesSchema, applyUpdateSpreadsheetProperties),
  ],
  ['copyPaste', kind(messages.copyPasteSchema, applyCopyPaste)],
  ['setDataValidation', kind(messages.setDataValidationSchema, applySetDataValidation)],
  ['setBasicFilter', kind(filters.setBasicFilterSchema, applySetBasicFilter)],
  ['clearBasicFilter', kind(filters.clearBasicFilterSchema, applyClearBasicFilter)],
  ['addFilterView', kind(filters.addFilterViewSchema, applyAddFilterView)],
  ['deleteFilterView', kind(filters.deleteFilterViewSchema, applyDeleteFilterView)],
  ['addSlicer', kind(filters.addSlicerSchema, applyAddSlicer)],
  ['deleteEmbeddedObject', kind(filters.deleteEmbeddedObjectSchema, applyDeleteEmbeddedObject)],
  ['mergeCells', kind(shape.mergeCellsSchema, applyMergeCells)],
  ['unmergeCells', kind(shape.unmergeCellsSchema, applyUnmergeCells)],
  [
    'updateDimensionProperties',
    kind(shape.updateDimensionPropertiesSchema, applyUpdateDimensionProperties),
  ],
  ['addDimensionGroup', kind(shape.addDimensionGroupSchema, applyAddDimensionGroup)],
  ['deleteDimensionGroup', kind(shape.deleteDimensionGroupSchema, applyDeleteDimensionGroup)],
  ['updateDimensionGroup', kind(shape.updateDimensionGroupSchema, applyUpdateDimensionGroup)],
  ['addNamedRange', kind(messages.addNamedRangeSchema, applyAddNamedRange)],
  ['deleteNamedRange', kind(messages.deleteNamedRangeSchema, applyDeleteNamedRange)],
  ['addProtectedRange', kind(protection.addProtectedRangeSchema, applyAddProtectedRange)],
  ['updateProtectedRange', kind(protection.updateProtectedRangeSchema, applyUpdateProtectedRange)],
  ['deleteProtectedRange', kind(protection.deleteProtectedRangeSchema, applyDeleteProtectedRange)],
]);

/**
 * Applies the requests of a `spreadsheets.batchUpdate` in their order. The form of all is checked
 * before the first is applied. The draft of a batch that throws is to be dropped: all or nothing.
 *
 * @returns one reply for each request
 * @throws GoogleError 400 naming the request (`Invalid requests[1].copyPaste: …`), 501 for a
 *   request of Google's that the stand-in lacks
 */
export function applyBatch(draft: Draft, requests: readonly unknown[]): object[] {
  if (requests.length === 0) throw new GoogleError(400, 'Must specify at least one request.');
  const prepared = requests.map(prepare);
  return prepared.map(({ name, apply }, index) => {
    try {
      return apply(draft);
    } catch (error) {
      if (!(error instanceof InvalidChange)) throw error;
      throw invalid(`Invalid requests[${index}].${name}: ${error.message}`);
    }
  });
}

function prepare(request: unknown, index: number): { name: string; apply: Apply } {
  const given: [string, unknown][] =
    typeof request === 'object' && request !== null ? Object.entries(request) : [];
  const [first, second] = given;
  if (!first) throw invalid(`Invalid requests[${index}]: No request set.`);
  const [name, body] = first;
  const prepareKind = kinds.get(name);
  const field = `requests[${index}]`;
  if (second) {
    const description = `Invalid value at '${field}' (oneof), oneof field 'kind' is already set. Cannot set '${second[0]}'`;
    throw malformed([{ field, description }]);
  }
  if (!prepareKind) throw notImplemented(`the request ${name}`);
  return { name, apply: prepareKind(body, ['requests', index, name]) };
}
