import { formatCorner, type Area, type Corner } from '../model/a1.ts';
import { tokenize, type Token } from './tokens.ts';

type Reference = Extract<Token, { kind: 'reference' }>;

/** Rewrites the references of a formula (`=…`); null for one turns it into `#REF!`. */
function rewrite(formula: string, change: (reference: Reference) => Area | null): string {
  const tokens = tokenize(formula.slice(1)).map((token) => {
    if (token.kind !== 'reference') return token.raw;
    const area = change(token);
    if (area === token.area) return token.raw;
    return area ? referenceText(token, area) : '#REF!';
  });
  return `=${tokens.join('')}`;
}

function referenceText(token: Reference, { start, end }: Area): string {
  const tab = token.tab === undefined ? '' : `${token.tab}!`;
  const range = token.raw.includes(':');
  return tab + formatCorner(start) + (range ? `:${formatCorner(end)}` : '');
}

/** A formula copied `rows` down and `columns` right: its relative references move along. */
export function copyFormula(formula: string, rows: number, columns: number): string {
  if (rows === 0 && columns === 0) return formula;
  const move = (corner: Corner): Corner | null => {
    const column =
      corner.column === undefined || corner.columnFixed ? corner.column : corner.column + columns;
    const row = corner.row === undefined || corner.rowFixed ? corner.row : corner.row + rows;
    if ((column ?? 0) < 0 || (row ?? 0) < 0) return null;
    return {
      ...(column === undefined ? {} : { column }),
      ...(row === undefined ? {} : { row }),
      columnFixed: corner.columnFixed,
      rowFixed: corner.rowFixed,
    };
  };
  return rewrite(formula, ({ area }) => {
    const start = move(area.start);
    const end = move(area.end);
    return start && end ? { start, end } : null;
  });
}

export interface DimensionChange {
  readonly dimension: 'ROWS' | 'COLUMNS';
  readonly at: number;
  /** Positive: inserted before `at`; negative: deleted from `at` on. */
  readonly count: number;
}

/**
 * A formula after rows or columns were inserted in or deleted from a tab. `concerns` says whether a
 * reference's tab (undefined: the formula's own) is that tab.
 */
export function shiftFormula(
  formula: string,
  change: DimensionChange,
  concerns: (title: string | undefined) => boolean,
): string {
  const key = change.dimension === 'ROWS' ? 'row' : 'column';
  return rewrite(formula, ({ area, title }) => {
    if (!concerns(title)) return area;
    const from = area.start[key];
    const to = area.end[key];
    const span = shiftSpan(from, to === undefined ? undefined : to + 1, change);
    if (!span) return null;
    const end = span.end === undefined ? undefined : span.end - 1;
    if (span.start === from && end === to) return area;
    return {
      start: span.start === undefined ? area.start : { ...area.start, [key]: span.start },
      end: end === undefined ? area.end : { ...area.end, [key]: end },
    };
  });
}

/**
 * A half-open span after the change; null if all of it was deleted. As in Google Sheets, an insertion at the
 * span's start moves it, an insertion inside makes it wider, and an insertion at its end has no effect.
 */
export function shiftSpan(
  start: number | undefined,
  end: number | undefined,
  { at, count }: DimensionChange,
): { start: number | undefined; end: number | undefined } | null {
  const first = start ?? 0;
  if (count >= 0) {
    return {
      start: start === undefined ? undefined : start >= at ? start + count : start,
      end: end === undefined ? undefined : end > at ? end + count : end,
    };
  }
  const last = at - count;
  const cut = (edge: number) => (edge <= at ? edge : Math.max(at, edge + count));
  const newEnd = end === undefined ? undefined : cut(end);
  if (end !== undefined && first >= at && end <= last) return null;
  return {
    start: start === undefined ? undefined : start >= last ? start + count : Math.min(start, at),
    end: newEnd,
  };
}

/**
 * A formula after rows or columns changed places: `place` gives an index's new one. A range goes
 * with its two ends, turned round where they changed sides.
 */
export function moveFormula(
  formula: string,
  dimension: 'ROWS' | 'COLUMNS',
  place: (index: number) => number,
  concerns: (title: string | undefined) => boolean,
): string {
  const key = dimension === 'ROWS' ? 'row' : 'column';
  return rewrite(formula, ({ area, title }) => {
    const [from, to] = [area.start[key], area.end[key]];
    if (!concerns(title) || from === undefined || to === undefined) return area;
    const ends = [place(from), place(to)];
    const [first, last] = [Math.min(...ends), Math.max(...ends)];
    if (first === from && last === to) return area;
    return { start: { ...area.start, [key]: first }, end: { ...area.end, [key]: last } };
  });
}
