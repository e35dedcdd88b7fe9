import { cellAt, digest, type CellValue } from '../../google/sheets/index.ts';
import type { Intent, PlannedCell, Verdict } from '../journal/index.ts';
import { keyColumnsAt } from './columns.ts';
import { lineAfter, type Seen } from './images.ts';
import type { Judged } from './judge.ts';
import { findRows, soughtRow } from './likeness.ts';
import { clearingCells } from './restore.ts';

/** A new row of a batch. */
interface AddedRow {
  readonly verdict: Verdict;
  /** Digests of the texts that the batch wrote. */
  readonly texts: readonly string[];
  /** Where it is now, and its copies. */
  readonly places: readonly number[];
}

/**
 * Finds the new rows by their ids, or by their other texts where the id is gone. If the
 * before-images do not show the header, the header now does.
 */
export function addedRows(
  intent: Intent,
  { rows: verdicts }: Judged,
  seen: Seen,
  columnNow: (column: number) => number,
): AddedRow[] {
  if (intent.rows.length === 0) return [];
  const ids = new Set<CellValue>(intent.rows.map(([id]) => id));
  const rowsOf = Map.groupBy(seen.rows.keys(), (place) =>
    seen.rows[place]?.find((cell) => ids.has(cell)),
  );
  const others = intent.rowColumns.filter((column) => column !== intent.keyColumns['id']);
  const sought = intent.rows.map(([, texts], at) => {
    const { insertAt, rowColumns } = intent;
    const wrote = new Map(rowColumns.map((column, index) => [column, cellAt(texts, index)]));
    const line = lineAfter([], wrote);
    return soughtRow(insertAt + at, line, others, columnNow);
  });
  const found = findRows(sought, seen.rows, keyColumnsAt(intent, seen.titles));
  return intent.rows.map(([id, texts], at) => {
    const place = found[at] ?? null;
    const places = rowsOf.get(id) ?? (place === null ? [] : [place]);
    const isAbove = places.some((place) => place < seen.headerRow);
    const kind = verdicts[at]?.kind;
    const isMisplaced = kind === 'misplaced' || (kind === 'unknown' && isAbove);
    return { verdict: { kind: isMisplaced ? 'misplaced' : 'applied' }, texts, places };
  });
}

/**
 * Clears new rows in wrong columns or above the header. People's texts in them remain. If a row is above the
 * header and also below it, another batch of its writer has put it in its place: that one remains. A copy that
 * people gave another title is a row of their own.
 */
export function clearedRows(
  added: readonly AddedRow[],
  intent: Intent,
  { rows, titles, headerRow }: Seen,
): PlannedCell[] {
  const { title } = keyColumnsAt(intent, titles);
  const misplaced = added.filter(({ verdict }) => verdict.kind === 'misplaced');
  return misplaced.flatMap(({ texts, places: all }) => {
    const isOwn = (cell: CellValue) => cell !== '' && texts.includes(digest(cell));
    const hasTitle = (place: number) => isOwn(cellAt(rows[place], title));
    const places = all.some(hasTitle) ? all.filter(hasTitle) : all;
    const above = places.filter((place) => place < headerRow);
    const wrong = above.length === 0 ? places : above;
    const copies = wrong.length === places.length;
    return wrong.flatMap((place) =>
      clearingCells(place, rows[place] ?? [], titles, { isCleared: isOwn, copies }),
    );
  });
}
