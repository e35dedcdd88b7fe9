import { HeaderError, matchHeader, remainsOfHeader, type Header } from '../material/index.ts';
import { batchNumbers, CARBON_SHEET_ID, CARBON_TAB, carbonOf, type Carbon } from './carbon.ts';
import { gridSize, isFormula, readableCell, tabRange, type CellValue } from './cell.ts';
import { lastBatch } from './confirm.ts';
import type { Location, Snapshot } from './snapshot.ts';
import { tabTitled } from './tab.ts';
import { SheetError, type SheetTransport, type ValueRange } from './transport.ts';

/** Finds the header in a tab's rows, as matchHeader does. */
export type FindHeader = (rows: ReadonlyArray<readonly CellValue[]>, tab: string) => Header;

/**
 * Finds the catalog's tab.
 *
 * @throws SheetError `no_tab` if the spreadsheet has no such tab; it names those it has
 */
export async function locate(transport: SheetTransport, tab: string): Promise<Location> {
  const { tabs, namedRangeIds } = await transport.describe();
  const found = tabTitled(tabs, tab);
  return {
    tab,
    sheetId: found.sheetId,
    hasCarbon: tabs.some(({ sheetId }) => sheetId === CARBON_SHEET_ID),
    standing: batchNumbers(namedRangeIds),
  };
}

/**
 * Reads the catalog and the carbon copy at one moment, in one request; in two where something that
 * begins with "=" is to be put back.
 *
 * @param findHeader what takes a sheet that is still to be prepared is less strict
 * @throws HeaderError if a column cannot be found
 * @throws SheetError as the transport does; `refused` where a tab of the location is gone
 */
export async function readSnapshot(
  transport: SheetTransport,
  location: Location,
  findHeader: FindHeader = matchHeader,
): Promise<Snapshot> {
  const { catalog, carbon } = await readTabs(transport, location.tab, location.hasCarbon);
  return withTexts(transport, snapshotOf(location, catalog, carbon, findHeader));
}

/**
 * The same where nothing is known but the tab's title: the carbon copy's label tells the rest. That
 * it still holds, the next batch makes sure of (see batchRequests).
 *
 * @returns null if the label tells nothing of this tab
 */
export async function readByLabel(
  transport: SheetTransport,
  tab: string,
): Promise<Snapshot | null> {
  const { catalog, carbon } = await readTabs(transport, tab, true);
  const label = carbon?.label ?? null;
  if (label?.tab !== tab) return null;
  const location = { tab, sheetId: label.sheetId, hasCarbon: true, standing: [label.number] };
  return withTexts(transport, snapshotOf(location, catalog, carbon, matchHeader));
}

/** The catalog alone, for who writes nothing. */
export async function readCatalog(
  transport: SheetTransport,
  tab: string,
): Promise<Pick<Snapshot, 'header' | 'rows'>> {
  const { catalog } = await readTabs(transport, tab, false);
  return { rows: catalog.values, header: headerOf(catalog, tab, matchHeader) };
}

interface Tabs {
  readonly catalog: ValueRange;
  readonly carbon: Carbon | null;
}

async function readTabs(transport: SheetTransport, tab: string, both: boolean): Promise<Tabs> {
  const ranges = [tabRange(tab), ...(both ? [tabRange(CARBON_TAB)] : [])];
  const [catalog, carbon] = await readRanges(transport, ranges);
  if (catalog === undefined) throw new SheetError('unknown', 'The reply holds no range.');
  return {
    catalog,
    carbon: carbon === undefined ? null : carbonOf(gridSize(carbon.range), carbon.values),
  };
}

async function readRanges(
  transport: SheetTransport,
  ...asked: Parameters<SheetTransport['read']>
): Promise<ValueRange[]> {
  const ranges = await transport.read(...asked);
  return ranges.map(({ range, values }) => ({
    range,
    values: values.map((cells) => cells.map(readableCell)),
  }));
}

function snapshotOf(
  location: Location,
  catalog: ValueRange,
  carbon: Carbon | null,
  findHeader: FindHeader,
): Snapshot {
  const shown = { location, grid: gridSize(catalog.range), rows: catalog.values, carbon };
  try {
    return { ...shown, header: headerOf(catalog, location.tab, findHeader) };
  } catch (error) {
    if (!(error instanceof HeaderError)) throw error;
    // The last batch may have hit the header itself: then nobody but who puts that back can go on.
    const damaged = { ...shown, header: remainsOfHeader(catalog.values) };
    if (lastBatch(damaged)?.mending.undo.length) return damaged;
    throw error;
  }
}

/**
 * A formula and a text that begins with "=" read alike. Where one is to be put back it has to be known
 * which, or a text would come to life: what the cell shows tells.
 */
async function withTexts(transport: SheetTransport, snapshot: Snapshot): Promise<Snapshot> {
  const { carbon } = snapshot;
  const undo = lastBatch(snapshot)?.mending.undo ?? [];
  if (carbon === null || !undo.some(({ value }) => isFormula(value))) return snapshot;
  const [shown] = await readRanges(transport, [tabRange(CARBON_TAB)], 'UNFORMATTED_VALUE');
  const texts = carbon.rows.map((cells, row) =>
    cells.map((cell, column) => isFormula(cell) && shown?.values[row]?.[column] === cell),
  );
  return { ...snapshot, carbon: { ...carbon, texts } };
}

function headerOf({ values }: ValueRange, tab: string, find: FindHeader): Header | null {
  const isEmpty = values.every((cells) => cells.every((cell) => cell === ''));
  return isEmpty ? null : find(values, tab);
}
