import { materialId } from '../material/index.ts';
import { cellText, type CellValue } from './cell.ts';
import { rowDigest } from './digest.ts';
import { NOTHING_TO_MEND, type Mending, type PlannedCell } from './planned.ts';
import { rowKey } from './rows.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * What the next batch puts back. While a mistaken batch must itself be undone, what it was to put
 * back waits: its rows cannot be told before they are whole again.
 *
 * @param misplaced what puts the last batch's mistakes right
 * @param unfinished what it was to put back and has not, in the order in which it must be
 */
export function mending(
  misplaced: readonly PlannedCell[],
  unfinished: ReadonlyArray<readonly PlannedCell[]>,
  snapshot: Snapshot,
): Mending {
  if (misplaced.length > 0) return { undo: misplaced, later: unfinished };
  for (const [index, stage] of unfinished.entries()) {
    const undo = stillStanding(stage, snapshot);
    if (undo.length > 0) return { undo, later: unfinished.slice(index + 1) };
  }
  return NOTHING_TO_MEND;
}

/**
 * Of cells that were to be put back, those that still show what should not be there: the column
 * found by its header, the row by all that it showed, a material's id among those cells, or its key.
 * A mistake can make keys alike, so each row goes to the place that shows all, or else most of it, and
 * of equals to where it was.
 */
function stillStanding(cells: readonly PlannedCell[], snapshot: Snapshot): PlannedCell[] {
  const { header, rows } = snapshot;
  if (header === null) return [];
  const headers = (rows[header.row] ?? []).map(cellText);
  // A row at the end that a mistake has emptied is not among those read.
  const all = new Set([...rows.keys(), ...cells.map(({ row }) => row)]);
  const byKey = Map.groupBy(all, (at) => rowKey(rows[at] ?? [], header.columns));
  const byId = rowsWithIds(cells, rows);
  const byContent = Map.groupBy(all, (at) => rowDigest(rows[at] ?? []));
  const finds = [...Map.groupBy(cells, ({ row }) => row)].flatMap(([row, ofRow]) => {
    const standing = ofRow.flatMap((cell) => {
      const column =
        headers[cell.column] === cell.header ? cell.column : headers.indexOf(cell.header);
      return column < 0 ? [] : [{ ...cell, column }];
    });
    const id = ofRow.find(({ expected }) => byId.has(expected))?.expected ?? '';
    const same = byContent.get(ofRow[0]?.content ?? '') ?? [];
    const places = new Set([...same, ...(byId.get(id) ?? byKey.get(ofRow[0]?.key ?? '') ?? [])]);
    return [...places].flatMap((at) => {
      const found = standing.filter(
        ({ column, expected }) => (rows[at]?.[column] ?? '') === expected,
      );
      return found.length === 0 ? [] : [{ row, at, found, isSame: same.includes(at) }];
    });
  });
  finds.sort(
    (a, b) =>
      Number(b.isSame) - Number(a.isSame) ||
      b.found.length - a.found.length ||
      Math.abs(a.at - a.row) - Math.abs(b.at - b.row),
  );
  const placed = new Set<number>();
  const taken = new Set<number>();
  return finds.flatMap(({ row, at, found }) => {
    if (placed.has(row) || taken.has(at)) return [];
    placed.add(row);
    taken.add(at);
    const key = rowKey(rows[at] ?? [], header.columns);
    return found.map((cell) => ({ ...cell, row: at, key }));
  });
}

/** The rows in which each of the ids stands that are to be taken away; none where it has gone. */
function rowsWithIds(
  cells: readonly PlannedCell[],
  rows: Snapshot['rows'],
): ReadonlyMap<CellValue, readonly number[]> {
  const found = new Map<CellValue, number[]>();
  for (const { expected } of cells) {
    if (materialId.safeParse(expected).success) found.set(expected, []);
  }
  for (const [at, line] of found.size === 0 ? [] : rows.entries()) {
    for (const cell of line) found.get(cell)?.push(at);
  }
  return found;
}
