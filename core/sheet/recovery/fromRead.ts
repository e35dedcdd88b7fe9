import { cellAt, digest } from '../../google/sheets/index.ts';
import type { Intent, Journal, LastBatch, PlannedCell } from '../journal/index.ts';
import { addedRows, clearedRows } from './addedRows.ts';
import { columnsNow } from './columns.ts';
import { afterRollback, missedRows, rowsOfRollback } from './damagedRows.ts';
import { imagesByRead, writesOf, type Seen } from './images.ts';
import { headerThen, judge } from './judge.ts';
import { copiesOf, placed, restoredOnce, withoutUndone } from './placed.ts';
import { emptiedColumns, placeOf, rollbackOf, unplacedOf } from './restore.ts';

/** After so many rollbacks in a row, what is left is recorded and not tried again. */
const MOST_ROLLBACKS = 2;

/**
 * Reconciles the last batch with a later read. Rows and columns may have moved since the batch, and
 * people may have edited them: so rows are found again by likeness. If a person has typed over a cell
 * that the batch hit, the person's text remains.
 */
export function reconcileRead(
  id: string,
  intent: Intent,
  images: Journal['images'],
  shown: Seen,
): LastBatch {
  const seen = { ...shown, titles: meantTitles(intent, images, shown) };
  const believed = imagesByRead(intent, images, seen);
  const judged = judge(intent, images, believed);
  const imageOf = (row: number) => believed.get(row) ?? row;
  // Rows that this batch hit by mistake.
  const hit = missedRows(intent, judged, images, imageOf);
  const taken = new Set(placed(hit, judged.then.titles, intent, seen).restored.map(placeOf));
  // If this batch was a rollback: rows that it has restored, and rows that it was to restore and has not.
  const done = rowsOfRollback(intent, judged, true);
  const notDone = rowsOfRollback(intent, judged, false);
  const toUndo = afterRollback(notDone, intent, judged, images);
  const unfinished = placed(toUndo, judged.then.titles, intent, seen, taken);
  const { missed: missedNow, undone } = withoutUndone(hit, [
    ...unfinished.left,
    ...unfinished.right,
  ]);
  const missed = placed(missedNow, judged.then.titles, intent, seen);
  const { restored, left } = restoredOnce(
    missed.restored,
    unfinished.left.filter((one) => !undone.has(one)),
  );
  const columnThen = columnsNow(judged.then.titles, seen.titles);
  const added = addedRows(intent, judged, seen, columnThen);
  const found = [
    ...[...restored, ...unfinished.restored],
    ...copiesOf(missedNow, judged.then.titles, intent, seen, new Set(missed.places)),
    ...copiesOf(done, intent.header, intent, seen, null),
    ...copiesOf(notDone, intent.header, intent, seen, new Set(unfinished.places)),
    ...clearedRows(added, intent, seen),
  ];
  // Without its header the sheet cannot be used: so a rollback of the header is tried until it succeeds.
  const isTried = ({ row }: PlannedCell) =>
    intent.rollbacks < MOST_ROLLBACKS || row === seen.headerRow;
  // Google may skip a hidden row: then the row still shows what the rollback was to replace.
  const skipped = placed(done, intent.header, intent, seen).restored;
  const lost = [...missed.left, ...left, ...skipped].filter(({ value }) => value !== '');
  const stuck = found.filter((cell) => !isTried(cell));
  return {
    id,
    cells: judged.cells,
    rows: added.map(({ verdict }) => verdict),
    kept: intent.cells.map(() => true),
    emptied: added.map(({ texts, places }) =>
      emptiedColumns(intent, texts, seen.rows[places[0] ?? -1], columnThen),
    ),
    ...rollbackOf(found.filter(isTried), (row) => seen.rows[row]),
    unplaced: [...intent.unplaced, ...[...lost, ...stuck].map((cell) => unplacedOf(id, cell))],
    rollbacks: intent.rollbacks,
  };
}

/**
 * Returns the current header titles, and puts back each title that the batch overwrote. This happens if
 * people moved the header into the batch's rows, or if a rollback wrote the header. With them, each
 * column is found by the title that it had then.
 */
function meantTitles(intent: Intent, images: Journal['images'], seen: Seen): readonly string[] {
  const { row, titles } = headerThen(intent, images);
  const writes = writesOf(intent).get(row ?? -1);
  const isMeant = row === intent.headerRow && intent.rollbacks === 0;
  if (writes === undefined || isMeant) return seen.titles;
  // A title that the batch cleared is found by the titles beside it.
  const meant = new Map([...writes].map(([at, wrote]) => [wrote || at, cellAt(titles, at)]));
  const now = seen.titles.map((title) => meant.get(digest(title)) ?? title);
  const left = titles.map((title, column) => (meant.has(column) ? '' : title));
  const columnNow = columnsNow(left, now);
  const cleared = new Map(
    titles.flatMap((title, at) => (meant.has(at) ? [[columnNow(at), title] as const] : [])),
  );
  const length = Math.max(now.length, ...[...cleared.keys()].map((column) => column + 1));
  return Array.from({ length }, (_, column) => now[column] || (cleared.get(column) ?? ''));
}
