import { cellText, isFormula, type CellValue } from './cell.ts';
import { digest } from './digest.ts';
import type { Intent } from './intent.ts';
import type { Snapshot } from './snapshot.ts';

/** Columns of a batch's moment, and where they stand now. */
type SameColumns = ReadonlyMap<number, number>;

/** Where what a batch covered stands now: rows and columns may have moved once more since. */
export interface Whereabouts {
  /** Null if it stands nowhere any more. */
  row(row: number, before: readonly CellValue[]): number | null;
  /** The cell of a row that still shows what the batch wrote there; null if none does. */
  cell(at: number, column: number, written: string): number | null;
}

/**
 * A row is told by its id, or else by its whole content, as the batch left them, looked for first where
 * it should be; a column by its header.
 *
 * @param headerBefore the header as it was at the batch
 */
export function whereabouts(
  meant: Intent,
  headerBefore: readonly CellValue[],
  snapshot: Snapshot,
): Whereabouts {
  const { header, rows } = snapshot;
  const columns = sameColumns(headerBefore, rows[header?.row ?? 0] ?? []);
  const told = new Set(columns.values());
  const written = Map.groupBy(meant.cells, ([row]) => row);
  const [idColumn] = [...columns].find(([, now]) => now === header?.columns.id) ?? [];
  const idRows = new Map<string, number | null>();
  for (const [at, cells] of rows.entries()) {
    const id = digest(cells[header?.columns.id ?? -1]);
    // People have copied a row whose id stands twice.
    idRows.set(id, idRows.has(id) ? null : at);
  }
  const contents = rows.map((cells) => contentOf(cells, [...told]));
  const byContent = Map.groupBy(contents.keys(), (at) => contents[at]?.text ?? '');

  return {
    row(row, before) {
      const ofRow = written.get(row) ?? [];
      const [, , , , idWritten] = ofRow.find(([, column]) => column === idColumn) ?? [];
      const id = idWritten ?? digest(before[idColumn ?? -1]);
      const known = id === '' ? null : (idRows.get(id) ?? null);
      if (known !== null) return known;

      const after: Shown[] = before.map(shownIn);
      for (const [, column, , , value] of ofRow) {
        while (after.length < column) after.push('');
        after[column] = value;
      }
      const wanted = contentAs(
        [...columns.keys()].map((column) => after[column] ?? ''),
        after.filter((_, column) => !columns.has(column)),
      );
      const shifted = row >= meant.insertAt ? row + meant.rows.length : row;
      if (isAlike(contents[shifted] ?? contentOf([], [...told]), wanted)) return shifted;
      const same = byContent.get(wanted.text)?.[0];
      if (same !== undefined) return same;
      const found = contents.findIndex(
        (content) => (content.hasFormula || wanted.hasFormula) && isAlike(content, wanted),
      );
      return found < 0 ? null : found;
    },

    cell(at, column, value) {
      const known = columns.get(column);
      const cells = rows[at] ?? [];
      if (known !== undefined) return digest(cells[known]) === value ? known : null;
      // Another cell may show the same: it stands where it was written, unless the column has moved.
      if (!told.has(column) && digest(cells[column]) === value) return column;
      const found = cells.findIndex((cell, now) => !told.has(now) && digest(cell) === value);
      return found < 0 ? null : found;
    },
  };
}

/** Told by their headers; those without one of their own are not told. */
function sameColumns(before: readonly CellValue[], now: readonly CellValue[]): SameColumns {
  const titles = before.map(cellText);
  const titlesNow = now.map(cellText);
  return new Map(
    titles.flatMap((title, column) => {
      const found = titlesNow.indexOf(title);
      const isOwn = title !== '' && titles.indexOf(title) === column;
      return found < 0 || !isOwn ? [] : [[column, found] as const];
    }),
  );
}

/** A cell's digest, or that it is a formula: its references move along, so none is told from another. */
type Shown = string;
const FORMULA: Shown = '=';

function shownIn(cell: CellValue | undefined): Shown {
  return isFormula(cell) ? FORMULA : digest(cell);
}

/** What a row shows: under headers in their order, elsewhere in any order. */
interface Content {
  readonly told: readonly Shown[];
  readonly rest: readonly Shown[];
  readonly text: string;
  readonly hasFormula: boolean;
}

function contentOf(cells: readonly CellValue[], told: readonly number[]): Content {
  const isTold = new Set(told);
  return contentAs(
    told.map((column) => shownIn(cells[column])),
    cells.filter((_, column) => !isTold.has(column)).map(shownIn),
  );
}

function contentAs(told: readonly Shown[], others: readonly Shown[]): Content {
  const rest = others.filter((shown) => shown !== '').sort();
  return {
    ...{ told, rest, text: `${told.join()} ${rest.join()}` },
    hasFormula: told.includes(FORMULA),
  };
}

function isAlike(one: Content, other: Content): boolean {
  return (
    one.told.every(
      (shown, at) => [shown, FORMULA].includes(other.told[at] ?? '') || shown === FORMULA,
    ) && one.rest.join() === other.rest.join()
  );
}
