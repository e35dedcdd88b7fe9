import { invalid } from '../../http/googleError.ts';
import { columnLetters, parseArea, quoteTitle, splitRange, type Area } from './a1.ts';
import { tabByTitle, type GridRange, type Spreadsheet, type Tab } from './spreadsheet.ts';

/** A range within one tab's grid, half-open and 0-based. */
export interface Rectangle {
  readonly startRow: number;
  readonly endRow: number;
  readonly startColumn: number;
  readonly endColumn: number;
}

export interface ResolvedRange extends Rectangle {
  readonly tab: Tab;
}

/** `clip` reads, and leaves nothing of a range that begins beyond the grid. */
export type Purpose = 'read' | 'write' | 'clip';

/**
 * Finds a range by its A1 notation, a tab's name, or a named range's name. As in Google, a range that begins
 * beyond the grid is an error. A range that ends beyond the grid is cut off for a read. For a write it stays,
 * and the grid grows as far as values are written.
 *
 * @throws GoogleError 400 `Unable to parse range: …` or `Range (…) exceeds grid limits. …`
 */
export function resolveRange(
  spreadsheet: Spreadsheet,
  range: string,
  purpose: Purpose,
): ResolvedRange {
  const unable = () => invalid(`Unable to parse range: ${range}`);
  const { tab: title, area } = splitRange(range);
  const first = spreadsheet.tabs[0];
  const tab = title === undefined ? undefined : tabByTitle(spreadsheet, title);
  if (!first || (title !== undefined && !tab)) throw unable();
  if (title !== undefined && area === '') {
    if (range.endsWith('!')) throw unable();
    return wholeGrid(tab ?? first);
  }
  const parsed = parseArea(area);
  const titled = title === undefined ? tabByTitle(spreadsheet, area) : undefined;
  if (titled && !parsed) return wholeGrid(titled);
  if (parsed) return withinGrid(tab ?? first, parsed, purpose);
  const named = spreadsheet.namedRanges.find((n) => n.name.toLowerCase() === area.toLowerCase());
  if (!named?.range || (tab && tab.sheetId !== named.range.sheetId)) throw unable();
  return resolveGridRange(spreadsheet, named.range) ?? fail(unable());
}

function fail(error: Error): never {
  throw error;
}

/** All cells of a tab. */
export function wholeGrid(tab: Tab): ResolvedRange {
  return { tab, startRow: 0, endRow: tab.rowCount, startColumn: 0, endColumn: tab.columnCount };
}

function withinGrid(tab: Tab, { start, end }: Area, purpose: Purpose): ResolvedRange {
  const rows = span(start.row, end.row, tab.rowCount);
  const columns = span(start.column, end.column, tab.columnCount);
  const isBeyond = rows.start >= tab.rowCount || columns.start >= tab.columnCount;
  if (isBeyond && purpose !== 'clip') {
    const asked = {
      startRow: rows.start,
      endRow: rows.end,
      startColumn: columns.start,
      endColumn: columns.end,
    };
    throw invalid(
      `Range (${formatRange(tab, asked)}) exceeds grid limits. Max rows: ${tab.rowCount}, max columns: ${tab.columnCount}`,
    );
  }
  const cut = (end: number, size: number) => (purpose === 'write' ? end : Math.min(end, size));
  return {
    tab,
    startRow: Math.min(rows.start, tab.rowCount),
    endRow: cut(rows.end, tab.rowCount),
    startColumn: Math.min(columns.start, tab.columnCount),
    endColumn: cut(columns.end, tab.columnCount),
  };
}

/** `D4:A1` is `A1:D4`; an end that is not given is the grid's. */
function span(first: number | undefined, last: number | undefined, size: number) {
  if (first !== undefined && last !== undefined) {
    return { start: Math.min(first, last), end: Math.max(first, last) + 1 };
  }
  return {
    start: first ?? 0,
    end: last === undefined ? Math.max(size, (first ?? 0) + 1) : last + 1,
  };
}

/** A GridRange cut to its tab's grid; null when the tab is gone or nothing of it is in the grid. */
export function resolveGridRange(
  spreadsheet: { readonly tabs: readonly Tab[] },
  range: GridRange,
): ResolvedRange | null {
  const tab = spreadsheet.tabs.find((t) => t.sheetId === range.sheetId);
  if (!tab) return null;
  const rectangle = {
    startRow: range.startRowIndex ?? 0,
    endRow: Math.min(range.endRowIndex ?? tab.rowCount, tab.rowCount),
    startColumn: range.startColumnIndex ?? 0,
    endColumn: Math.min(range.endColumnIndex ?? tab.columnCount, tab.columnCount),
  };
  const empty =
    rectangle.startRow >= rectangle.endRow || rectangle.startColumn >= rectangle.endColumn;
  return empty ? null : { tab, ...rectangle };
}

/** The normalised form of Google's answers: `Sheet1!A1:Z1000`, `'Katalog 2026'!B2`. */
export function formatRange(tab: { readonly title: string }, range: Rectangle): string {
  const start = `${columnLetters(range.startColumn)}${range.startRow + 1}`;
  const end = `${columnLetters(range.endColumn - 1)}${range.endRow}`;
  return `${quoteTitle(tab.title)}!${start === end ? start : `${start}:${end}`}`;
}
