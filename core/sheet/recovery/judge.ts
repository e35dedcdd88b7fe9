import { cellAt, cellText, digest, type Cells } from '../../google/sheets/index.ts';
import { lineOf, zoneRows, type Intent, type Journal, type Verdict } from '../journal/index.ts';
import { rowKey, type RowKeyColumns } from '../../material/index.ts';
import { columnsNow, keyColumnsAt, lineNow } from './columns.ts';
import { keyOf, likeness } from './likeness.ts';

/** The header at the moment of the write. */
export interface HeaderThen {
  /** Null: it is not among the rows that the batch copied, so far has it moved. */
  readonly row: number | null;
  readonly titles: readonly string[];
}

export interface Judged {
  readonly cells: readonly Verdict[];
  readonly rows: readonly Verdict[];
  readonly then: HeaderThen;
}

/**
 * Judges each cell and each new row of a batch by the before-images. A new row is `unknown` if the
 * header is not among them: it may be above the header.
 *
 * @param believed row → row of its image; without the rows whose image is missing
 * @param aroundHeader the rows round the header at the moment of the write
 */
export function judge(
  intent: Intent,
  images: Journal['images'],
  believed: ReadonlyMap<number, number>,
  aroundHeader = images,
): Judged {
  const then = headerThen(intent, aroundHeader);
  const columnThen = columnsNow(intent.header, then.titles);
  // Identify a column without a title by the titles beside it.
  const isSameColumn = (column: number) =>
    cellAt(then.titles, column) === cellAt(intent.header, column) && columnThen(column) === column;
  const imageOf = (row: number) => images.get(believed.get(row) ?? row) ?? [];
  const rows = meantRows(intent, imageOf, then, isSameColumn);

  const cells = intent.cells.map(([row, column, , expected]): Verdict => {
    if (!believed.has(row)) return { kind: 'unknown' };
    if (!isSameColumn(column) || !rows.has(row)) return { kind: 'misplaced' };
    const found = cellAt(imageOf(row), column);
    return digest(found) === expected ? { kind: 'applied' } : { kind: 'edited', found };
  });
  const isBelow = then.row !== null && then.row < intent.insertAt;
  const isRight = (texts: readonly string[]) =>
    intent.rowColumns.every((column, at) => texts[at] === '' || isSameColumn(column));
  const added = intent.rows.map(([, texts]): Verdict => {
    if (then.row === null) return { kind: 'unknown' };
    return { kind: isBelow && isRight(texts) ? 'applied' : 'misplaced' };
  });
  return { cells, rows: added, then };
}

/**
 * Finds the header among the before-images. A person may have inserted rows above it between the read
 * and the write.
 */
export function headerThen(intent: Intent, images: Journal['images']): HeaderThen {
  const { headerRow, header } = intent;
  const titled = header.filter((title) => title !== '');
  const titlesAt = (row: number) => (images.get(row) ?? []).map(cellText);
  if (titled.length === 0) return { row: headerRow, titles: titlesAt(headerRow) };
  const rows = [headerRow, ...zoneRows(intent)];
  const shared = rows.map((row) => {
    const titles = new Set(titlesAt(row));
    return titled.filter((title) => titles.has(title)).length;
  });
  const most = Math.max(...shared);
  const row = rows[shared.indexOf(most)] ?? headerRow;
  return 2 * most >= titled.length ? { row, titles: titlesAt(row) } : { row: null, titles: header };
}

/** The rows that the batch wrote to and was meant to write to. */
function meantRows(
  intent: Intent,
  imageOf: (row: number) => Cells,
  then: HeaderThen,
  isSameColumn: (column: number) => boolean,
): ReadonlySet<number> {
  const { headerRow } = intent;
  const lines = new Map(intent.lines);
  const keys = new Map(intent.cells.map(([row, , key]) => [row, key]));
  const keyColumns = keyColumnsAt(intent, then.titles);
  const columnThen = columnsNow(intent.header, then.titles);
  const isMeant = (row: number, image: Cells): boolean => {
    const line = lines.get(row);
    const key = keys.get(row);
    if (key !== '') return digest(rowKey(image, keyColumns)) === key;
    if (line !== undefined) {
      const key = keyOf(image, identifyingColumns(intent, row, keyColumns));
      return likeness(lineNow(line, columnThen), lineOf(image), key) > 0;
    }
    return row === headerRow && then.row === row && isSameHeader(intent, then, isSameColumn);
  };
  return new Set([...keys.keys()].filter((row) => isMeant(row, imageOf(row))));
}

/** The columns that identify a row. If the batch writes the id, it does not count: a person may type over it. */
function identifyingColumns(
  { cells }: Intent,
  row: number,
  keyColumns: RowKeyColumns,
): RowKeyColumns {
  const writesId = cells.some(([at, column]) => at === row && column === keyColumns.id);
  return writesId ? { ...keyColumns, id: undefined } : keyColumns;
}

/** Whether the header had the same titles, but for those that the batch wrote. */
function isSameHeader(
  { headerRow, header, cells }: Intent,
  { titles }: HeaderThen,
  isSameColumn: (column: number) => boolean,
): boolean {
  const written = new Set(cells.flatMap(([row, column]) => (row === headerRow ? [column] : [])));
  return Array.from({ length: Math.max(header.length, titles.length) }).every(
    (_, column) => written.has(column) || isSameColumn(column),
  );
}
