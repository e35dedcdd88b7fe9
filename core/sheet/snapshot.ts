import { matchHeader, type Header } from '../material/index.ts';
import { batchNumbers, CARBON_SHEET_ID, CARBON_TAB, parseLabel, type Carbon } from './carbon.ts';
import { gridSize, tabRange, type CellValue } from './cell.ts';
import { SheetError, type SheetTransport, type ValueRange } from './transport.ts';

/** Where the catalog stands in its spreadsheet; it changes only when people add or remove tabs. */
export interface Location {
  readonly tab: string;
  readonly sheetId: number;
  readonly hasCarbon: boolean;
  /** Numbers of the batches whose named ranges stand there. */
  readonly batches: readonly number[];
}

/** The catalog and its carbon copy as one read found them. */
export interface Snapshot {
  readonly location: Location;
  /** Numbers of the batches whose named ranges the next batch takes away. */
  readonly standing: readonly number[];
  readonly grid: { readonly rows: number; readonly columns: number };
  /** Every row from the top, trailing empty cells and rows left out. */
  readonly rows: ReadonlyArray<readonly CellValue[]>;
  /** Null: the tab is empty. */
  readonly header: Header | null;
  /** Null: no batch was ever written here, or the tab was removed. */
  readonly carbon: Carbon | null;
}

/** Finds the header in a tab's rows, as matchHeader does. */
export type FindHeader = (rows: ReadonlyArray<readonly CellValue[]>, tab: string) => Header;

/**
 * Finds the catalog's tab.
 *
 * @throws SheetError `no_tab` if the spreadsheet has no such tab; it names those it has
 */
export async function locate(transport: SheetTransport, tab: string): Promise<Location> {
  const { tabs, namedRangeIds } = await transport.describe();
  const found = tabs.find(({ title }) => title === tab);
  if (found === undefined) {
    const titles = tabs
      .filter(({ title }) => title !== CARBON_TAB)
      .map(({ title }) => `"${title}"`);
    throw new SheetError(
      'no_tab',
      `The spreadsheet has no tab "${tab}" (it has: ${titles.join(', ')}). ` +
        'Rename the tab back, or set GOOGLE_SHEETS_TAB.',
    );
  }
  return {
    tab,
    sheetId: found.sheetId,
    hasCarbon: tabs.some(({ sheetId }) => sheetId === CARBON_SHEET_ID),
    batches: batchNumbers(namedRangeIds),
  };
}

/**
 * Reads the catalog and the carbon copy at one moment, in one request.
 *
 * @param isFresh the location was made just before: its named ranges are believed. Otherwise the
 *   label is, for other writers may have been there since.
 * @param findHeader what takes a sheet that is still to be prepared is less strict
 * @throws HeaderError if a column cannot be found
 * @throws SheetError as the transport does; `refused` where a tab of the location is gone
 */
export async function readSnapshot(
  transport: SheetTransport,
  location: Location,
  isFresh: boolean,
  findHeader: FindHeader = matchHeader,
): Promise<Snapshot> {
  const ranges = [tabRange(location.tab), ...(location.hasCarbon ? [tabRange(CARBON_TAB)] : [])];
  const [catalog, carbon] = await transport.read(ranges);
  if (catalog === undefined) throw new SheetError('unknown', 'The reply holds no range.');
  const copy = carbon === undefined ? null : readCarbon(carbon);
  const isEmpty = catalog.values.every((cells) => cells.every((cell) => cell === ''));
  return {
    location,
    standing: isFresh || copy?.label == null ? location.batches : [copy.label.number],
    grid: gridSize(catalog.range),
    rows: catalog.values,
    header: isEmpty ? null : findHeader(catalog.values, location.tab),
    carbon: copy,
  };
}

function readCarbon({ range, values }: ValueRange): Carbon {
  const grid = gridSize(range);
  const labelColumn = grid.columns - 1;
  return {
    grid,
    label: parseLabel(values[0]?.[labelColumn]),
    rows: values.map((cells, row) => (row === 0 ? cells.slice(0, labelColumn) : cells)),
  };
}

/** The number of the last batch that landed here; 0 before the first. */
export function lastBatchNumber({ carbon, standing }: Snapshot): number {
  return Math.max(0, carbon?.label?.number ?? 0, ...standing);
}
