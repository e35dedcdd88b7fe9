import { shiftSpan, type DimensionChange } from '../formula/shift.ts';
import type { GridRange, NamedRange, Tab } from '../model/spreadsheet.ts';
import { relocateShape } from '../model/shapeMoves.ts';

/** A range after lines were inserted or deleted; null when all of it is gone. */
export function shiftRange(range: GridRange, change: DimensionChange): GridRange | null {
  const { startRowIndex, endRowIndex, startColumnIndex, endColumnIndex, sheetId } = range;
  const rows = { start: startRowIndex, end: endRowIndex };
  const columns = { start: startColumnIndex, end: endColumnIndex };
  const newRows = change.dimension === 'ROWS' ? shiftSpan(rows.start, rows.end, change) : rows;
  const newColumns =
    change.dimension === 'COLUMNS' ? shiftSpan(columns.start, columns.end, change) : columns;
  if (!newRows || !newColumns) return null;
  return {
    sheetId,
    ...(newRows.start === undefined ? {} : { startRowIndex: newRows.start }),
    ...(newRows.end === undefined ? {} : { endRowIndex: newRows.end }),
    ...(newColumns.start === undefined ? {} : { startColumnIndex: newColumns.start }),
    ...(newColumns.end === undefined ? {} : { endColumnIndex: newColumns.end }),
  };
}

/** A range goes with its first and last line; one that is open at an end stays. */
export function movedRange(
  range: GridRange,
  dimension: 'ROWS' | 'COLUMNS',
  place: (index: number) => number,
): GridRange {
  const [start, end] =
    dimension === 'ROWS'
      ? [range.startRowIndex, range.endRowIndex]
      : [range.startColumnIndex, range.endColumnIndex];
  if (start === undefined || end === undefined) return range;
  const ends = [place(start), place(end - 1)];
  const [first, last] = [Math.min(...ends), Math.max(...ends) + 1];
  return dimension === 'ROWS'
    ? { ...range, startRowIndex: first, endRowIndex: last }
    : { ...range, startColumnIndex: first, endColumnIndex: last };
}

type Ranged = Parameters<typeof relocateShape>[0] & {
  -readonly [K in 'validations' | 'protectedRanges']?: Tab[K];
};

/** Gives all ranges of a tab their new places; `place` answers null when all of one is gone. */
export function relocateRanges(
  spreadsheet: { namedRanges: NamedRange[] },
  tab: Ranged,
  place: (range: GridRange) => GridRange | null,
): void {
  spreadsheet.namedRanges = spreadsheet.namedRanges.map((named) =>
    named.range?.sheetId === tab.sheetId ? { ...named, range: place(named.range) } : named,
  );
  const placed = <R extends { readonly range: GridRange }>(ranged: readonly R[]): R[] =>
    ranged.flatMap((one) => {
      const range = place(one.range);
      return range ? [{ ...one, range }] : [];
    });
  relocateShape(tab, place);
  if (tab.validations) tab.validations = placed(tab.validations);
  if (tab.protectedRanges) {
    tab.protectedRanges = placed(tab.protectedRanges).map((one) => ({
      ...one,
      unprotectedRanges: one.unprotectedRanges.flatMap((open) => place(open) ?? []),
    }));
  }
}
