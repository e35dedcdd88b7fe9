import type * as z from 'zod/v4-mini';
import { GoogleError, invalid, malformed, notImplemented } from '../../http/googleError.ts';
import { parseKnown } from '../../names/index.ts';
import { InvalidChange, type Draft } from '../draft.ts';
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
  ['addSheet', kind(messages.addSheet, applyAddSheet)],
  ['updateSheetProperties', kind(messages.updateSheetProperties, applyUpdateSheetProperties)],
  ['deleteSheet', kind(messages.deleteSheet, applyDeleteSheet)],
  ['updateCells', kind(messages.updateCells, applyUpdateCells)],
  ['insertDimension', kind(messages.insertDimension, applyInsertDimension)],
  ['deleteDimension', kind(messages.deleteDimension, applyDeleteDimension)],
  ['appendDimension', kind(messages.appendDimension, applyAppendDimension)],
  ['moveDimension', kind(messages.moveDimension, applyMoveDimension)],
  ['deleteRange', kind(messages.deleteRange, applyDeleteRange)],
  ['sortRange', kind(messages.sortRange, applySortRange)],
  ['duplicateSheet', kind(messages.duplicateSheet, applyDuplicateSheet)],
  [
    'updateSpreadsheetProperties',
    kind(messages.updateSpreadsheetProperties, applyUpdateSpreadsheetProperties),
  ],
  ['copyPaste', kind(messages.copyPaste, applyCopyPaste)],
  ['setDataValidation', kind(messages.setDataValidation, applySetDataValidation)],
  ['setBasicFilter', kind(filters.setBasicFilter, applySetBasicFilter)],
  ['clearBasicFilter', kind(filters.clearBasicFilter, applyClearBasicFilter)],
  ['addFilterView', kind(filters.addFilterView, applyAddFilterView)],
  ['deleteFilterView', kind(filters.deleteFilterView, applyDeleteFilterView)],
  ['addSlicer', kind(filters.addSlicer, applyAddSlicer)],
  ['deleteEmbeddedObject', kind(filters.deleteEmbeddedObject, applyDeleteEmbeddedObject)],
  ['mergeCells', kind(shape.mergeCells, applyMergeCells)],
  ['unmergeCells', kind(shape.unmergeCells, applyUnmergeCells)],
  [
    'updateDimensionProperties',
    kind(shape.updateDimensionProperties, applyUpdateDimensionProperties),
  ],
  ['addDimensionGroup', kind(shape.addDimensionGroup, applyAddDimensionGroup)],
  ['deleteDimensionGroup', kind(shape.deleteDimensionGroup, applyDeleteDimensionGroup)],
  ['updateDimensionGroup', kind(shape.updateDimensionGroup, applyUpdateDimensionGroup)],
  ['addNamedRange', kind(messages.addNamedRange, applyAddNamedRange)],
  ['deleteNamedRange', kind(messages.deleteNamedRange, applyDeleteNamedRange)],
  ['addProtectedRange', kind(protection.addProtectedRange, applyAddProtectedRange)],
  ['updateProtectedRange', kind(protection.updateProtectedRange, applyUpdateProtectedRange)],
  ['deleteProtectedRange', kind(protection.deleteProtectedRange, applyDeleteProtectedRange)],
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
