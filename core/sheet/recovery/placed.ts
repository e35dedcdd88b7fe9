import { cellAt, cellText, digest } from '../../google/sheets/index.ts';
import { isSameRow, type Intent, type PlannedCell } from '../journal/index.ts';
import { columnsNow, keyColumnsAt, lineNow } from './columns.ts';
import type { DamagedRow } from './damagedRows.ts';
import type { Seen } from './images.ts';
import {
  findRows,
  keyOf,
  likeness,
  linesFinder,
  MOST_ALIKE,
  NEAR,
  placesFinder,
  soughtRow,
} from './likeness.ts';
import { placeOf, restoringCell } from './restore.ts';

/**
 * Finds the copies of damaged rows, and returns the cells that restore them. A person copied a damaged
 * row before its rollback landed. The copy resembles that row and shows the same mistake.
 *
 * If the mistake cleared a text, the copy has an empty cell there, as many other rows have. So then every
 * cell of the copy must match.
 *
 * @param titlesThen the header's titles when the rows were damaged
 * @param taken where the damaged rows are now: these are no copies; null: a rollback has restored them already
 */
export function copiesOf(
  damaged: readonly DamagedRow[],
  titlesThen: readonly string[],
  intent: Intent,
  { rows, titles, headerRow }: Seen,
  taken: ReadonlySet<number | null> | null,
): PlannedCell[] {
  const columnNow = columnsNow(titlesThen, titles);
  const keyColumns = keyColumnsAt(intent, titles);
  const rowsShowing = placesFinder(rows);
  const lineAt = linesFinder(rows);
  return damaged.flatMap(({ line, likely, cells }) => {
    const lineWithMistake = lineNow(line, columnNow);
    // If the batch overwrote the id, a copy shows the wrong id, or the right one if a person has corrected it.
    // So the search for a copy leaves the id out. A row with any third id is no copy.
    const wrongId = cells.find(({ column }) => columnNow(column) === keyColumns.id);
    const title = cellAt(lineWithMistake, keyColumns.title);
    // A person who gave the copy of a new row another title has made a row of their own.
    const isNew = cells.some(
      ({ column, value }) => columnNow(column) === keyColumns.title && value === '',
    );
    const isRetitled = (place: number) =>
      isNew && !['', title].includes(cellAt(lineAt(place), keyColumns.title));
    const keyOfCopy = wrongId === undefined ? keyColumns : { ...keyColumns, id: undefined };
    const ids = wrongId && new Set([wrongId.wrote, digest(wrongId.value)]);
    const hasThirdId = (place: number) =>
      keyOf(rows[place] ?? [], keyColumns).id !== undefined &&
      ids?.has(cellAt(lineAt(place), keyColumns.id)) === false;
    const isCopy = (place: number) =>
      place !== headerRow &&
      taken?.has(place) !== true &&
      !hasThirdId(place) &&
      !isRetitled(place) &&
      likeness(lineWithMistake, lineAt(place), keyOf(rows[place] ?? [], keyOfCopy)) > 0;
    const near = Array.from({ length: 2 * NEAR + 1 }, (_, offset) => likely - NEAR + offset);
    const equalRows =
      title !== '' && taken === null
        ? near.filter((at) => isSameRow(lineWithMistake, lineAt(at)))
        : [];
    return cells.flatMap(({ column, wrote, value, restores }) => {
      if (wrote === digest(value) || !restores.copies) return [];
      const now = columnNow(column);
      return (wrote === '' ? equalRows : rowsShowing(now, wrote).slice(0, MOST_ALIKE))
        .filter(isCopy)
        .map((row) => {
          const at = { row, column: now, header: cellAt(titles, now) };
          return restoringCell(at, cellAt(rows[row], now), value, restores);
        });
    });
  });
}

/** A mistake that the sheet no longer shows: the cell has another text, or its row was not found. */
export interface GoneMistake extends PlannedCell {
  /** Where the cell is now; null: its row was not found. `row` and `column` say where it was. */
  readonly place: string | null;
  readonly wrote: string;
}

/**
 * Finds damaged rows again, and sorts their cells. A cell that still shows the mistake is restored.
 *
 * Example: a batch wrote "Akar" over "Daun" by mistake. If the cell shows "Akar", it is in `restored`. If it
 * shows "Daun", it is in `correct`. If a person has typed "Batang" there, it is in `gone`.
 *
 * @param titlesThen the header's titles when the rows were damaged
 * @param taken cells that get another text back: here their mistake counts as gone
 */
