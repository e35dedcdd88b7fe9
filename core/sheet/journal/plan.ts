import * as z from 'zod/v4-mini';
import { materialIdSchema } from '../../material/index.ts';
import { lineSchema } from './line.ts';

const cellValueSchema = z.union([z.string(), z.number(), z.boolean()]);
export const indexSchema = z.int().check(z.minimum(0));

export const plannedCellSchema = z.object({
  row: indexSchema,
  column: indexSchema,
  /** The column's header as read. */
  header: z.string(),
  /** The row's key as read (see rowKey); `''` in a rollback. */
  key: z.string(),
  /** The cell as read; in a rollback, what the batch wrote by mistake. */
  expected: cellValueSchema,
  value: cellValueSchema,
  /** Only in a rollback. */
  restores: z.optional(
    z.object({
      /** The value is a text although it begins with "=". */
      isText: z.boolean(),
      /**
       * Copies of the row, made by a person before the rollback, have the same mistake and are restored
       * too. False where only a person's edit is restored.
       */
      copies: z.boolean(),
      /**
       * The cell's before-image in the journal, where it holds a formula and its row has moved since.
       * Google adapts the references when it copies the formula from there.
       */
      image: z.optional(z.object({ row: indexSchema, column: indexSchema })),
      /** The material of the restored row, for a report if that fails. */
      materialId: z.nullable(materialIdSchema),
      title: z.string(),
    }),
  ),
  /** The caller's change; the outcome returns it. */
  change: z.nullable(
    z.object({ materialId: materialIdSchema, field: z.string(), revision: indexSchema }),
  ),
});
/** A cell that a batch writes, and everything that must still be true when it does. */
export type PlannedCell = z.infer<typeof plannedCellSchema>;

const plannedRowSchema = z.object({
  materialId: materialIdSchema,
  /** By column. A value without a column is not written. */
  cells: z.array(
    z.object({ column: indexSchema, field: z.string(), value: z.string(), revision: indexSchema }),
  ),
});
/** A row that a batch inserts. */
export type PlannedRow = z.infer<typeof plannedRowSchema>;

const unplacedSchema = z.object({
  batchId: z.uuid(),
  row: indexSchema,
  column: indexSchema,
  materialId: z.nullable(materialIdSchema),
  title: z.string(),
  header: z.string(),
  text: z.string(),
});
/**
 * A text that a batch overwrote by mistake and that no row can get back. `batchId`, `row` and `column`
 * say where the batch wrote; with the text they identify it. `text` is `''` where the cell was empty and
 * Google does not let the batch's own text be removed.
 */
export type Unplaced = z.infer<typeof unplacedSchema>;

export const planSchema = z.object({
  version: z.literal(2),
  id: z.uuid(),
  number: z.int().check(z.positive()),
  /** The batch makes the hidden tab. It cannot land once the tab exists. */
  makesJournal: z.boolean(),
  headerRow: indexSchema,
  /** The header's texts as read; `[]` for an empty tab. */
  header: z.array(z.string()),
  /** Columns of the parts of a row's key (see rowKey). */
  keyColumns: z.record(z.string(), indexSchema),
  /** Cells, new columns' headers among them. */
  cells: z.array(plannedCellSchema),
  /** New rows, inserted at `insertAt`. */
  rows: z.array(plannedRowSchema),
  insertAt: indexSchema,
  /** Rows that are copied to the journal and not written. */
  copyOnly: z.array(indexSchema),
  /** How many rollbacks in a row this one is; 0: it is none. */
  rollbacks: indexSchema,
  /** Row number and line, as read, of each row that a rollback writes or that gets an id. */
  lines: z.array(z.tuple([indexSchema, lineSchema])),
  /** Texts that the journal keeps for the next reader. */
  unplaced: z.array(unplacedSchema),
});
/** One batch before it is sent. It is JSON: the API commits it to PostgreSQL first. */
export type Plan = z.infer<typeof planSchema>;
