import { z } from 'zod/v4';
import { STOP_REASONS } from '../db/schema.ts';

/** A message for teachers, in Indonesian and English. */
const bilingualSchema = z
  .strictObject({ id: z.string(), en: z.string() })
  .meta({ id: 'Bilingual' });

/** A text that was overwritten and has no row, as a person reads it. */
const unplacedTextSchema = z.strictObject({
  /** The row that the batch wrote to, counted from 1 as in the sheet. */
  rowNumber: z.int(),
  header: z.string(),
  materialId: z.string().nullable(),
  title: z.string(),
  text: z.string(),
  at: z.iso.datetime(),
  message: bilingualSchema,
});
export type UnplacedText = z.infer<typeof unplacedTextSchema>;

export const catalogColumnsSchema = z
  .strictObject({
    /** The names of the columns that are no fields, as `metadata` has them. */
    further: z.array(z.string()).readonly(),
  })
  .meta({ id: 'CatalogColumns' });
export type CatalogColumns = z.infer<typeof catalogColumnsSchema>;

export const catalogStatusSchema = z
  .strictObject({
    state: z.enum(['ok', 'stopped']),
    /** Set exactly while stopped. */
    reason: z
      .strictObject({
        code: z.enum(STOP_REASONS),
        message: bilingualSchema,
        /** Google's message, or the header that is wrong: for the person in charge of the sheet. */
        detail: z.string().nullable(),
        since: z.iso.datetime().nullable(),
      })
      .nullable(),
    /** When the sheet was last read and merged; null: never yet. */
    lastSyncAt: z.iso.datetime().nullable(),
    /** Materials with changes that are not in the sheet yet. */
    pending: z.int(),
    /** Cells that both sides changed, and nobody has picked yet. */
    conflicts: z.int(),
    /** The first of them, by row. */
    problems: z.array(
      z.strictObject({
        /** Counted from 1 as in the sheet; null: the problem concerns no single row. */
        rowNumber: z.int().nullable(),
        kind: z.string(),
        message: bilingualSchema,
      }),
    ),
    problemCount: z.int(),
    /** Texts that the portal overwrote and that have no row: the newest. Each waits for a person. */
    unplaced: z.array(unplacedTextSchema),
    unplacedCount: z.int(),
    /** Materials that vanished at once, if sync stopped for that; an admin may confirm it. */
    vanished: z.int(),
    isConfirmed: z.boolean(),
    /** Null: nothing was asked of Google yet. Google grants 60 and 60 a minute. */
    quota: z.strictObject({ readsLastMinute: z.int(), writesLastMinute: z.int() }).nullable(),
  })
  .meta({ id: 'CatalogStatus' });
export type CatalogStatus = z.infer<typeof catalogStatusSchema>;
