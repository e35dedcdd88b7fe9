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
 * Finds rows that a person copied from a damaged row before its rollback landed: each copy resembles
 * that row and shows the mistake. The rollback restores the same texts in the copy. Many rows have
 * empty cells. So if the mistake cleared a text, every cell of the copy must match.
 *
 * @param taken the damaged rows themselves, which are no copies; null: a rollback has restored them already
 */
export function copiesOf(
  damaged: readonly DamagedRow[],
  then: readonly string[],
  intent: Intent,
  { rows, titles, headerRow }: Seen,
  taken: ReadonlySet<number | null> | null,
): PlannedCell[] {
  const columnNow = columnsNow(then, titles);
  const keyColumns = keyColumnsAt(intent, titles);
  const showing = placesFinder(rows);
  const lineAt = linesFinder(rows);
  return damaged.flatMap(({ line, likely, cells }) => {
    const lineThen = lineNow(line, columnNow);
    // An id that the batch wrote does not show which row was copied. A row with any other id is no copy.
    const wrongId = cells.find(({ column }) => columnNow(column) === keyColumns.id);
    const title = cellAt(lineThen, keyColumns.title);
    // A person who gave the copy of a new row another title has made a row of their own.
    const isNew = cells.some(
      ({ column, value }) => columnNow(column) === keyColumns.title && value === '',
    );
    const isRetitled = (place: number) =>
      isNew && !['', title].includes(cellAt(lineAt(place), keyColumns.title));
    const keyOfCopy = wrongId === undefined ? keyColumns : { ...keyColumns, id: undefined };
    const ids = wrongId && new Set([wrongId.wrote, digest(wrongId.value)]);
    const hasOtherId = (place: number) =>
      keyOf(rows[place] ?? [], keyColumns).id !== undefined &&
      ids?.has(cellAt(lineAt(place), keyColumns.id)) === false;
    const isCopy = (place: number) =>
      place !== headerRow &&
      taken?.has(place) !== true &&
      !hasOtherId(place) &&
      !isRetitled(place) &&
      likeness(lineThen, lineAt(place), keyOf(rows[place] ?? [], keyOfCopy)) > 0;
    const near = Array.from({ length: 2 * NEAR + 1 }, (_, offset) => likely - NEAR + offset);
    const same =
      title !== '' && taken === null ? near.filter((at) => isSameRow(lineThen, lineAt(at))) : [];
    return cells.flatMap(({ column, wrote, value, restores }) => {
      if (wrote === digest(value) || !restores.copies) return [];
      const now = columnNow(column);
      return (wrote === '' ? same : showing(now, wrote).slice(0, MOST_ALIKE))
        .filter(isCopy)
        .map((row) => {
          const at = { row, column: now, header: cellAt(titles, now) };
          return restoringCell(at, cellAt(rows[row], now), value, restores);
        });
    });
  });
}

/** A cell that no longer shows what the batch wrote, at the batch's row and column. */
export interface Left extends PlannedCell {
  /** Where it is now; null: its row was not found. */
  readonly place: string | null;
  readonly wrote: string;
}

/**
 * Finds damaged rows again: cells to restore, and cells that no longer show what the batch wrote.
 *
 * @param then the header's titles when the rows were damaged
 * @param taken cells that get another text back
 */
export function placed(
  damaged: readonly DamagedRow[],
  then: readonly string[],
  intent: Intent,
  { rows, titles, headerRow }: Seen,
  taken: ReadonlySet<string> = new Set(),
): {
  restored: PlannedCell[];
  left: Left[];
  /** Cells that show the text that they had before the batch. */
  right: Left[];
  places: ReadonlyArray<number | null>;
} {
  const columnNow = columnsNow(then, titles);
  const places = findRows(
    damaged.map(({ likely, line, written }) => soughtRow(likely, line, written, columnNow)),
    rows,
    keyColumnsAt(intent, titles),
  );
  const restored: PlannedCell[] = [];
  const left: Left[] = [];
  const right: Left[] = [];
  damaged.forEach(({ row, likely, cells }, at) => {
    const place = places[at] ?? null;
    for (const { column, wrote, value, restores } of cells) {
      if (wrote === digest(value)) continue;
      const now = columnNow(column);
      const titleNow = cellText(rows[headerRow]?.[now]);
      const header = titles[now] || titleNow || cellAt(then, column);
      const at = { row: place ?? row, column: now, header };
      const cell = restoringCell(at, cellAt(rows[at.row], now), value, restores);
      const shown = digest(cell.expected);
      // Merged cells may hide the text that the batch wrote: the cell then reads as empty.
      const isUnseen = shown === '' && value === '' && intent.rollbacks === 0;
      const isTaken = taken.has(placeOf(cell));
      if (place !== null && !isTaken && (shown === wrote || isUnseen)) restored.push(cell);
      else {
        // If another row shows the text already, it may be a copy that a person made before the mistake.
        const isRight = place === likely && !isTaken && shown === digest(value);
        const placeNow = place === null ? null : placeOf(cell);
        (isRight ? right : left).push({ ...cell, row, column, place: placeNow, wrote });
      }
    }
  });
  return { restored, left, right, places };
}

/**
 * A rollback that missed may have overwritten a cell that another mistake was in. Both are undone at
 * once: the cell gets what it held before the first mistake.
 *
 * Example: a batch wrote B over A; then the rollback wrote C over B. The cell gets A.
 */
export function restoredOnce(
  missed: readonly PlannedCell[],
  left: readonly Left[],
): { restored: PlannedCell[]; left: Left[] } {
  const earlier = new Map(left.map((one) => [one.place, one]));
  const undone = new Set<Left>();
  const restored = missed.flatMap((cell) => {
    const first = earlier.get(placeOf(cell));
    if (first === undefined || first.wrote !== digest(cell.value)) return [cell];
    undone.add(first);
    const { value, restores } = first;
    return value === cell.expected ? [] : [{ ...cell, value, restores }];
  });
  return { restored, left: left.filter((one) => !undone.has(one)) };
}

/**
 * Leaves out the mistakes that a rollback has undone although its row had moved: a row that is alike had the
 * same text to get back. So what the rollback overwrote there is no text of a person.
 *
 * Example: a batch wrote the ids 1 and 2 over the subjects of two rows, both "IPA". A person sorts, and the
 * rollback writes "IPA" over id 2 where it meant id 1, and over id 1 where it meant id 2.
 *
 * If the rollback overwrote a text more often than mistakes are gone, one of the texts is a person's: then all
 * of them come back.
 *
 * @param missed cells that the rollback overwrote by mistake
 * @param found cells that no longer show the mistake that the rollback was to undo
 */
export function withoutUndone(
  missed: readonly DamagedRow[],
  found: readonly Left[],
): { missed: readonly DamagedRow[]; undone: ReadonlySet<Left> } {
  const nameOf = (column: number, mistake: string, text: string) => `${column}:${mistake}:${text}`;
  const gone = Map.groupBy(found, (one) => nameOf(one.column, one.wrote, digest(one.value)));
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
