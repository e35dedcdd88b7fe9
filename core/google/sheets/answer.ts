import * as z from 'zod/v4-mini';
import type { Cells, CellValue } from './cell.ts';

/** The `fields` of a batch with cells in its answer. */
export const ANSWER_FIELDS =
  'updatedSpreadsheet.sheets(properties(sheetId,gridProperties(rowCount,columnCount)),' +
  'data(startRow,startColumn,rowMetadata(hiddenByFilter,hiddenByUser),rowData.values.userEnteredValue))';

const sizeSchema = z._default(z.number(), 0);
const enteredValueSchema = z.object({
  stringValue: z.optional(z.string()),
  numberValue: z.optional(z.number()),
  boolValue: z.optional(z.boolean()),
  formulaValue: z.optional(z.string()),
});
const rowMetadataSchema = z.object({
  hiddenByFilter: z.optional(z.boolean()),
  hiddenByUser: z.optional(z.boolean()),
});
const dataSchema = z.object({
  startRow: sizeSchema,
  startColumn: sizeSchema,
  rowMetadata: z._default(z.array(rowMetadataSchema), []),
  rowData: z._default(
    z.array(
      z.object({
        values: z._default(
          z.array(z.object({ userEnteredValue: z.optional(enteredValueSchema) })),
          [],
        ),
      }),
    ),
    [],
  ),
});
const answerSchema = z.object({
  updatedSpreadsheet: z.object({
    sheets: z._default(
      z.array(
        z.object({
          properties: z.object({
            sheetId: sizeSchema,
            gridProperties: z.object({ rowCount: sizeSchema, columnCount: sizeSchema }),
          }),
          data: z._default(z.array(dataSchema), []),
        }),
      ),
      [],
    ),
  }),
});

/** A row is hidden by a filter or by a person. */
export type HiddenBy = 'filter' | 'person';

/** 0-based rows of a tab that are hidden, and by what. */
export type HiddenRows = ReadonlyMap<number, readonly HiddenBy[]>;

/** A range of a tab right after a batch. */
export interface ShownRange {
  readonly sheetId: number;
  /** The size of the whole tab. */
  readonly grid: { readonly rows: number; readonly columns: number };
  /** 0-based. */
  readonly startRow: number;
  readonly startColumn: number;
  readonly rows: readonly Cells[];
  /** Cells that hold a text which begins with "=": `row:column` in the tab. All others are formulas. */
  readonly texts: ReadonlySet<string>;
  readonly hiddenRows: HiddenRows;
}

/**
 * Reads Google's answer to a batch that was sent with ANSWER_FIELDS.
 *
 * @returns nothing if the answer does not have that form: then only a read shows the sheet
 */
export function parseAnswer(data: unknown): ShownRange[] {
  const parsed = z.safeParse(answerSchema, data);
  if (!parsed.success) return [];
  return parsed.data.updatedSpreadsheet.sheets.flatMap(({ properties, data: ranges }) =>
    ranges.map((range) => shownRange(properties, range)),
  );
}

function shownRange(
  { sheetId, gridProperties }: { sheetId: number; gridProperties: GridProperties },
  { startRow, startColumn, rowMetadata, rowData }: z.infer<typeof dataSchema>,
): ShownRange {
  const texts = new Set<string>();
  const rows = rowData.map(({ values }, row) =>
    values.map(({ userEnteredValue }, column) => {
      if (userEnteredValue?.stringValue?.startsWith('=') === true) {
        texts.add(`${startRow + row}:${startColumn + column}`);
      }
      return enteredCell(userEnteredValue);
    }),
  );
  return {
    sheetId,
    grid: { rows: gridProperties.rowCount, columns: gridProperties.columnCount },
    startRow,
    startColumn,
    rows,
    texts,
    hiddenRows: hiddenRowsOf(rowMetadata, startRow),
  };
}

interface GridProperties {
  readonly rowCount: number;
  readonly columnCount: number;
}

/** @param startRow the first of the rows, 0-based */
export function hiddenRowsOf(
  rowMetadata: ReadonlyArray<z.infer<typeof rowMetadataSchema>>,
  startRow: number,
): HiddenRows {
  const hidden = new Map<number, HiddenBy[]>();
  rowMetadata.forEach(({ hiddenByFilter, hiddenByUser }, at) => {
    const by: HiddenBy[] = [];
    if (hiddenByFilter === true) by.push('filter');
    if (hiddenByUser === true) by.push('person');
    if (by.length > 0) hidden.set(startRow + at, by);
  });
  return hidden;
}

function enteredCell(value: z.infer<typeof enteredValueSchema> | undefined): CellValue {
  return value?.stringValue ?? value?.numberValue ?? value?.boolValue ?? value?.formulaValue ?? '';
}
