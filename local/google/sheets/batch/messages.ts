import * as z from 'zod/v4-mini';
import { googleBoolean, googleEnum } from '../../names/index.ts';

/** The requests of `spreadsheets.batchUpdate`, as far as they are answered; Google's names. */

/** An integer; as in all of Google's JSON, one in quotes will do (n8n's node sends a sheet's id so). */
export const index = z.pipe(
  z.union([z.int(), z.string().check(z.regex(/^-?[0-9]{1,10}$/))], 'TYPE_INT32'),
  z.transform((value) => Number(value)),
);

export const gridRange = z.strictObject({
  sheetId: z._default(index, 0),
  startRowIndex: z.optional(index),
  endRowIndex: z.optional(index),
  startColumnIndex: z.optional(index),
  endColumnIndex: z.optional(index),
});

const dimension = googleEnum(['ROWS', 'COLUMNS'], 'Dimension');

export const dimensionRange = z.strictObject({
  sheetId: z._default(index, 0),
  dimension,
  startIndex: z.optional(index),
  endIndex: z.optional(index),
});

const extendedValue = z.strictObject({
  stringValue: z.optional(z.string('TYPE_STRING')),
  numberValue: z.optional(z.number('TYPE_DOUBLE')),
  boolValue: z.optional(googleBoolean),
  formulaValue: z.optional(z.string('TYPE_STRING')),
});

const numberFormat = z.strictObject({
  type: googleEnum(
    ['TEXT', 'NUMBER', 'PERCENT', 'CURRENCY', 'DATE', 'TIME', 'DATE_TIME', 'SCIENTIFIC'],
    'NumberFormat.NumberFormatType',
  ),
  pattern: z.optional(z.string('TYPE_STRING')),
});

/** The object is loose, because the mask of the request chooses the fields that count. */
const cellData = z.looseObject({
  userEnteredValue: z.optional(extendedValue),
  userEnteredFormat: z.optional(z.looseObject({ numberFormat: z.optional(numberFormat) })),
});

const color = z.strictObject({
  red: z.optional(z.number('TYPE_FLOAT')),
  green: z.optional(z.number('TYPE_FLOAT')),
  blue: z.optional(z.number('TYPE_FLOAT')),
});

export const sheetProperties = z.strictObject({
  sheetId: z.optional(index),
  title: z.optional(z.string('TYPE_STRING')),
  index: z.optional(index),
  sheetType: z.optional(z.string('TYPE_STRING')),
  hidden: z.optional(googleBoolean),
  rightToLeft: z.optional(googleBoolean),
  tabColor: z.optional(color),
  tabColorStyle: z.optional(z.strictObject({ rgbColor: z.optional(color) })),
  gridProperties: z.optional(
    z.strictObject({
      rowCount: z.optional(index),
      columnCount: z.optional(index),
      frozenRowCount: z.optional(index),
      frozenColumnCount: z.optional(index),
      hideGridlines: z.optional(googleBoolean),
      rowGroupControlAfter: z.optional(googleBoolean),
      columnGroupControlAfter: z.optional(googleBoolean),
    }),
  ),
});

export const addSheet = z.strictObject({ properties: z._default(sheetProperties, {}) });

export const updateSheetProperties = z.strictObject({
  properties: z._default(sheetProperties, {}),
  fields: z._default(z.string('TYPE_STRING'), ''),
});

export const deleteSheet = z.strictObject({ sheetId: z._default(index, 0) });

export const updateCells = z.strictObject({
  rows: z.optional(z.array(z.strictObject({ values: z.optional(z.array(cellData)) }))),
  fields: z._default(z.string('TYPE_STRING'), ''),
  start: z.optional(
    z.strictObject({
      sheetId: z._default(index, 0),
      rowIndex: z._default(index, 0),
      columnIndex: z._default(index, 0),
    }),
  ),
  range: z.optional(gridRange),
});

export const insertDimension = z.strictObject({
  range: z.optional(dimensionRange),
  inheritFromBefore: z._default(googleBoolean, false),
});

