import { closest, listed, shortened } from '../../material/index.ts';
import {
  SheetError,
  type SheetTransport,
  type SpreadsheetDescription,
} from '../../google/sheets/index.ts';
import { batchNumbers, JOURNAL_SHEET_ID, type Location } from '../journal/index.ts';

type Tabs = SpreadsheetDescription['tabs'];

/** All tabs but the hidden journal. */
export function visibleTabs(tabs: Tabs): Tabs {
  return tabs.filter(({ sheetId }) => sheetId !== JOURNAL_SHEET_ID);
}

/**
 * Finds the catalog's tab, and the journal by its id: a person may have renamed it.
 *
 * @throws SheetError `no_tab` if the spreadsheet has no such tab; the message lists its tabs
 */
export async function locate(transport: SheetTransport, tab: string): Promise<Location> {
  const { tabs, namedRangeIds } = await transport.describe();
  return {
    tab,
    sheetId: tabTitled(tabs, tab).sheetId,
    journalTab: tabs.find(({ sheetId }) => sheetId === JOURNAL_SHEET_ID)?.title ?? null,
    fence: batchNumbers(namedRangeIds),
  };
}

/**
 * Finds a tab by its exact title.
 *
 * @throws SheetError `no_tab`; the message lists the tabs
 */
function tabTitled(tabs: Tabs, title: string): Tabs[number] {
  const found = tabs.find((tab) => tab.title === title);
  if (found !== undefined) return found;
  const titles = visibleTabs(tabs).map((tab) => tab.title);
  const alike = closest(title, titles);
  throw new SheetError(
    'no_tab',
    `The spreadsheet has no tab "${shortened(title)}" (it has: ${quoted(titles)}).` +
      (alike === undefined ? '' : ` Did you mean "${alike}"?`) +
      ' Rename the tab back, or choose one of these.',
  );
}

/**
 * Finds a tab by its ID, which it keeps when people rename it.
 *
 * @throws SheetError `no_tab`; the message lists the tabs
 */
export function tabWithId(tabs: Tabs, sheetId: number): Tabs[number] {
  const found = tabs.find((tab) => tab.sheetId === sheetId);
  if (found !== undefined) return found;
  const titles = visibleTabs(tabs).map((tab) => tab.title);
  throw new SheetError(
    'no_tab',
    `The spreadsheet has no tab with the ID ${sheetId}; it may have been deleted ` +
      `(the spreadsheet has: ${quoted(titles)}).`,
  );
}

function quoted(titles: readonly string[]): string {
  return listed(titles.map((title) => `"${shortened(title)}"`));
}