export function placed(
  damaged: readonly DamagedRow[],
  titlesThen: readonly string[],
  intent: Intent,
  { rows, titles, headerRow }: Seen,
  taken: ReadonlySet<string> = new Set(),
): {
  restored: PlannedCell[];
  gone: GoneMistake[];
  correct: GoneMistake[];
  /** The row of each damaged row now; null: it was not found. */
  places: ReadonlyArray<number | null>;
} {
  const columnNow = columnsNow(titlesThen, titles);
  const places = findRows(
    damaged.map(({ likely, line, written }) => soughtRow(likely, line, written, columnNow)),
    rows,
    keyColumnsAt(intent, titles),
  );
  const restored: PlannedCell[] = [];
  const gone: GoneMistake[] = [];
  const correct: GoneMistake[] = [];
  damaged.forEach(({ row, likely, cells }, index) => {
    const place = places[index] ?? null;
    for (const { column, wrote, value, restores } of cells) {
      if (wrote === digest(value)) continue;
      const now = columnNow(column);
      const titleNow = cellText(rows[headerRow]?.[now]);
      const header = titles[now] || titleNow || cellAt(titlesThen, column);
      const at = { row: place ?? row, column: now, header };
      const cell = restoringCell(at, cellAt(rows[at.row], now), value, restores);
      const shown = digest(cell.expected);
      // Merged cells may hide the text that the batch wrote: the cell then reads as empty.
      const isUnseen = shown === '' && value === '' && intent.rollbacks === 0;
      const isTaken = taken.has(placeOf(cell));
      if (place !== null && !isTaken && (shown === wrote || isUnseen)) restored.push(cell);
      else {
        // If another row shows the text already, it may be a copy that a person made before the mistake.
        const isCorrect = place === likely && !isTaken && shown === digest(value);
        const placeNow = place === null ? null : placeOf(cell);
        (isCorrect ? correct : gone).push({ ...cell, row, column, place: placeNow, wrote });
      }
    }
  });
  return { restored, gone, correct, places };
}

/**
 * Restores a cell with two mistakes at once: a batch wrote into it, and then a rollback that missed. The
 * cell gets the text from before the first mistake.
 *
 * Example: a batch wrote B over A; then the rollback wrote C over B. The cell gets A.
 *
 * @param missed cells that restore what the rollback overwrote: B in the example
 * @param gone mistakes that the rollback was to undo: B over A in the example
 */
export function restoredOnce(
  missed: readonly PlannedCell[],
  gone: readonly GoneMistake[],
): { restored: PlannedCell[]; gone: GoneMistake[] } {
  const firstMistakes = new Map(gone.map((mistake) => [mistake.place, mistake]));
  const undone = new Set<GoneMistake>();
  const restored = missed.flatMap((cell) => {
    const first = firstMistakes.get(placeOf(cell));
    if (first === undefined || first.wrote !== digest(cell.value)) return [cell];
    undone.add(first);
    const { value, restores } = first;
    return value === cell.expected ? [] : [{ ...cell, value, restores }];
  });
  return { restored, gone: gone.filter((mistake) => !undone.has(mistake)) };
}

/**
 * Finds mistakes that a rollback has undone in the row of another mistake. This happens if both rows get the
 * same text back. Then the rollback overwrote the batch's text there, and no person's text.
 *
 * Example: a batch wrote the ids 1 and 2 over the subjects of two rows, both "IPA". A person sorts. The
 * rollback writes "IPA" over id 2 where it meant id 1, and over id 1 where it meant id 2.
 *
 * If the rollback overwrote a text more often than mistakes with that text are gone, a person typed at least
 * one of these texts. Then the next rollback restores all of them.
 *
 * @param missed rows that the rollback overwrote by mistake
 * @param found mistakes that the sheet no longer shows, and that the rollback was to undo
 * @returns `missed` without the cells of mistakes that are undone, and these mistakes
 */
export function withoutUndone(
  missed: readonly DamagedRow[],
  found: readonly GoneMistake[],
): { missed: readonly DamagedRow[]; undone: ReadonlySet<GoneMistake> } {
  const nameOf = (column: number, mistake: string, text: string) => `${column}:${mistake}:${text}`;
  const gone = Map.groupBy(found, (one) => nameOf(one.column, one.wrote, digest(one.value)));
  // The rollback wrote the text and overwrote the mistake: so both change places.
  const nameOfCell = ({ column, wrote, value }: DamagedRow['cells'][number]) =>
    nameOf(column, digest(value), wrote);
  const cells = missed.flatMap((row) => row.cells).filter(({ wrote }) => wrote !== '');
  const overwritten = Map.groupBy(cells, nameOfCell);
  const isUndone = (name: string) => {
    const count = overwritten.get(name)?.length ?? 0;
    return count > 0 && count <= (gone.get(name)?.length ?? 0);
  };
  return {
    missed: missed.map((row) => ({
      ...row,
      cells: row.cells.filter((cell) => !isUndone(nameOfCell(cell))),
    })),
    undone: new Set([...gone].flatMap(([name, same]) => (isUndone(name) ? same : []))),
  };
}