export const appendDimension = z.strictObject({
  sheetId: z._default(index, 0),
  dimension,
  length: z._default(index, 0),
});

export const moveDimension = z.strictObject({
  source: z.optional(dimensionRange),
  destinationIndex: z._default(index, 0),
});

export const deleteRange = z.strictObject({
  range: z.optional(gridRange),
  shiftDimension: dimension,
});

export const sortRange = z.strictObject({
  range: z.optional(gridRange),
  sortSpecs: z._default(
    z.array(
      z.strictObject({
        dimensionIndex: z._default(index, 0),
        sortOrder: z._default(googleEnum(['ASCENDING', 'DESCENDING'], 'SortOrder'), 'ASCENDING'),
      }),
    ),
    [],
  ),
});

export const duplicateSheet = z.strictObject({
  sourceSheetId: z._default(index, 0),
  insertSheetIndex: z._default(index, 0),
  newSheetId: z.optional(index),
  newSheetName: z.optional(z.string('TYPE_STRING')),
});

export const updateSpreadsheetProperties = z.strictObject({
  properties: z._default(z.looseObject({ title: z.optional(z.string('TYPE_STRING')) }), {}),
  fields: z._default(z.string('TYPE_STRING'), ''),
});

export const deleteDimension = z.strictObject({ range: z.optional(dimensionRange) });

export const copyPaste = z.strictObject({
  source: z.optional(gridRange),
  destination: z.optional(gridRange),
  pasteType: z._default(z.string('TYPE_STRING'), 'PASTE_NORMAL'),
  pasteOrientation: z._default(z.string('TYPE_STRING'), 'NORMAL'),
});

export const addNamedRange = z.strictObject({
  namedRange: z.strictObject({
    namedRangeId: z.optional(z.string('TYPE_STRING')),
    name: z._default(z.string('TYPE_STRING'), ''),
    range: z.optional(gridRange),
  }),
});

export const deleteNamedRange = z.strictObject({
  namedRangeId: z._default(z.string('TYPE_STRING'), ''),
});

export const setDataValidation = z.strictObject({
  range: z.optional(gridRange),
  filteredRowsIncluded: z.optional(googleBoolean),
  rule: z.optional(
    z.strictObject({
      condition: z.strictObject({
        type: z.string('TYPE_STRING'),
        values: z.optional(
          z.array(z.strictObject({ userEnteredValue: z.optional(z.string('TYPE_STRING')) })),
        ),
      }),
      inputMessage: z.optional(z.string('TYPE_STRING')),
      strict: z.optional(googleBoolean),
      showCustomUi: z.optional(googleBoolean),
    }),
  ),
});

export type SheetProperties = z.infer<typeof sheetProperties>;
export type Color = z.infer<typeof color>;
export type AddSheet = z.infer<typeof addSheet>;
export type UpdateSheetProperties = z.infer<typeof updateSheetProperties>;
export type DeleteSheet = z.infer<typeof deleteSheet>;
export type UpdateCells = z.infer<typeof updateCells>;
export type InsertDimension = z.infer<typeof insertDimension>;
export type DeleteDimension = z.infer<typeof deleteDimension>;
export type CopyPaste = z.infer<typeof copyPaste>;
export type SetDataValidation = z.infer<typeof setDataValidation>;
export type AddNamedRange = z.infer<typeof addNamedRange>;
export type DeleteNamedRange = z.infer<typeof deleteNamedRange>;
export type CellData = z.infer<typeof cellData>;
export type AppendDimension = z.infer<typeof appendDimension>;
export type MoveDimension = z.infer<typeof moveDimension>;
export type DeleteRange = z.infer<typeof deleteRange>;
export type SortRange = z.infer<typeof sortRange>;
export type DuplicateSheet = z.infer<typeof duplicateSheet>;
export type UpdateSpreadsheetProperties = z.infer<typeof updateSpreadsheetProperties>;
