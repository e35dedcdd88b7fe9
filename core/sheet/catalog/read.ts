import {
  HeaderError,
  matchHeader,
  readable,
  remainsOfHeader,
  type Header,
} from '../../material/index.ts';
import {
  cellText,
  gridSize,
  SheetError,
  tabRange,
  type Cells,
  type CellValue,
  type SheetTransport,
  type ValueRange,
} from '../../google/sheets/index.ts';
import {
  journalOf,
  type Journal,
  type LastBatch,
  type Location,
  type Snapshot,
} from '../journal/index.ts';
import { reconcileRead, type Seen } from '../recovery/index.ts';

/** Finds the header in a tab's rows, as matchHeader does. */
export type FindHeader = (rows: readonly Cells[], tab: string) => Header;

/**
 * Reads the catalog and the journal at one moment, in one request.
 *
 * @param findHeader preparing a sheet is less strict than matchHeader
 * @throws HeaderError if a column cannot be found
 * @throws SheetError as the transport does; `refused` where a tab of the location is gone
 */
export async function readSnapshot(
  transport: SheetTransport,
  location: Location,
  findHeader: FindHeader = matchHeader,
): Promise<Snapshot> {
  const { catalog, journal } = await readTabs(transport, location.tab, location.journalTab);
  return snapshotOf(location, catalog, journal, findHeader);
}

/**
 * Reads a catalog of which only the tab's title is known. The journal's label gives the rest. Whether
 * the label is still true, the next batch's fence finds out.
 *
 * @returns null if the label names another tab, or if there is none
 */
export async function readByLabel(
  transport: SheetTransport,
  tab: string,
  journalTab: string,
): Promise<Snapshot | null> {
  const { catalog, journal } = await readTabs(transport, tab, journalTab);
  const label = journal?.label ?? null;
  if (label?.tab !== tab) return null;
  const location = { tab, sheetId: label.sheetId, journalTab, fence: [label.number] };
  return snapshotOf(location, catalog, journal, matchHeader);
}

/** Reads the catalog without the journal. For callers that write nothing. */
export async function readCatalog(
  transport: SheetTransport,
  tab: string,
): Promise<Pick<Snapshot, 'header' | 'rows'>> {
  const { catalog } = await readTabs(transport, tab, null);
  return { rows: catalog.values, header: headerOf(catalog.values, tab, matchHeader) };
}

async function readTabs(
  transport: SheetTransport,
  tab: string,
  journalTab: string | null,
): Promise<{ catalog: ValueRange; journal: Journal | null }> {
  const asked = [tabRange(tab), ...(journalTab === null ? [] : [tabRange(journalTab)])];
  const [catalog, journal] = (await transport.read(asked)).map(({ range, values }) => ({
    range,
    values: values.map(readableCells),
  }));
  if (catalog === undefined) throw new SheetError('unknown', 'Google’s answer holds no range.');
  return {
    catalog,
    journal: journal === undefined ? null : journalOf(gridSize(journal.range), journal.values),
  };
}

/**
 * Cells that PostgreSQL and JSON can keep: NUL and lone surrogates become U+FFFD. The sheet's own cells
 * do not change; materialRows reports them.
 */
export function readableCells(cells: Cells): Cells {
  return cells.map((cell) => (typeof cell === 'string' ? readable(cell) : cell));
}

function snapshotOf(
  location: Location,
  catalog: ValueRange,
  journal: Journal | null,
  findHeader: FindHeader,
): Snapshot {
  const rows = catalog.values;
  const shown = (header: Header | null): Snapshot => {
    const row = header?.row ?? 0;
    const titles = { row, texts: (rows[row] ?? []).map(cellText) };
    const seen = { rows, headerRow: row, titles: titles.texts };
    const isOwn = journal?.label?.sheetId === location.sheetId;
    const last = isOwn ? lastBatch(journal, seen) : null;
    return { location, grid: gridSize(catalog.range), rows, header, titles, journal, last };
  };
  try {
    return shown(headerOf(rows, location.tab, findHeader));
  } catch (error) {
    if (!(error instanceof HeaderError)) throw error;
    // The last batch may have hit the header itself. Then only its rollback can go on.
    const damaged = shown(remainsOfHeader(rows));
    if (damaged.last !== null && damaged.last.rollback.length > 0) return damaged;
    throw error;
  }
}

/** A tab that is no catalog any more. */
const NO_CATALOG: Seen = { rows: [], headerRow: 0, titles: [] };

/**
 * Reconciles the last batch with the tab that it wrote. Where that is no catalog any more, nothing can be
 * restored, and what the batch overwrote by mistake is in `unplaced`.
 */
export function lastBatch(journal: Journal | null, seen = NO_CATALOG): LastBatch | null {
  if (journal?.label == null || journal.intent === null) return null;
  return reconcileRead(journal.label.id, journal.intent, journal.images, seen);
}

function headerOf(rows: readonly Cells[], tab: string, find: FindHeader): Header | null {
  const isEmpty = rows.every((cells) => cells.every((cell: CellValue) => cell === ''));
  return isEmpty ? null : find(rows, tab);
}
