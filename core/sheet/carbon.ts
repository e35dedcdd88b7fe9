import * as z from 'zod/v4-mini';
import { cellText, type CellValue } from './cell.ts';

/**
 * The hidden tab that makes writes safe without a conditional write in Google's API: a carbon copy.
 * Every batch first copies the header and the rows it is about to write into the same rows and
 * columns here, so the next read tells what the batch really covered. The last column of the first
 * row holds the batch's own label.
 */
export const CARBON_TAB = '_materi';

/** Chosen, not given by Google: two writers that both create the tab collide instead of making two. */
export const CARBON_SHEET_ID = 1_835_103_337;

const label = z.object({
  number: z.int().check(z.positive()),
  id: z.uuid(),
  /** Ids of the batches before, newest first: one that stands here has landed. */
  history: z.array(z.uuid()),
});

/** The last batch that landed, by whichever writer. */
export type BatchLabel = z.infer<typeof label>;

const HISTORY_KEPT = 20;

/** What the carbon copy holds. */
export interface Carbon {
  readonly grid: { readonly rows: number; readonly columns: number };
  /** Null: somebody edited the tab; nothing it says is believed. */
  readonly label: BatchLabel | null;
  /** Rows as they were before that batch, at their own row and column; others are empty. */
  readonly rows: ReadonlyArray<readonly CellValue[]>;
}

export function parseLabel(cell: CellValue | undefined): BatchLabel | null {
  try {
    return label.parse(JSON.parse(cellText(cell)));
  } catch {
    return null;
  }
}

/** The label of a new batch, as the text of its cell. */
export function labelText(
  batch: { number: number; id: string },
  previous: BatchLabel | null,
): string {
  const history = previous === null ? [] : [previous.id, ...previous.history];
  return JSON.stringify({ ...batch, history: history.slice(0, HISTORY_KEPT) });
}

const RANGE_ID = /^materi-(\d+)$/;

/** The named range of a batch: to add one that exists is an error, so equal numbers exclude each other. */
export function namedRangeId(number: number): string {
  return `materi-${number}`;
}

/** The numbers of all batches whose named range stands in the spreadsheet. */
export function batchNumbers(namedRangeIds: readonly string[]): number[] {
  return namedRangeIds.flatMap((id) => {
    const match = RANGE_ID.exec(id);
    return match === null ? [] : [Number(match[1])];
  });
}
