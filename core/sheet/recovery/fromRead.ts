import { digest, isFormula, type CellValue } from '../../google/sheets/index.ts';
import {
  isSameLine,
  lineOf,
  type Intent,
  type Journal,
  type LastBatch,
  type Line,
  type PlannedCell,
  type Verdict,
} from '../journal/index.ts';
import { columnsNow, keyColumnsAt, lineNow } from './columns.ts';
import { imagesByRead, lineAfter, writesOf, type Seen } from './images.ts';
import { headerThen, judge, toldColumns, type Judged } from './judge.ts';
import {
  findRows,
  likeness,
  linesFinder,
  MOST_ALIKE,
  NEAR,
  placesFinder,
  soughtRow,
} from './likeness.ts';
import {
  clearingCells,
  emptiedColumns,
  ownerOf,
  restoringCell,
  rollbackOf,
  unplacedOf,
} from './restore.ts';

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
  const missedNow = missedRows(intent, judged, images, imageOf);
  const missed = placed(missedNow, judged.then.titles, intent, seen);
  const taken = new Set(missed.restored.map(placeOf));
  const done = rowsOfRollback(intent, judged, true);
  const undone = rowsOfRollback(intent, judged, false).map((damaged) =>
    afterRollback(damaged, intent, judged, images),
  );
  const unfinished = placed(undone, judged.then.titles, intent, seen, taken);
  const { restored, left } = restoredOnce(missed.restored, unfinished.left);
  const columnThen = columnsNow(judged.then.titles, seen.titles);
  const added = addedRows(intent, judged, seen, columnThen);
  const found = [
    ...[...restored, ...unfinished.restored],
    ...copiesOf(missedNow, judged.then.titles, intent, seen, new Set(missed.places)),
    ...copiesOf(done, intent.header, intent, seen, null),
    ...clearedRows(added, seen),
  ];
  // Without its header the sheet cannot be used: so a rollback of the header is tried until it succeeds.
  const isTried = ({ row }: PlannedCell) =>
    intent.rollbacks < MOST_ROLLBACKS || row === seen.headerRow;
  const lost = [...missed.left, ...left].filter(({ value }) => value !== '');
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
 * The titles now, with the ones that the batch overwrote: by mistake, for the header had moved into its way,
 * or in a rollback of the header. So each column is found by the title that it had then.
 */
function meantTitles(intent: Intent, images: Journal['images'], seen: Seen): readonly string[] {
  const { row, titles } = headerThen(intent, images);
  const writes = writesOf(intent).get(row ?? -1);
  const isMeant = row === intent.headerRow && intent.rollbacks === 0;
  if (writes === undefined || isMeant) return seen.titles;
  const meant = new Map([...writes].map(([column, wrote]) => [wrote, titles[column] ?? '']));
  return seen.titles.map((title) => meant.get(digest(title)) ?? title);
}

/** A row that a batch wrote to by mistake. Columns are those of its moment. */
interface DamagedRow {
  readonly row: number;
  /** Its row now if nothing has moved since. */
  readonly likely: number;
  /** As it was right after the batch. */
  readonly line: Line;
  readonly written: readonly number[];
  readonly cells: ReadonlyArray<{
    readonly column: number;
    readonly wrote: string;
    readonly value: CellValue;
    readonly restores: NonNullable<PlannedCell['restores']>;
  }>;
}

/** Rows in which a batch overwrote another cell than it was meant for, or a person's edit. */
function missedRows(
  intent: Intent,
  { cells: verdicts, then }: Judged,
  images: Journal['images'],
  imageOf: (row: number) => number,
): DamagedRow[] {
  const failed = intent.cells.flatMap(([row, column, , , wrote], index) => {
    const kind = verdicts[index]?.kind;
    return kind === 'misplaced' || kind === 'edited'
      ? [{ row, column, wrote, copies: kind === 'misplaced' }]
      : [];
  });
  const writes = writesOf(intent);
  const nameOf = (column: number, value: CellValue) => `${column}:${digest(value)}`;
  const columnThen = columnsNow(intent.header, then.titles);
  const cleared = new Set(
    intent.restoring.flatMap(({ column, expected, value }) =>
      value === '' ? [nameOf(columnThen(column), expected)] : [],
    ),
  );
  return [...Map.groupBy(failed, ({ row }) => row)].map(([row, cells]) => {
    const at = imageOf(row);
    const image = images.get(at) ?? [];
    const written = writes.get(row) ?? new Map<number, string>();
    // The rollback cleared a new row here, and not its own one. Both were to be cleared.
    const isNewRow = cells.every(({ column, wrote }) => {
      const value = image[column] ?? '';
      return wrote === '' && (value === '' || cleared.has(nameOf(column, value)));
    });
    const overwritten = isNewRow ? [] : cells;
    return {
      row,
      likely: row >= intent.insertAt ? row + intent.rows.length : row,
      line: lineAfter(image, written),
      written: [...written.keys()],
      cells: overwritten.map(({ column, wrote, copies }) => ({
        column,
        wrote,
        value: image[column] ?? '',
        restores: {
          ...{ isText: false, copies },
          ...(isFormula(image[column]) ? { image: { row: at, column } } : {}),
          ...ownerOf(image, keyColumnsAt(intent, then.titles)),
        },
      })),
    };
  });
}

/**
 * Rows that a rollback was to restore, and either has restored or has not. The journal has another
 * before-image by now.
 */
