import { cellAt, digest } from '../../google/sheets/index.ts';
import type { Intent, Journal, LastBatch, PlannedCell } from '../journal/index.ts';
import { addedRows, clearedRows } from './addedRows.ts';
import { columnsNow } from './columns.ts';
import { afterRollback, missedRows, rowsOfRollback } from './damagedRows.ts';
import { imagesByRead, writesOf, type Seen } from './images.ts';
import { headerThen, judge } from './judge.ts';
import { copiesOf, placed, restoredOnce, withoutUndone } from './placed.ts';
import { emptiedColumns, placeOf, rollbackOf, unplacedOf } from './restore.ts';

/** After so many rollbacks in a row, the remaining texts are recorded and no further rollback tries. */
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
  const titlesThen = judged.then.titles;
  const imageOf = (row: number) => believed.get(row) ?? row;

  // 1. The rows that this batch hit by mistake.
  const hit = missedRows(intent, judged, images, imageOf);
  const taken = new Set(placed(hit, titlesThen, intent, seen).restored.map(placeOf));

  // 2. If this batch was a rollback: the rows that it restored, and the rows that it failed to restore.
  const done = rowsOfRollback(intent, judged, true);
  const notDone = rowsOfRollback(intent, judged, false);
  const stillDamaged = afterRollback(notDone, intent, judged, images);
  const unfinished = placed(stillDamaged, titlesThen, intent, seen, taken);

  // 3. A mistake of this rollback may have undone a mistake of the batch before it, or may be on top of it.
  const { missed: hitNow, undone } = withoutUndone(hit, [
    ...unfinished.gone,
    ...unfinished.correct,
  ]);
  const missed = placed(hitNow, titlesThen, intent, seen);
  const { restored, gone } = restoredOnce(
    missed.restored,
    unfinished.gone.filter((mistake) => !undone.has(mistake)),
  );

  // 4. All cells to restore or to clear. Of two texts for one cell the first counts (`rollbackOf`).
  const columnNow = columnsNow(titlesThen, seen.titles);
  const added = addedRows(intent, judged, seen, columnNow);
  const found = [
    ...restored,
    ...unfinished.restored,
    ...copiesOf(hitNow, titlesThen, intent, seen, new Set(missed.places)),
    ...copiesOf(done, intent.header, intent, seen, null),
    ...copiesOf(notDone, intent.header, intent, seen, new Set(unfinished.places)),
    ...clearedRows(added, intent, seen),
  ];
  // Without its header nobody can use the sheet: so a rollback of the header is tried until it succeeds.
  const isTried = ({ row }: PlannedCell) =>
    intent.rollbacks < MOST_ROLLBACKS || row === seen.headerRow;

  // 5. Texts that no rollback restores any more: they are recorded.
  // Google may skip a hidden row: then the row still shows what the rollback was to replace.
  const skipped = placed(done, intent.header, intent, seen).restored;
  const lost = [...missed.gone, ...gone, ...skipped].filter(({ value }) => value !== '');
  const stuck = found.filter((cell) => !isTried(cell));
  return {
    id,
    cells: judged.cells,
    rows: added.map(({ verdict }) => verdict),
    kept: intent.cells.map(() => true),
    emptied: added.map(({ texts, places }) =>
      emptiedColumns(intent, texts, seen.rows[places[0] ?? -1], columnNow),
    ),
    ...rollbackOf(found.filter(isTried), (row) => seen.rows[row]),
    unplaced: [...intent.unplaced, ...[...lost, ...stuck].map((cell) => unplacedOf(id, cell))],
    rollbacks: intent.rollbacks,
  };
}

/**
 * Returns the current header titles, with each title that the batch overwrote put back in its column. A batch
 * overwrites titles if people moved the header into its rows, or if it is a rollback of the header. The
 * result lets `columnsNow` find each column by the title that it had before the batch.
 *
 * Example: the batch wrote "Akar" over the title MATERIAL_TITLE. The header shows "Akar", and the result has
 * MATERIAL_TITLE there.
 */
function meantTitles(intent: Intent, images: Journal['images'], seen: Seen): readonly string[] {
  const { row, titles } = headerThen(intent, images);
  const writes = writesOf(intent).get(row ?? -1);
  const isMeant = row === intent.headerRow && intent.rollbacks === 0;
  if (writes === undefined || isMeant) return seen.titles;
  // The key is the text that the batch wrote over a title, or the column if the batch cleared the title.
  const overwritten = new Map([...writes].map(([at, wrote]) => [wrote || at, cellAt(titles, at)]));
  const now = seen.titles.map((title) => overwritten.get(digest(title)) ?? title);
  // A cleared title shows no text to find it by. So it is found by the titles beside it.
  const notCleared = titles.map((title, column) => (overwritten.has(column) ? '' : title));
  const columnNow = columnsNow(notCleared, now);
  const cleared = new Map(
    titles.flatMap((title, at) => (overwritten.has(at) ? [[columnNow(at), title] as const] : [])),
  );
  const length = Math.max(now.length, ...[...cleared.keys()].map((column) => column + 1));
  return Array.from({ length }, (_, column) => now[column] || (cleared.get(column) ?? ''));
}
