import { digest, type CellValue } from '../../google/sheets/index.ts';
import type { Intent, PlannedCell, Verdict } from '../journal/index.ts';
import { keyColumnsAt, lineNow } from './columns.ts';
import type { Seen } from './images.ts';
import type { Judged } from './judge.ts';
import { likeness, linesFinder, MOST_ALIKE, placesFinder } from './likeness.ts';
import { clearingCells, ownerOf } from './restore.ts';

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
  const keyColumns = keyColumnsAt(intent, seen.titles);
  const showing = placesFinder(seen.rows);
  const lineAt = linesFinder(seen.rows);
  const withoutId = (texts: readonly string[]): number[] => {
    const written = new Map(intent.rowColumns.map((column, at) => [column, texts[at] ?? '']));
    const line = Array.from({ length: Math.max(...written.keys()) + 1 }, (_, c) => written.get(c));
    const sought = lineNow(
      line.map((text) => text ?? ''),
      columnNow,
    );
    const alike = (place: number) =>
      likeness(sought, lineAt(place), { ...keyColumns, id: undefined });
    const leads = sought.flatMap((text, column) =>
      text === '' ? [] : showing(column, text).slice(0, MOST_ALIKE),
    );
    return [...new Set(leads)]
      .filter((place) => ownerOf(seen.rows[place] ?? [], keyColumns).materialId === null)
      .filter((place) => alike(place) > 0)
      .toSorted((a, b) => alike(b) - alike(a))
      .slice(0, 1);
  };
  return intent.rows.map(([id, texts], at) => {
    const places = rowsOf.get(id) ?? withoutId(texts);
    const isAbove = places.some((place) => place < seen.headerRow);
    const found = verdicts[at]?.kind;
    const isMisplaced = found === 'misplaced' || (found === 'unknown' && isAbove);
    return { verdict: { kind: isMisplaced ? 'misplaced' : 'applied' }, texts, places };
  });
}

/** Clears new rows in wrong columns or above the header. People's texts in them remain. */
export function clearedRows(added: readonly AddedRow[], { rows, titles }: Seen): PlannedCell[] {
  return added.flatMap(({ verdict, texts, places }) =>
    verdict.kind === 'applied'
      ? []
      : places.flatMap((place) =>
          clearingCells(
            place,
            rows[place] ?? [],
            titles,
            (cell) => cell !== '' && texts.includes(digest(cell)),
          ),
        ),
  );
}
