import type { GridRange, ProtectedRange, Tab } from './spreadsheet.ts';

/** Google's text for whatever a protected range does not allow. */
export const protectedText =
  'You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit.';

/** Whether an account may edit what is protected: the owner (undefined) always, others as listed. */
export function mayEdit(
  { warningOnly, editors }: Pick<ProtectedRange, 'warningOnly' | 'editors'>,
  account: string | undefined,
): boolean {
  if (account === undefined || warningOnly) return true;
  return editors.some((editor) => editor.toLowerCase() === account.toLowerCase());
}

export function cellRange(sheetId: number, row: number, column: number): GridRange {
  return {
    sheetId,
    startRowIndex: row,
    endRowIndex: row + 1,
    startColumnIndex: column,
    endColumnIndex: column + 1,
  };
}

/** Whether an area of a tab has cells that an account may not edit. */
export function areCellsClosed(tab: Tab, account: string | undefined, area: GridRange): boolean {
  return closedTo(tab, account).some(
    ({ range, unprotectedRanges }) =>
      overlap(range, area) && !unprotectedRanges.some((open) => contains(open, area)),
  );
}

export interface Lines {
  readonly dimension: 'ROWS' | 'COLUMNS';
  readonly start: number;
  readonly end: number;
}

/**
 * Whether an account may neither delete these lines nor (if `end` is `start`) insert lines there, because that
 * would change a protected range. On a protected sheet, unprotected ranges permit writing to cells, but not
 * inserting or deleting lines.
 */
export function areLinesClosed(
  tab: Tab,
  account: string | undefined,
  { dimension, start, end }: Lines,
): boolean {
  const { sheetId } = tab;
  const lines: GridRange =
    dimension === 'ROWS'
      ? { sheetId, startRowIndex: start, endRowIndex: end }
      : { sheetId, startColumnIndex: start, endColumnIndex: end };
  return closedTo(tab, account).some(({ range }) => overlap(range, lines));
}

function closedTo({ protectedRanges = [] }: Tab, account: string | undefined) {
  return protectedRanges.filter((one) => !mayEdit(one, account));
}

/** An empty area (an insertion's) overlaps what it lies strictly inside of. */
function overlap(a: GridRange, b: GridRange): boolean {
  const [p, q] = [bounds(a), bounds(b)];
  return (
    p.startRow < q.endRow &&
    q.startRow < p.endRow &&
    p.startColumn < q.endColumn &&
    q.startColumn < p.endColumn
  );
}

function contains(outer: GridRange, inner: GridRange): boolean {
  const [p, q] = [bounds(outer), bounds(inner)];
  return (
    p.startRow <= q.startRow &&
    q.endRow <= p.endRow &&
    p.startColumn <= q.startColumn &&
    q.endColumn <= p.endColumn
  );
}

/** An open side reaches beyond the grid: lines added there belong to the range too. */
function bounds(range: GridRange) {
  return {
    startRow: range.startRowIndex ?? -Infinity,
    endRow: range.endRowIndex ?? Infinity,
    startColumn: range.startColumnIndex ?? -Infinity,
    endColumn: range.endColumnIndex ?? Infinity,
  };
}
