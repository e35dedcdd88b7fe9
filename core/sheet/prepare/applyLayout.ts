import {
  backOff,
  cellText,
  isPassing,
  readPatiently,
  runsOf,
  setRule,
  SheetError,
  type Patience,
  type SheetRequest,
  type SheetTransport,
  type TabLayout,
} from '../../google/index.ts';
import type { Snapshot } from '../journal/index.ts';
import { layoutChange, layoutRequests, LIST_FIELDS, listedCells } from './layout.ts';

/** The Sheets calls that preparing needs beside the catalog's. */
export interface PrepareTransport extends SheetTransport {
  /** `spreadsheets.get` with LAYOUT_FIELDS and the tab as `ranges` (see parseLayout). */
  layout(tab: string): Promise<TabLayout>;
}

interface Seen {
  readonly snapshot: Snapshot;
  readonly layout: TabLayout;
}

/**
 * Freezes the header and adds drop-downs. The batch changes no cell, so the journal does not show
 * where it landed. Instead the layout is read again. If people moved columns in between, a drop-down
 * is in a wrong column or in the header: it is removed there.
 *
 * @param read reads the prepared sheet
 */
export async function applyLayout(
  { host, transport, tab }: { host: Patience; transport: PrepareTransport; tab: string },
  read: () => Promise<Snapshot>,
): Promise<void> {
  const look = async (): Promise<Seen> => ({
    snapshot: await readPatiently(host, read),
    layout: await readPatiently(host, () => transport.layout(tab)),
  });
  let seen = await look();
  const older = listsElsewhere(seen);
  for (let tries = 0; ; tries += 1) {
    const requests = requestsFor(seen, older);
    if (requests.length === 0) return;
    if (tries >= host.attempts) {
      throw new SheetError(
        'unknown',
        `The header of "${tab}" was frozen and drop-downs were added, but Google does not show them. ` +
          'Look at the sheet, and run this again.',
      );
    }
    try {
      await transport.write(requests, []);
    } catch (error) {
      if (!(error instanceof SheetError)) throw error;
      if (error.kind !== 'refused' && !isPassing(error)) throw error;
      if (!(await backOff(host, tries))) {
        throw new SheetError(
          error.kind,
          `Columns and ids of "${tab}" are there, but Google did not freeze the header and add the ` +
            `drop-downs: ${error.message}`,
          { cause: error },
        );
      }
    }
    seen = await look();
  }
}

/** @param older headers of columns that had one of our lists before the first write */
function requestsFor({ snapshot, layout }: Seen, older: ReadonlySet<string>): SheetRequest[] {
  const { header, location } = snapshot;
  if (header === null) return [];
  const strays = [...listedCells(layout)].flatMap(([column, cells]) => {
    const isRight = cells.some(({ list }) => header.columns[list] === column);
    if (!isRight && older.has(headerText(snapshot, column))) return [];
    const rows = cells.map(({ row }) => row).filter((row) => !isRight || row <= header.row);
    return runsOf(rows).map((run) => setRule(location.sheetId, column, run));
  });
  const change = layoutChange(snapshot, layout, header);
  return [...strays, ...layoutRequests(change, location.sheetId)];
}

/** Headers of other columns that have one of our lists already: a person put it there. */
function listsElsewhere({ snapshot, layout }: Seen): ReadonlySet<string> {
  const { header } = snapshot;
  const columns = [...listedCells(layout).keys()];
  const own = new Set(LIST_FIELDS.map((field) => header?.columns[field]));
  const others = columns.filter((column) => !own.has(column));
  return new Set(others.map((column) => headerText(snapshot, column)));
}

function headerText({ header, rows }: Snapshot, column: number): string {
  return cellText(rows[header?.row ?? 0]?.[column]);
}
