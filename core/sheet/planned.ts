import * as z from 'zod/v4-mini';
import { materialId } from '../material/index.ts';

export const cellValue = z.union([z.string(), z.number(), z.boolean()]);
export const index = z.int().check(z.minimum(0));

/** A cell to be written, with all that must still hold when it is. */
export const plannedCell = z.object({
  row: index,
  column: index,
  /** The column's header as read. */
  header: z.string(),
  /** The row's key as read (see rowKey). */
  key: z.string(),
  /** The cell as read. */
  expected: cellValue,
  value: cellValue,
  /** Puts back what a batch had overwritten by mistake, as what it was: a formula, a number, a text. */
  restores: z.boolean(),
  /** If so, the digest of the whole row as read: its key may be part of the mistake. */
  content: z.optional(z.string()),
  /** What is put back is a text although it begins with "=". */
  isText: z.optional(z.boolean()),
  /** What the write stands for, given back with its outcome. */
  change: z.nullable(
    z.object({ materialId, field: z.string(), revision: z.int().check(z.minimum(0)) }),
  ),
});
export type PlannedCell = z.infer<typeof plannedCell>;

const plannedRow = z.object({
  materialId,
  /** By column; what has no column of its own is not written. */
  cells: z.array(
    z.object({
      column: index,
      field: z.string(),
      value: z.string(),
      revision: z.int().check(z.minimum(0)),
    }),
  ),
});
export type PlannedRow = z.infer<typeof plannedRow>;

/** One fetch-and-set batch: JSON, so that it can be committed to PostgreSQL before it is sent. */
export const plan = z.object({
  id: z.uuid(),
  number: z.int().check(z.positive()),
  /** It makes the hidden tab, and so cannot land once there is one. */
  makesCarbon: z.boolean(),
  headerRow: index,
  /** The header as read; `[]` for an empty tab. */
  header: z.array(cellValue),
  /** Where the parts of a row's key stood (see rowKey). Plans of older versions have none. */
  keyColumns: z._default(z.record(z.string(), index), {}),
  /** Columns added at the header's end. */
  columns: z.array(z.object({ column: index, header: z.string() })),
  cells: z.array(plannedCell),
  /**
   * To be put back after this batch, one stage after the other: each is found by what the stage
   * before it puts right.
   */
  later: z.array(z.array(plannedCell)),
  /** New rows, inserted at `insertAt`. */
  rows: z.array(plannedRow),
  insertAt: index,
});
export type Plan = z.infer<typeof plan>;

/** What puts right what was written by mistake: `undo` now, each stage of `later` after that. */
export interface Mending {
  readonly undo: readonly PlannedCell[];
  readonly later: ReadonlyArray<readonly PlannedCell[]>;
}

export const NOTHING_TO_MEND: Mending = { undo: [], later: [] };
