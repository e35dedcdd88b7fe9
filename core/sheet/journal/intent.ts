import { createHash } from 'node:crypto';
import * as z from 'zod/v4-mini';
import { materialIdSchema, ROWS_SEARCHED } from '../../material/index.ts';
import { digest } from '../../google/sheets/index.ts';
import { indexSchema, plannedCellSchema, planSchema, type Plan } from './plan.ts';

const digestSchema = z.string();
const keptOfPlanSchema = z.pick(planSchema, {
  ...({ headerRow: true, header: true, keyColumns: true, insertAt: true } as const),
  ...({ copyOnly: true, rollbacks: true, lines: true, unplaced: true } as const),
});

const intentSchema = z.extend(keptOfPlanSchema, {
  /** See zoneRows. */
  zone: z.object({ start: indexSchema, end: indexSchema }),
  /** Row, column, and digests of: the row's key, the cell as read, the value written. */
  cells: z.array(z.tuple([indexSchema, indexSchema, digestSchema, digestSchema, digestSchema])),
  /** Columns of the new rows. */
  rowColumns: z.array(indexSchema),
  /** New rows: the id, and the digest of each text, in the order of `rowColumns`. */
  rows: z.array(z.tuple([materialIdSchema, z.array(digestSchema)])),
  /** A rollback's cells in full: a cell that it misses is restored by the next one. */
  restoring: z.array(plannedCellSchema),
});
/**
 * The writes that a batch was to make, and their places. Texts are digests, because a later read only compares
 * them. Only the texts of a rollback are kept in full.
 */
export type Intent = z.infer<typeof intentSchema>;

/** @param rows how many rows the tab has */
export function intentOf(plan: Plan, rows: number): Intent {
  const rowColumns = [
    ...new Set(plan.rows.flatMap(({ cells }) => cells.map(({ column }) => column))),
  ];
  return {
    ...keptOfPlanSchema.parse(plan),
    zone: { start: 0, end: Math.max(plan.headerRow + 1, Math.min(rows, ROWS_SEARCHED)) },
    cells: plan.cells.map(({ row, column, key, expected, value }) => [
      ...([row, column] as const),
      ...([digest(key), digest(expected), digest(value)] as const),
    ]),
    rowColumns,
    rows: plan.rows.map(({ materialId: id, cells }) => {
      const textOf = new Map(cells.map(({ column, value }) => [column, value]));
      return [id, rowColumns.map((column) => digest(textOf.get(column)))];
    }),
    restoring: plan.rollbacks > 0 ? plan.cells : [],
  };
}

/** Where a row is right after the batch: new rows move the rows below them. */
export function rowAfter(
  { insertAt, rows }: Pick<Intent, 'insertAt' | 'rows'>,
  row: number,
): number {
  return row >= insertAt ? row + rows.length : row;
}

/** The rows round the header, which may move there between the read and the write. */
export function zoneRows({ zone }: Intent): number[] {
  return Array.from({ length: zone.end - zone.start }, (_, at) => zone.start + at);
}

/** The rows that the batch writes to, and further rows that its plan copies. */
export function targetRows({ cells, copyOnly }: Intent): Set<number> {
  return new Set([...cells.map(([row]) => row), ...copyOnly]);
}

/** Every row that the batch copies to the journal. */
export function copiedRows(intent: Intent): Set<number> {
  return new Set([...zoneRows(intent), ...targetRows(intent)]);
}

/** Each run needs two copies. If there would be more runs, rows are copied together. */
export const MOST_RUNS = 60;

/** Whether each row that the batch writes to is copied alone: its image cannot be the one of another row. */
export function areCopiedSingly(intent: Intent): boolean {
  return targetRows(intent).size <= MOST_RUNS;
}

/** @returns null if it is no intent of this version */
export function parseIntent(text: string): Intent | null {
  try {
    return intentSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export function intentChecksum(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Google's limit of a cell is 50,000. */
const CELL_TEXT = 40_000;

/** A cell must not begin with half a character, nor with a quote that Google may drop. */
const NO_BEGINNING = /[\uDC00-\uDFFF']/;

/** Cuts the intent's text into pieces, one for each cell. */
export function intentPieces(text: string): string[] {
  const pieces: string[] = [];
  for (let at = 0, end = 0; at < text.length; at = end) {
    end = Math.min(at + CELL_TEXT, text.length);
    while (end > at + 1 && NO_BEGINNING.test(text.charAt(end))) end -= 1;
    pieces.push(text.slice(at, end));
  }
  return pieces;
}
