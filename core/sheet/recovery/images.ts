import { rowKey, type RowKeyColumns } from '../../material/index.ts';
import { digest, type Cells } from '../../google/sheets/index.ts';
import {
  areCopiedSingly,
  isSameRow,
  lineOf,
  type Intent,
  type Journal,
  type Line,
} from '../journal/index.ts';
import { columnsNow, keyColumnsAt, lineNow } from './columns.ts';
import { headerThen } from './judge.ts';
import { likeness, placesFinder } from './likeness.ts';

type Images = Journal['images'];

/** The catalog as one read shows it. */
export interface Seen {
  readonly rows: readonly Cells[];
  readonly headerRow: number;
  readonly titles: readonly string[];
}

/** The cells that a batch wrote: row → column → digest. */
export function writesOf(intent: Intent): ReadonlyMap<number, ReadonlyMap<number, string>> {
  const ofRows = Map.groupBy(intent.cells, ([row]) => row);
  return new Map(
    [...ofRows].map(([row, cells]) => [
      row,
      new Map(cells.map(([, column, , , wrote]) => [column, wrote])),
    ]),
  );
}

/** A row's line right after the batch. */
export function lineAfter(image: Cells, writes: ReadonlyMap<number, string>): Line {
  const line = lineOf(image);
  for (const [column, wrote] of writes) {
    while (line.length < column) line.push('');
    line[column] = wrote;
  }
  return line;
}

/**
 * Finds the before-image of each row that a batch wrote to, by the rows right after the batch: the image
 * agrees with its row in every column that the batch did not write.
 *
 * @param rowNow the row right after the batch, by its row at the moment of the write
 * @returns row → row of its image in the journal; without the rows that no image agrees with
 */
export function imagesByAnswer(
  intent: Intent,
  images: Images,
  rowNow: (row: number) => Cells,
): Map<number, number> {
  const moved = movedImages(intent, images, intent.keyColumns);
  const found = [...writesOf(intent)].flatMap(([row, writes]) => {
    const agrees = (at: number) => isSameRow(images.get(at) ?? [], rowNow(row), writes);
    const at = [row, ...moved(row)].find(agrees);
    return at === undefined ? [] : [[row, at] as const];
  });
  return new Map(found);
}

/**
 * Finds the before-image of each row that a batch wrote to, by a later read. An image with another key
 * than the row that was meant has two explanations: the batch has hit another row, or Google has skipped
 * a hidden row when it copied. In the second case the row that was meant now shows what the batch wrote;
 * and the image is blank, unless rows were copied together.
 *
 * Example: a person hides row 5, and a batch writes to rows 4 to 90 and copies them together. The image of
 * row 6 is at row 5. In the sheet the material of row 6 shows what the batch wrote: nothing was misplaced.
 *
 * @returns row → row of its image in the journal; without the rows whose image is missing
 */
export function imagesByRead(intent: Intent, images: Images, seen: Seen): Map<number, number> {
  const { titles } = headerThen(intent, images);
  const keys = new Map(intent.cells.map(([row, , key]) => [row, key]));
  const keyColumns = keyColumnsAt(intent, titles);
  const isMeant = meantFinder(intent, titles);
  const isMeantNow = meantFinder(intent, seen.titles);
  const candidates = candidatesFinder(intent, seen, columnsNow(titles, seen.titles));
  const columnNow = columnsNow(titles, seen.titles);
  const moved = movedImages(intent, images, keyColumns);
  const isSingly = areCopiedSingly(intent);
  const found = [...writesOf(intent)].flatMap(([row, writes]) => {
    const own = [[row, row] as const];
    // The key of a header, and of a row that a rollback writes, is blank.
    const image = images.get(row) ?? [];
    const isAlone = isSingly && image.some((cell) => cell !== '');
    if (keys.get(row) === '' || isAlone || isMeant(row, image)) return own;
    const isShown = (cells: Cells) =>
      [...writes].every(
        ([column, wrote]) => wrote === '' || digest(cells[columnNow(column)]) === wrote,
      );
    const isApplied = candidates(row, writes).some((place) => {
      const cells = seen.rows[place] ?? [];
      return isShown(cells) && isMeantNow(row, cells);
    });
    if (!isApplied) return own;
    const [at] = moved(row);
    return at === undefined ? [] : [[row, at] as const];
  });
  return new Map(found);
}

/**
 * Finds the rows that may be the row that was meant: by a text that the batch wrote, or by its key. Each column
 * is looked through once: a batch may write thousands of rows.
 */
function candidatesFinder(
  intent: Intent,
  { rows, titles }: Seen,
  columnNow: (column: number) => number,
): (row: number, writes: ReadonlyMap<number, string>) => readonly number[] {
  const showing = placesFinder(rows);
  const keys = new Map(intent.cells.map(([row, , key]) => [row, key]));
  const keyColumns = keyColumnsAt(intent, titles);
  let byKey: ReadonlyMap<string, readonly number[]> | undefined;
  return (row, writes) => {
    for (const [column, wrote] of writes) {
      if (wrote !== '') return showing(columnNow(column), wrote);
    }
    byKey ??= Map.groupBy(rows.keys(), (at) => digest(rowKey(rows[at] ?? [], keyColumns)));
    return byKey.get(keys.get(row) ?? '') ?? [];
  };
}

/** Decides whether cells belong to the row that the batch was meant for. */
function meantFinder(
  intent: Intent,
  titles: readonly string[],
): (row: number, cells: Cells) => boolean {
  const keys = new Map(intent.cells.map(([row, , key]) => [row, key]));
  const keyColumns = keyColumnsAt(intent, titles);
  const columnThen = columnsNow(intent.header, titles);
  const linesAsRead = new Map(intent.lines);
  return (row, cells) => {
    if (digest(rowKey(cells, keyColumns)) === keys.get(row)) return true;
    const asRead = linesAsRead.get(row);
    // The batch gives this row its id. So compare all other cells of the row.
    const line = asRead && lineNow(asRead, columnThen);
    return (
      line !== undefined && likeness(line, lineOf(cells), { ...keyColumns, id: undefined }) > 0
    );
  };
}

/** Finds images of the row that was meant which are too high: Google skipped a hidden row above. */
function movedImages(
  { cells }: Intent,
  images: Images,
  keyColumns: RowKeyColumns,
): (row: number) => readonly number[] {
  const keys = new Map(cells.map(([row, , key]) => [row, key]));
  const byKey = Map.groupBy(images.keys(), (row) =>
    digest(rowKey(images.get(row) ?? [], keyColumns)),
  );
  return (row) => {
    const key = keys.get(row) ?? '';
    return key === '' ? [] : (byKey.get(key) ?? []).filter((at) => at < row);
  };
}
