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

function tabTitled(tabs: Tabs, title: string): Tabs[number] {
  const found = tabs.find((tab) => tab.title === title);
  if (found !== undefined) return found;
  const alike = closest(
    title,
    visibleTabs(tabs).map((tab) => tab.title),
  );
  const advice = alike === undefined ? '' : ` Did you mean "${alike}"?`;
  throw noTab(
    tabs,
    `The spreadsheet has no tab "${shortened(title)}".${advice} Rename the tab back, or choose another.`,
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
  throw noTab(tabs, `The spreadsheet has no tab with the ID ${sheetId}; it may have been deleted.`);
}

function noTab(tabs: Tabs, what: string): SheetError {
  const titles = visibleTabs(tabs).map(({ title }) => `"${shortened(title)}"`);
  return new SheetError('no_tab', `${what} The spreadsheet has: ${listed(titles)}.`);
}
