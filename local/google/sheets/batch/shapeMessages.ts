import * as z from 'zod/v4-mini';
import { googleBoolean, googleEnum } from '../../names/index.ts';
import { dimensionRange, gridRange, index } from './messages.ts';

/** The requests of `spreadsheets.batchUpdate` on merges, hidden lines and groups; Google's names. */

export const mergeCells = z.strictObject({
  range: z.optional(gridRange),
  mergeType: z._default(
    googleEnum(['MERGE_ALL', 'MERGE_COLUMNS', 'MERGE_ROWS'], 'MergeType'),
    'MERGE_ALL',
  ),
});

export const unmergeCells = z.strictObject({ range: z.optional(gridRange) });

export const updateDimensionProperties = z.strictObject({
  range: z.optional(dimensionRange),
  properties: z._default(
    z.strictObject({
      hiddenByUser: z.optional(googleBoolean),
      /** Read-only: clients send it back. */
      hiddenByFilter: z.optional(googleBoolean),
      pixelSize: z.optional(index),
    }),
    {},
  ),
  fields: z._default(z.string('TYPE_STRING'), ''),
});

export const addDimensionGroup = z.strictObject({ range: z.optional(dimensionRange) });

export const deleteDimensionGroup = z.strictObject({ range: z.optional(dimensionRange) });

export const updateDimensionGroup = z.strictObject({
  dimensionGroup: z._default(
    z.strictObject({
      range: z.optional(dimensionRange),
      depth: z._default(index, 0),
      collapsed: z._default(googleBoolean, false),
    }),
    { depth: 0, collapsed: false },
  ),
  fields: z._default(z.string('TYPE_STRING'), ''),
});

export type MergeCells = z.infer<typeof mergeCells>;
export type UnmergeCells = z.infer<typeof unmergeCells>;
export type UpdateDimensionProperties = z.infer<typeof updateDimensionProperties>;
export type AddDimensionGroup = z.infer<typeof addDimensionGroup>;
export type DeleteDimensionGroup = z.infer<typeof deleteDimensionGroup>;
export type UpdateDimensionGroup = z.infer<typeof updateDimensionGroup>;
