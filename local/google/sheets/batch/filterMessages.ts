import * as z from 'zod/v4-mini';
import { googleEnum } from '../../names/index.ts';
import { gridRange, index } from './messages.ts';

/** The requests of `spreadsheets.batchUpdate` on filters and slicers; Google's names. */

const criteria = z.strictObject({
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

const filterSpec = z.strictObject({
  columnIndex: z._default(index, 0),
  filterCriteria: z._default(criteria, {}),
});

const sortSpec = z.strictObject({
  dimensionIndex: z._default(index, 0),
  sortOrder: z._default(googleEnum(['ASCENDING', 'DESCENDING'], 'SortOrder'), 'ASCENDING'),
});

/** A map's key is text in JSON, also where it is a number. */
const columnKey = z.string().check(z.regex(/^[0-9]{1,5}$/, 'TYPE_INT32'));

const filter = {
  range: z.optional(gridRange),
  criteria: z.optional(z.record(columnKey, criteria)),
  filterSpecs: z.optional(z.array(filterSpec)),
  sortSpecs: z.optional(z.array(sortSpec)),
};

export const setBasicFilter = z.strictObject({ filter: z.optional(z.strictObject(filter)) });

export const clearBasicFilter = z.strictObject({ sheetId: z._default(index, 0) });

export const addFilterView = z.strictObject({
  filter: z.optional(
    z.strictObject({
      ...filter,
      filterViewId: z.optional(index),
      title: z.optional(z.string('TYPE_STRING')),
    }),
  ),
});

export const deleteFilterView = z.strictObject({ filterId: z._default(index, 0) });

/** A slicer is kept as it is given. */
export const addSlicer = z.strictObject({
  slicer: z.optional(
    z.strictObject({
      slicerId: z.optional(index),
      spec: z._default(z.looseObject({ dataRange: z.optional(gridRange) }), {}),
      position: z._default(z.looseObject({}), {}),
    }),
  ),
});

export const deleteEmbeddedObject = z.strictObject({ objectId: z._default(index, 0) });

export type RequestedFilter = NonNullable<z.infer<typeof setBasicFilter>['filter']>;
export type SetBasicFilter = z.infer<typeof setBasicFilter>;
export type ClearBasicFilter = z.infer<typeof clearBasicFilter>;
export type AddFilterView = z.infer<typeof addFilterView>;
export type DeleteFilterView = z.infer<typeof deleteFilterView>;
export type AddSlicer = z.infer<typeof addSlicer>;
export type DeleteEmbeddedObject = z.infer<typeof deleteEmbeddedObject>;
