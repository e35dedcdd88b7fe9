import type { Cells } from '../../google/sheets/index.ts';

/** Google advises at most 2 MB a request. A planned cell's JSON is about as long as its request. */
export const MOST_CHARACTERS = 1_500_000;

/** Google names no limit of requests in a batch. More of them take it longer than its 180 s. */
export const MOST_REQUESTS = 500;

/** The characters that a rollback may restore. It sends them twice, and Google takes 10 MB a request. */
const MOST_RESTORED = 3_000_000;
const SHORT_TEXT = 200;

/** How many cells one batch may write: each may hit one of the longest texts of the sheet by mistake. */
export function mostCells(rows: readonly Cells[]): number {
  const lengths = rows.flatMap((cells) =>
    cells.flatMap((cell) =>
      typeof cell === 'string' && cell.length > SHORT_TEXT ? [cell.length] : [],
    ),
  );
  lengths.sort((a, b) => b - a);
  let restored = 0;
  const end = lengths.findIndex((length) => (restored += length) > MOST_RESTORED);
  return end < 0 ? lengths.length + Math.floor((MOST_RESTORED - restored) / SHORT_TEXT) : end;
}
