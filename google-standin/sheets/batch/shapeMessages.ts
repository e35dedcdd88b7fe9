import * as z from 'zod/v4-mini';
import { googleBooleanSchema, googleEnum } from '../../names/index.ts';
import { dimensionRangeSchema, gridRangeSchema, indexSchema } from './messages.ts';

/** The requests of `spreadsheets.batchUpdate` on merges, hidden lines and groups; Google's names. */

export const mergeCellsSchema = z.strictObject({
  range: z.optional(gridRangeSchema),
  mergeType: z._default(
    googleEnum(['MERGE_ALL', 'MERGE_COLUMNS', 'MERGE_ROWS'], 'MergeType'),
    'MERGE_ALL',
  ),
});

export const unmergeCellsSchema = z.strictObject({ range: z.optional(gridRangeSchema) });

export const updateDimensionPropertiesSchema = z.strictObject({
  range: z.optional(dimensionRangeSchema),
  properties: z._default(
    z.strictObject({
      hiddenByUser: z.optional(googleBooleanSchema),
      /** Read-only: clients send it back. */
      hiddenByFilter: z.optional(googleBooleanSchema),
      pixelSize: z.optional(indexSchema),
    }),
    {},
  ),
  fields: z._default(z.string('TYPE_STRING'), ''),
});

export const addDimensionGroupSchema = z.strictObject({ range: z.optional(dimensionRangeSchema) });

export const deleteDimensionGroupSchema = z.strictObject({
  range: z.optional(dimensionRangeSchema),
});

export const updateDimensionGroupSchema = z.strictObject({
  dimensionGroup: z._default(
    z.strictObject({
      range: z.optional(dimensionRangeSchema),
      depth: z._default(indexSchema, 0),
      collapsed: z._default(googleBooleanSchema, false),
    }),
    { depth: 0, collapsed: false },
  ),
  fields: z._default(z.string('TYPE_STRING'), ''),
});

export type MergeCells = z.infer<typeof mergeCellsSchema>;
export type UnmergeCells = z.infer<typeof unmergeCellsSchema>;
export type UpdateDimensionProperties = z.infer<typeof updateDimensionPropertiesSchema>;
export type AddDimensionGroup = z.infer<typeof addDimensionGroupSchema>;
export type DeleteDimensionGroup = z.infer<typeof deleteDimensionGroupSchema>;
export type UpdateDimensionGroup = z.infer<typeof updateDimensionGroupSchema>;
