import type { Header } from '../../material/index.ts';
import type { Cells, CellValue, HiddenRows } from '../../google/sheets/index.ts';
import type { Journal } from './journal.ts';
import { allKnown, type KnownHidden } from './label.ts';
import type { PlannedCell, Unplaced } from './plan.ts';

/** Where the catalog is in its spreadsheet. It changes only when people add, rename or remove tabs. */
export interface Location {
  readonly tab: string;
  readonly sheetId: number;
  /** The journal's title, also after a person renamed it; null: there is no journal. */
  readonly journalTab: string | null;
  /** Numbers of the batches whose named ranges the next batch deletes. */
  readonly fence: readonly number[];
}

/**
 * The effect of a batch on a cell, by the cell's before-image:
 *
 * - `applied`: header, key and old value were as planned.
 * - `edited`: a person changed the cell between the read and the write, to `found`. A rollback restores
 *   that; it is a conflict.
 * - `misplaced`: the row or the column had moved. A rollback restores the cell; the write is tried again.
 * - `unknown`: there is no before-image to trust, or another batch has landed since. The sheet as it is
 *   now must decide.
 */
export type Verdict =
  | { readonly kind: 'applied' | 'misplaced' | 'unknown' }
  | { readonly kind: 'edited'; readonly found: CellValue };

/** The batch that landed last, by any writer, reconciled with the sheet. */
export interface LastBatch {
  readonly id: string;
  /** Verdicts on its cells and its new rows, in their order. */
  readonly cells: readonly Verdict[];
  readonly rows: readonly Verdict[];
  /** For its cells: false if Google did not keep the value, as in a cell that a merge covers. */
  readonly kept: readonly boolean[];
  /** For its new rows: columns that are empty although the batch wrote a text there. */
  readonly emptied: ReadonlyArray<readonly number[]>;
  /** Cells that the next batch restores. Every writer does that before it writes anything else. */
  readonly rollback: readonly PlannedCell[];
  /** Row number and digests of each row in `rollback`. */
  readonly lines: ReadonlyArray<readonly [number, readonly string[]]>;
  /** Overwritten texts that no row can get back. A writer records them before it writes. */
  readonly unplaced: readonly Unplaced[];
  /** How many rollbacks in a row there were, this batch among them. */
  readonly rollbacks: number;
}

/** What one read, or the answer of one batch, shows of the sheet. The next batch is planned on it. */
export interface SheetState {
  readonly location: Location;
  readonly grid: { readonly rows: number; readonly columns: number };
  /** Null: no batch was ever written here, or a person removed the tab. */
  readonly journal: Journal | null;
  /** Null: no batch was written, it wrote another tab, or the journal is not believed. */
  readonly last: LastBatch | null;
  /** The header's row and texts; `[]` for an empty tab. */
  readonly titles: { readonly row: number; readonly texts: readonly string[] };
}

/** The catalog and its journal as one read shows them. */
export interface Snapshot extends SheetState {
  /** Every row from the top, trailing empty cells and rows left out. */
  readonly rows: readonly Cells[];
  /** Null: the tab is empty. */
  readonly header: Header | null;
}

/** The state right after a batch, from the batch's own answer. It has only the rows that the answer shows. */
export interface Aftermath extends SheetState {
  /** The header, the rows that the batch wrote and the new rows, by their row now. */
  readonly rows: ReadonlyMap<number, Cells>;
  /** Of these, the rows that are hidden. */
  readonly hiddenRows: HiddenRows;
}

/** The number of the last batch that landed here; 0 before the first. */
export function lastBatchNumber({ journal, location }: SheetState): number {
  return Math.max(0, journal?.label?.number ?? 0, ...location.fence);
}

/** The read with what an answer has shown since: the next batch's label keeps it. */
export function withLearnt(snapshot: Snapshot, learnt: KnownHidden): Snapshot {
  const { journal } = snapshot;
  const label = journal?.label;
  if (journal === null || label == null) return snapshot;
  const hidden = allKnown(label.hidden, learnt);
  return { ...snapshot, journal: { ...journal, label: { ...label, hidden } } };
}
