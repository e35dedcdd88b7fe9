import * as z from 'zod/v4-mini';
import { googleBooleanSchema, googleEnum } from '../../names/index.ts';

/** The requests of `spreadsheets.batchUpdate`, as far as they are answered; Google's names. */

/** An integer; as in all of Google's JSON, one in quotes will do (n8n's node sends a sheet's id so). */
export const indexSchema = z.pipe(
  z.union([z.int(), z.string().check(z.regex(/^-?[0-9]{1,10}$/))], 'TYPE_INT32'),
  z.transform((value) => Number(value)),
);

export const gridRangeSchema = z.strictObject({
  sheetId: z._default(indexSchema, 0),
  startRowIndex: z.optional(indexSchema),
  endRowIndex: z.optional(indexSchema),
  startColumnIndex: z.optional(indexSchema),
  endColumnIndex: z.optional(indexSchema),
});

const dimensionSchema = googleEnum(['ROWS', 'COLUMNS'], 'Dimension');

export const dimensionRangeSchema = z.strictObject({
  sheetId: z._default(indexSchema, 0),
  dimension: dimensionSchema,
  startIndex: z.optional(indexSchema),
  endIndex: z.optional(indexSchema),
});

const extendedValueSchema = z.strictObject({
  stringValue: z.optional(z.string('TYPE_STRING')),
  numberValue: z.optional(z.number('TYPE_DOUBLE')),
  boolValue: z.optional(googleBooleanSchema),
  formulaValue: z.optional(z.string('TYPE_STRING')),
});

const numberFormatSchema = z.strictObject({
  type: googleEnum(
    ['TEXT', 'NUMBER', 'PERCENT', 'CURRENCY', 'DATE', 'TIME', 'DATE_TIME', 'SCIENTIFIC'],
    'NumberFormat.NumberFormatType',
  ),
  pattern: z.optional(z.string('TYPE_STRING')),
});

/** The object is loose, because the mask of the request chooses the fields that count. */
const cellDataSchema = z.looseObject({
  userEnteredValue: z.optional(extendedValueSchema),
  userEnteredFormat: z.optional(z.looseObject({ numberFormat: z.optional(numberFormatSchema) })),
});

const colorSchema = z.strictObject({
  red: z.optional(z.number('TYPE_FLOAT')),
  green: z.optional(z.number('TYPE_FLOAT')),
  blue: z.optional(z.number('TYPE_FLOAT')),
});

export const sheetPropertiesSchema = z.strictObject({
  sheetId: z.optional(indexSchema),
  title: z.optional(z.string('TYPE_STRING')),
  index: z.optional(indexSchema),
  sheetType: z.optional(z.string('TYPE_STRING')),
  hidden: z.optional(googleBooleanSchema),
  rightToLeft: z.optional(googleBooleanSchema),
  tabColor: z.optional(colorSchema),
  tabColorStyle: z.optional(z.strictObject({ rgbColor: z.optional(colorSchema) })),
  gridProperties: z.optional(
    z.strictObject({
      rowCount: z.optional(indexSchema),
      columnCount: z.optional(indexSchema),
      frozenRowCount: z.optional(indexSchema),
      frozenColumnCount: z.optional(indexSchema),
      hideGridlines: z.optional(googleBooleanSchema),
      rowGroupControlAfter: z.optional(googleBooleanSchema),
      columnGroupControlAfter: z.optional(googleBooleanSchema),
    }),
  ),
});

export const addSheetSchema = z.strictObject({ properties: z._default(sheetPropertiesSchema, {}) });

export const updateSheetPropertiesSchema = z.strictObject({
  properties: z._default(sheetPropertiesSchema, {}),
  fields: z._default(z.string('TYPE_STRING'), ''),
});

export const deleteSheetSchema = z.strictObject({ sheetId: z._default(indexSchema, 0) });

export const updateCellsSchema = z.strictObject({
  rows: z.optional(z.array(z.strictObject({ values: z.optional(z.array(cellDataSchema)) }))),
  fields: z._default(z.string('TYPE_STRING'), ''),
  start: z.optional(
    z.strictObject({
      sheetId: z._default(indexSchema, 0),
      rowIndex: z._default(indexSchema, 0),
      columnIndex: z._default(indexSchema, 0),
    }),
  ),
  range: z.optional(gridRangeSchema),
});

export const insertDimensionSchema = z.strictObject({
  range: z.optional(dimensionRangeSchema),
  inheritFromBefore: z._default(googleBooleanSchema, false),
});

