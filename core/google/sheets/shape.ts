import * as z from 'zod/v4-mini';
import { hiddenRowsOf, type HiddenRows } from './answer.ts';

/** The `fields` of `spreadsheets.get`, with the tab as `ranges`, for parseShape. */
export const SHAPE_FIELDS =
  'sheets(properties(sheetId,title),merges,data(startRow,rowMetadata(hiddenByFilter,hiddenByUser)))';

/** Rows and cells of a tab that a batch may not reach. */
export interface TabShape {
  readonly hiddenRows: HiddenRows;
  readonly merges: readonly MergedArea[];
}

/** Merged cells: 0-based, the ends exclusive. Google keeps a value in the first cell alone. */
interface MergedArea {
  readonly startRow: number;
  readonly endRow: number;
  readonly startColumn: number;
  readonly endColumn: number;
}

const indexSchema = z._default(z.number(), 0);
const shapeSchema = z.object({
  sheets: z._default(
    z.array(
      z.object({
        properties: z.object({ title: z._default(z.string(), '') }),
        merges: z._default(
          z.array(
            z.object({
              startRowIndex: indexSchema,
              endRowIndex: indexSchema,
              startColumnIndex: indexSchema,
              endColumnIndex: indexSchema,
            }),
          ),
          [],
        ),
        data: z._default(
          z.array(
            z.object({
              startRow: indexSchema,
              rowMetadata: z._default(
                z.array(
                  z.object({
                    hiddenByFilter: z.optional(z.boolean()),
                    hiddenByUser: z.optional(z.boolean()),
                  }),
                ),
                [],
              ),
            }),
          ),
          [],
        ),
      }),
    ),
    [],
  ),
});

/** Reads Google's answer to `spreadsheets.get` with SHAPE_FIELDS. Without such an answer no row is hidden. */
export function parseShape(data: unknown, tab: string): TabShape {
  const parsed = z.safeParse(shapeSchema, data);
  const sheet = parsed.data?.sheets.find(({ properties }) => properties.title === tab);
  return {
    hiddenRows: new Map(
      sheet?.data.flatMap(({ startRow, rowMetadata }) => [...hiddenRowsOf(rowMetadata, startRow)]),
    ),
    merges: (sheet?.merges ?? []).map((merge) => ({
      startRow: merge.startRowIndex,
      endRow: merge.endRowIndex,
      startColumn: merge.startColumnIndex,
      endColumn: merge.endColumnIndex,
    })),
  };
}

/** Whether a merge covers the cell, so that Google keeps no value in it. */
export function isCovered({ merges }: TabShape, row: number, column: number): boolean {
  return merges.some(
    ({ startRow, endRow, startColumn, endColumn }) =>
      row >= startRow &&
      row < endRow &&
      column >= startColumn &&
      column < endColumn &&
      (row > startRow || column > startColumn),
  );
}
