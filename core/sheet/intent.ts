import { createHash } from 'node:crypto';
import * as z from 'zod/v4-mini';
import { materialId } from '../material/index.ts';
import { digest } from './digest.ts';
import { cellValue, index, plannedCell, type Plan } from './planned.ts';

const digestOf = z.string();

/**
 * What a batch meant to cover, short enough to stand beside its carbon copy: texts as digests, for
 * they only have to be recognised. What must be written once more if it went wrong, the cells that
 * put something back, stands in full.
 */
export const intent = z.object({
  headerRow: index,
  header: z.array(cellValue),
  keyColumns: z.record(z.string(), index),
  columns: z.array(z.object({ column: index, header: z.string() })),
  /**
   * Row, column, and the digests of the row's key (its whole content where the batch puts back), the
   * cell as read, and the value written.
   */
  cells: z.array(z.tuple([index, index, digestOf, digestOf, digestOf])),
  /** Columns that the new rows were written in. */
  rowColumns: z.array(index),
  /** The new rows: id, and the digests of the texts written. */
  rows: z.array(z.tuple([materialId, z.array(digestOf)])),
  insertAt: index,
  /** The batch's cells, where they put back; otherwise none. */
  restoring: z.array(plannedCell),
  later: z.array(z.array(plannedCell)),
});
export type Intent = z.infer<typeof intent>;

export function intentOf(plan: Plan): Intent {
  const { headerRow, header, keyColumns, columns, insertAt, later } = plan;
  return {
    headerRow,
    header,
    keyColumns,
    columns,
    insertAt,
    later,
    cells: plan.cells.map(({ row, column, key, content, expected, value }) => [
      ...([row, column] as const),
      ...([content ?? digest(key), digest(expected), digest(value)] as const),
    ]),
    rowColumns: [...new Set(plan.rows.flatMap(({ cells }) => cells.map(({ column }) => column)))],
    rows: plan.rows.map(({ materialId: id, cells }) => [
      id,
      cells.flatMap(({ value }) => (value === '' ? [] : [digest(value)])),
    ]),
    restoring: plan.cells.filter(({ restores }) => restores),
  };
}

export function intentChecksum(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Google's limit of a cell is 50,000. */
const CELL_TEXT = 40_000;

/** A cell must not begin with half a character, nor with a quote that Google may drop. */
const NO_BEGINNING = /[\uDC00-\uDFFF']/;

/** The intent's text in pieces, one for each cell. */
export function intentPieces(text: string): string[] {
  const pieces: string[] = [];
  for (let at = 0, end = 0; at < text.length; at = end) {
    end = Math.min(at + CELL_TEXT, text.length);
    while (end > at + 1 && NO_BEGINNING.test(text.charAt(end))) end -= 1;
    pieces.push(text.slice(at, end));
  }
  return pieces;
}
