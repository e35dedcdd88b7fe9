import * as z from 'zod/v4-mini';
import { cellText, type CellValue, type HiddenBy } from '../../google/sheets/index.ts';
import { indexSchema } from './plan.ts';

const copiedSchema = z.optional(z.enum(['copied', 'skipped']));
const knownHiddenSchema = z.object({ filter: copiedSchema, person: copiedSchema });
/**
 * Whether Google's copyPaste copies rows that a filter, or a person, hides: answers to earlier batches
 * have shown it. Google does not document it. Undefined: no batch has met such a row yet.
 */
export type KnownHidden = z.infer<typeof knownHiddenSchema>;

/** Whether Google skips hidden rows of some kind. */
export function areSkipped(known: KnownHidden = {}): boolean {
  return known.filter === 'skipped' || known.person === 'skipped';
}

/** Whether Google copies a row that is hidden like this. */
export function isCopied(known: KnownHidden, hiddenBy: readonly HiddenBy[]): boolean {
  return hiddenBy.every((by) => known[by] === 'copied');
}

/** Both of what two readers have learnt. A row may be hidden in two ways: so `skipped` is kept. */
export function allKnown(one: KnownHidden, other: KnownHidden): KnownHidden {
  const known = (by: HiddenBy) =>
    one[by] === 'skipped' || other[by] === 'skipped' ? 'skipped' : (one[by] ?? other[by]);
  return { filter: known('filter'), person: known('person') };
}

const sizeSchema = z.int().check(z.positive());

const labelSchema = z.object({
  version: z.literal(2),
  number: sizeSchema,
  id: z.uuid(),
  /** Ids of the batches before it, newest first. All of them have landed. */
  history: z.array(z.uuid()),
  /** The catalog's tab that the batch wrote. */
  sheetId: indexSchema,
  tab: z.string(),
  /** The journal's size when it was written. Another size: a person has inserted rows or columns. */
  grid: z.object({ rows: sizeSchema, columns: sizeSchema }),
  /** The checksum of the intent's text (see intentChecksum). */
  checksum: z.string(),
  hidden: z.catch(knownHiddenSchema, {}),
});
/** Names the last batch that landed, by any writer. */
export type Label = z.infer<typeof labelSchema>;

const HISTORY_KEPT = 20;

/** @returns null if the cell holds no label of this version */
export function parseLabel(cell: CellValue | undefined): Label | null {
  try {
    return labelSchema.parse(JSON.parse(cellText(cell)));
  } catch {
    return null;
  }
}

/** A new batch's label, which keeps the ids of the batches before it. */
export function nextLabel(
  batch: Omit<Label, 'history' | 'version'>,
  previous: Label | null,
): Label {
  const history = previous === null ? [] : [previous.id, ...previous.history];
  return { version: 2, ...batch, history: history.slice(0, HISTORY_KEPT) };
}

const RANGE_ID = /^materi-(\d{1,15})$/;

/** A batch's named range. Google refuses one that exists: so only one of two equal numbers can land. */
export function namedRangeId(number: number): string {
  return `materi-${number}`;
}

/** The numbers of all batches that have a named range in the spreadsheet. */
export function batchNumbers(namedRangeIds: readonly string[]): number[] {
  return namedRangeIds.flatMap((id) => {
    const match = RANGE_ID.exec(id);
    return match === null ? [] : [Number(match[1])];
  });
}
