import {
  FIELDS,
  headerNameOf,
  isCopied,
  isCovered,
  type CellChange,
  type Changes,
  type Header,
  type HiddenBy,
  type KnownHidden,
  type PlannedCell,
  type Snapshot,
  type TabShape,
} from '../../core/index.ts';
import type { CatalogProblem } from '../db/schema.ts';
import { withoutLoneTimes } from './parking.ts';

/** Why a cell cannot be written although Google takes the batch. */
export type UnwritableKind = 'hidden' | 'merged' | 'not_kept';

/** A cell that waits until its row changes, or until a pause is over. */
interface Unwritable {
  readonly kind: UnwritableKind;
  /** Of a hidden row. */
  readonly hiddenBy: readonly HiddenBy[];
  readonly row: number;
  readonly column: string;
  /** The row at the next read; null: it was not read yet. Only a change after that read counts. */
  readonly cells: string | null;
  /** In ms since the epoch. */
  readonly until: number;
  readonly pauseMs: number;
}

type Found = Pick<Unwritable, 'kind' | 'hiddenBy'>;

/** By what a change is of. */
export type Unwritables = ReadonlyMap<string, Unwritable>;

function knownOf({ journal }: Snapshot): KnownHidden {
  return journal?.label?.hidden ?? {};
}

const EVERY_WAY = ['filter', 'person'] as const;

const PAUSE_MS = { first: 60_000, most: 16 * 60_000 };
/** Rows that one batch copies only to learn whether Google copies hidden rows. */
const MOST_PROBES = 5;

/** Keeps an entry as long as its change waits and its row has not changed. */
export function stillUnwritable(
  unwritables: Unwritables,
  changes: Changes,
  snapshot: Snapshot,
): Unwritables {
  if (unwritables.size === 0) return unwritables;
  const known = knownOf(snapshot);
  const left = changes.cells.flatMap((cell) => {
    const found = unwritables.get(keyOf(cell));
    if (found === undefined) return [];
    const cells = cellsOf(snapshot, cell.row);
    if (found.cells !== null && found.cells !== cells) return [];
    if (found.kind === 'hidden' && isCopied(known, found.hiddenBy)) return [];
    return [[keyOf(cell), { ...found, cells, row: cell.row }] as const];
  });
  return new Map(left);
}

/** The changes without the cells that wait. */
export function withoutUnwritable(
  changes: Changes,
  unwritables: Unwritables,
  now: number,
): Changes {
  if (unwritables.size === 0) return changes;
  const cells = changes.cells.filter((cell) => (unwritables.get(keyOf(cell))?.until ?? 0) <= now);
  return { ...changes, cells: withoutLoneTimes(cells) };
}

/** Whether the shape of the tab is needed before these changes are written. */
export function needsShape({ cells }: Changes, snapshot: Snapshot): boolean {
  return cells.length > 0 && !isCopied(knownOf(snapshot), EVERY_WAY);
}

/**
 * Leaves out changes of cells in hidden rows and under merges. As long as it is unknown whether Google
 * copies hidden rows, the batch copies some of these rows and writes nothing there. The answer then shows
 * whether Google copied them.
 */
export function reachable(
  changes: Changes,
  shape: TabShape,
  snapshot: Snapshot,
  unwritables: Unwritables,
  now: number,
): { changes: Changes; unwritables: Unwritables } {
  const known = knownOf(snapshot);
  const found: Array<Found & { cell: CellChange }> = [];
  const cells = changes.cells.filter((cell) => {
    const column = columnOf(snapshot.header, cell.field);
    const isMerged = column !== undefined && isCovered(shape, cell.row, column);
    const hiddenBy = shape.hiddenRows.get(cell.row) ?? [];
    const isHidden = !isCopied(known, hiddenBy);
    if (isHidden || isMerged) found.push({ cell, kind: isHidden ? 'hidden' : 'merged', hiddenBy });
    return !isHidden && !isMerged;
  });
  const hidden = new Set(found.flatMap(({ cell, kind }) => (kind === 'hidden' ? [cell.row] : [])));
  const isUnknown = (row: number) =>
    shape.hiddenRows.get(row)?.some((by) => known[by] === undefined) === true;
  return {
    changes: {
      ...changes,
      cells: withoutLoneTimes(cells),
      copyOnly: [...hidden].filter(isUnknown).slice(0, MOST_PROBES),
    },
    unwritables: found.reduce(
      (all, { cell, ...one }) => withOne(all, cell, one, snapshot, now),
      unwritables,
    ),
  };
}

/** Notes cells in which Google did not keep the value. */
export function withNotKept(
  unwritables: Unwritables,
  notKept: readonly PlannedCell[],
  snapshot: Snapshot,
  now: number,
): Unwritables {
  return notKept.reduce<Unwritables>((all, { row, change }) => {
    if (change === null) return all;
    const cell = { ...change, row, value: '' };
    return withOne(all, cell, { kind: 'not_kept', hiddenBy: [] }, snapshot, now);
  }, unwritables);
}

function withOne(
  unwritables: Unwritables,
  cell: CellChange,
  found: Found,
  snapshot: Snapshot,
  now: number,
): Unwritables {
  const before = unwritables.get(keyOf(cell));
  const pauseMs =
    before === undefined ? PAUSE_MS.first : Math.min(2 * before.pauseMs, PAUSE_MS.most);
  const one: Unwritable = {
    ...found,
    row: cell.row,
    pauseMs,
    until: now + pauseMs,
    column: nameOf(snapshot.header, cell.field),
    cells: null,
  };
  return new Map([...unwritables, [keyOf(cell), one]]);
}

const ADVICE: Readonly<Record<UnwritableKind, (column: string) => string>> = {
  hidden: () =>
    'a filter or a person hides this row, so a change of the portal waits. Show the row.',
  merged: (column) =>
    `${column} is in merged cells, and Google keeps a value in the first of them alone. ` +
    'Unmerge the cells, and fill in each row.',
  not_kept: (column) =>
    `Google does not keep the portal’s value in ${column}. Perhaps the cell is merged, or a ` +
    'formula in another cell fills it. Unmerge or empty the cell.',
};

/** One problem for each row and kind. */
export function unwritableProblems(unwritables: Unwritables): CatalogProblem[] {
  const first = new Map<string, Unwritable>();
  for (const one of unwritables.values()) {
    const key = `${one.row} ${one.kind}`;
    if (!first.has(key)) first.set(key, one);
  }
  return [...first.values()].map(({ kind, row, column }) => ({
    rowNumber: row + 1,
    kind,
    message: `Row ${row + 1}: ${ADVICE[kind](column)}`,
  }));
}

/**
 * Names a change. Each cycle makes a new id for a row without one. So a change of an id is named by its
 * row.
 */
function keyOf({ materialId, field, row }: Pick<CellChange, 'materialId' | 'field' | 'row'>) {
  return field === 'id' ? `row ${row}` : `${materialId} ${field}`;
}

/** The row without UPDATED_AT, which each write changes. */
function cellsOf({ rows, header }: Snapshot, row: number): string {
  const updatedAt = header?.columns.updatedAt;
  return JSON.stringify((rows[row] ?? []).filter((_, column) => column !== updatedAt));
}

function columnOf(header: Header | null, field: string): number | undefined {
  const known = FIELDS.find((name) => name === field);
  if (known !== undefined) return header?.columns[known];
  return header?.metadata.find(({ name }) => field === `metadata.${name}`)?.column;
}

function nameOf(header: Header | null, field: string): string {
  const known = FIELDS.find((name) => name === field);
  return known === undefined ? field.replace(/^metadata\./, '') : headerNameOf(known, header);
}
