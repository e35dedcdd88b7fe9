import type { Header } from '../material/index.ts';
import type { Carbon } from './carbon.ts';
import type { CellValue } from './cell.ts';

/** Where the catalog stands in its spreadsheet; it changes only when people add or remove tabs. */
export interface Location {
  readonly tab: string;
  readonly sheetId: number;
  readonly hasCarbon: boolean;
  /** Numbers of the batches whose named ranges the next batch takes away. */
  readonly standing: readonly number[];
}

/** The catalog and its carbon copy as one read found them. */
export interface Snapshot {
  readonly location: Location;
  readonly grid: { readonly rows: number; readonly columns: number };
  /** Every row from the top, trailing empty cells and rows left out. */
  readonly rows: ReadonlyArray<readonly CellValue[]>;
  /** Null: the tab is empty. */
  readonly header: Header | null;
  /** Null: no batch was ever written here, or the tab was removed. */
  readonly carbon: Carbon | null;
}

/** The number of the last batch that landed here; 0 before the first. */
export function lastBatchNumber({ carbon, location }: Snapshot): number {
  return Math.max(0, carbon?.label?.number ?? 0, ...location.standing);
}
