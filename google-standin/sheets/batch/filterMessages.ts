import * as z from 'zod/v4-mini';
import { googleEnum } from '../../names/index.ts';
import { gridRangeSchema, indexSchema } from './messages.ts';

/** The requests of `spreadsheets.batchUpdate` on filters and slicers; Google's names. */

const criteriaSchema = z.strictObject({
  hiddenValues: z.optional(z.array(z.string('TYPE_STRING'))),
  condition: z.optional(
    z.strictObject({
      type: z.string('TYPE_STRING'),
      values: z.optional(
        z.array(z.strictObject({ userEnteredValue: z.optional(z.string('TYPE_STRING')) })),
      ),
    }),
  ),
});

const filterSpecSchema = z.strictObject({
  columnIndex: z._default(indexSchema, 0),
  filterCriteria: z._default(criteriaSchema, {}),
});

const sortSpecSchema = z.strictObject({
  dimensionIndex: z._default(indexSchema, 0),
  sortOrder: z._default(googleEnum(['ASCENDING', 'DESCENDING'], 'SortOrder'), 'ASCENDING'),
});

/** A map's key is text in JSON, also where it is a number. */
const columnKeySchema = z.string().check(z.regex(/^[0-9]{1,5}$/, 'TYPE_INT32'));

const filter = {
  range: z.optional(gridRangeSchema),
  criteria: z.optional(z.record(columnKeySchema, criteriaSchema)),
  filterSpecs: z.optional(z.array(filterSpecSchema)),
  sortSpecs: z.optional(z.array(sortSpecSchema)),
};

export const setBasicFilterSchema = z.strictObject({ filter: z.optional(z.strictObject(filter)) });

export const clearBasicFilterSchema = z.strictObject({ sheetId: z._default(indexSchema, 0) });

export const addFilterViewSchema = z.strictObject({
  filter: z.optional(
    z.strictObject({
      ...filter,
      filterViewId: z.optional(indexSchema),
      title: z.optional(z.string('TYPE_STRING')),
    }),
  ),
});

export const deleteFilterViewSchema = z.strictObject({ filterId: z._default(indexSchema, 0) });

/** A slicer is kept as it is given. */
export const addSlicerSchema = z.strictObject({
  slicer: z.optional(
    z.strictObject({
      slicerId: z.optional(indexSchema),
      spec: z._default(z.looseObject({ dataRange: z.optional(gridRangeSchema) }), {}),
      position: z._default(z.looseObject({}), {}),
    }),
  ),
});

export const deleteEmbeddedObjectSchema = z.strictObject({ objectId: z._default(indexSchema, 0) });

export type RequestedFilter = NonNullable<z.infer<typeof setBasicFilterSchema>['filter']>;
export type SetBasicFilter = z.infer<typeof setBasicFilterSchema>;
export type ClearBasicFilter = z.infer<typeof clearBasicFilterSchema>;
export type AddFilterView = z.infer<typeof addFilterViewSchema>;
export type DeleteFilterView = z.infer<typeof deleteFilterViewSchema>;
export type AddSlicer = z.infer<typeof addSlicerSchema>;
export type DeleteEmbeddedObject = z.infer<typeof deleteEmbeddedObjectSchema>;