function rowsOfRollback(
  { restoring, lines }: Intent,
  judged: Judged,
  isRestored: boolean,
): DamagedRow[] {
  const lineOfRow = new Map(lines);
  const some = restoring.filter((_, at) => (judged.cells[at]?.kind === 'applied') === isRestored);
  return [...Map.groupBy(some, ({ row }) => row)].map(([row, cells]) => ({
    row,
    likely: row,
    line: lineOfRow.get(row) ?? [],
    written: cells.map(({ column }) => column),
    cells: cells.map(({ column, expected, value, restores }) => ({
      column,
      wrote: digest(expected),
      value,
      restores: {
        // Only a before-image tells a text that begins with "=" from a formula, and it is gone by now.
        isText: restores?.isText === true || restores?.image !== undefined,
        copies: restores?.copies === true,
        materialId: restores?.materialId ?? null,
        title: restores?.title ?? '',
      },
    })),
  }));
}

/**
 * A row of a rollback as it is right after it, in the columns of that moment. Where columns had moved, the
 * rollback wrote into other cells of the same row.
 */
function afterRollback(
  damaged: DamagedRow,
  intent: Intent,
  { then }: Judged,
  images: Journal['images'],
): DamagedRow {
  const columnThen = columnsNow(intent.header, then.titles);
  const line = lineNow(damaged.line, columnThen);
  const image = images.get(damaged.row) ?? [];
  const told = toldColumns(intent, damaged.row, keyColumnsAt(intent, then.titles));
  const isThere = likeness(line, lineOf(image), told) > 0;
  const writes = writesOf(intent).get(damaged.row) ?? new Map<number, string>();
  return {
    ...damaged,
    line: isThere ? lineAfter(image, writes) : line,
    written: damaged.written.map(columnThen),
    cells: damaged.cells.map((cell) => ({ ...cell, column: columnThen(cell.column) })),
  };
}

/**
 * Finds rows that a person copied from a damaged row before its rollback landed: they are like it, and show
 * what was written there by mistake. They get the same texts back. An empty cell is in many rows: so a copy
 * in which a text was cleared must be the same to the last cell.
 *
 * @param taken the damaged rows themselves; null: they are restored
 */
function copiesOf(
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
    // An id that the batch wrote does not tell whose copy a row is. A row with any other id is no copy.
    const wrongId = cells.find(({ column }) => columnNow(column) === keyColumns.id);
    const told = wrongId === undefined ? keyColumns : { ...keyColumns, id: undefined };
    const ids = wrongId && new Set(['', wrongId.wrote, digest(wrongId.value)]);
    const isCopy = (place: number) =>
      place !== headerRow &&
      taken?.has(place) !== true &&
      ids?.has(lineAt(place)[keyColumns.id ?? -1] ?? '') !== false &&
      likeness(lineThen, lineAt(place), told) > 0;
    const isTold = (lineThen[keyColumns.title ?? -1] ?? '') !== '';
    const near = Array.from({ length: 2 * NEAR + 1 }, (_, offset) => likely - NEAR + offset);
    const same =
      isTold && taken === null ? near.filter((at) => isSameLine(lineThen, lineAt(at))) : [];
    return cells.flatMap(({ column, wrote, value, restores }) => {
      if (wrote === digest(value) || !restores.copies) return [];
      const now = columnNow(column);
      return (wrote === '' ? same : showing(now, wrote).slice(0, MOST_ALIKE))
        .filter(isCopy)
        .map((row) => {
          const at = { row, column: now, header: titles[now] ?? '' };
          return restoringCell(at, rows[row]?.[now] ?? '', value, restores);
        });
    });
  });
}

/** A cell that no longer shows what the batch wrote, at the batch's row and column. */
interface Left extends PlannedCell {
  /** Where it is now; null: its row was not found. */
  readonly place: string | null;
  readonly wrote: string;
}

/**
 * Finds damaged rows again: cells to restore, and cells that no longer show what the batch wrote.
 *
 * @param then the header's titles when the rows were damaged
 * @param taken cells that get another text back: a person typed over them before the rollback landed
 */
function placed(
  damaged: readonly DamagedRow[],
  then: readonly string[],
  intent: Intent,
  { rows, titles }: Seen,
  taken: ReadonlySet<string> = new Set(),
): { restored: PlannedCell[]; left: Left[]; places: ReadonlyArray<number | null> } {
  const columnNow = columnsNow(then, titles);
  const places = findRows(
    damaged.map(({ likely, line, written }) => soughtRow(likely, line, written, columnNow)),
    rows,
    keyColumnsAt(intent, titles),
  );
  const restored: PlannedCell[] = [];
  const left: Left[] = [];
  damaged.forEach(({ row, cells }, at) => {
    const place = places[at] ?? null;
    for (const { column, wrote, value, restores } of cells) {
      if (wrote === digest(value)) continue;
      const now = columnNow(column);
      const header = titles[now] ?? then[column] ?? '';
      const at = { row: place ?? row, column: now, header };
      const cell = restoringCell(at, rows[at.row]?.[now] ?? '', value, restores);
      const shown = digest(cell.expected);
      // An empty cell may hold the text unseen, under a merge.
      const isUnseen = shown === '' && value === '' && intent.rollbacks === 0;
      if (place !== null && (shown === wrote || isUnseen)) restored.push(cell);
      else if (place === null || shown !== digest(value) || taken.has(placeOf(cell))) {
        left.push({ ...cell, row, column, place: place === null ? null : placeOf(cell), wrote });
      }
    }
  });
  return { restored, left, places };
}

/**
 * A rollback that missed may have overwritten a cell that another mistake was in. Both are undone at
 * once: the cell gets what it held before the first mistake.
 *
 * Example: a batch wrote B over A; then the rollback wrote C over B. The cell gets A.
 */
function restoredOnce(
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

function placeOf({ row, column }: PlannedCell): string {
  return `${row}:${column}`;
}

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
function addedRows(
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
function clearedRows(added: readonly AddedRow[], { rows, titles }: Seen): PlannedCell[] {
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