export const appendDimensionSchema = z.strictObject({
  sheetId: z._default(indexSchema, 0),
  dimension: dimensionSchema,
  length: z._default(indexSchema, 0),
});

export const moveDimensionSchema = z.strictObject({
  source: z.optional(dimensionRangeSchema),
  destinationIndex: z._default(indexSchema, 0),
});

export const deleteRangeSchema = z.strictObject({
  range: z.optional(gridRangeSchema),
  shiftDimension: dimensionSchema,
});

export const sortRangeSchema = z.strictObject({
  range: z.optional(gridRangeSchema),
  sortSpecs: z._default(
    z.array(
      z.strictObject({
        dimensionIndex: z._default(indexSchema, 0),
        sortOrder: z._default(googleEnum(['ASCENDING', 'DESCENDING'], 'SortOrder'), 'ASCENDING'),
      }),
    ),
    [],
  ),
});

export const duplicateSheetSchema = z.strictObject({
  sourceSheetId: z._default(indexSchema, 0),
  insertSheetIndex: z._default(indexSchema, 0),
  newSheetId: z.optional(indexSchema),
  newSheetName: z.optional(z.string('TYPE_STRING')),
});

export const updateSpreadsheetPropertiesSchema = z.strictObject({
  properties: z._default(z.looseObject({ title: z.optional(z.string('TYPE_STRING')) }), {}),
  fields: z._default(z.string('TYPE_STRING'), ''),
});

export const deleteDimensionSchema = z.strictObject({ range: z.optional(dimensionRangeSchema) });

export const copyPasteSchema = z.strictObject({
  source: z.optional(gridRangeSchema),
  destination: z.optional(gridRangeSchema),
  pasteType: z._default(z.string('TYPE_STRING'), 'PASTE_NORMAL'),
  pasteOrientation: z._default(z.string('TYPE_STRING'), 'NORMAL'),
});

export const addNamedRangeSchema = z.strictObject({
  namedRange: z.strictObject({
    namedRangeId: z.optional(z.string('TYPE_STRING')),
    name: z._default(z.string('TYPE_STRING'), ''),
    range: z.optional(gridRangeSchema),
  }),
});

export const deleteNamedRangeSchema = z.strictObject({
  namedRangeId: z._default(z.string('TYPE_STRING'), ''),
});

export const setDataValidationSchema = z.strictObject({
  range: z.optional(gridRangeSchema),
  filteredRowsIncluded: z.optional(googleBooleanSchema),
  rule: z.optional(
    z.strictObject({
      condition: z.strictObject({
        type: z.string('TYPE_STRING'),
        values: z.optional(
          z.array(z.strictObject({ userEnteredValue: z.optional(z.string('TYPE_STRING')) })),
        ),
      }),
      inputMessage: z.optional(z.string('TYPE_STRING')),
      strict: z.optional(googleBooleanSchema),
      showCustomUi: z.optional(googleBooleanSchema),
    }),
  ),
});

export type SheetProperties = z.infer<typeof sheetPropertiesSchema>;
export type Color = z.infer<typeof colorSchema>;
export type AddSheet = z.infer<typeof addSheetSchema>;
export type UpdateSheetProperties = z.infer<typeof updateSheetPropertiesSchema>;
export type DeleteSheet = z.infer<typeof deleteSheetSchema>;
export type UpdateCells = z.infer<typeof updateCellsSchema>;
export type InsertDimension = z.infer<typeof insertDimensionSchema>;
export type DeleteDimension = z.infer<typeof deleteDimensionSchema>;
export type CopyPaste = z.infer<typeof copyPasteSchema>;
export type SetDataValidation = z.infer<typeof setDataValidationSchema>;
export type AddNamedRange = z.infer<typeof addNamedRangeSchema>;
export type DeleteNamedRange = z.infer<typeof deleteNamedRangeSchema>;
export type CellData = z.infer<typeof cellDataSchema>;
export type AppendDimension = z.infer<typeof appendDimensionSchema>;
export type MoveDimension = z.infer<typeof moveDimensionSchema>;
export type DeleteRange = z.infer<typeof deleteRangeSchema>;
export type SortRange = z.infer<typeof sortRangeSchema>;
export type DuplicateSheet = z.infer<typeof duplicateSheetSchema>;
export type UpdateSpreadsheetProperties = z.infer<typeof updateSpreadsheetPropertiesSchema>;
