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
  const found = tabs.find(({ title }) => title === tab);
  if (found === undefined) throw noTab(tabs, tab);
  return {
    tab,
    sheetId: found.sheetId,
    journalTab: tabs.find(({ sheetId }) => sheetId === JOURNAL_SHEET_ID)?.title ?? null,
    fence: batchNumbers(namedRangeIds),
  };
}

function noTab(tabs: Tabs, title: string): SheetError {
  const titles = visibleTabs(tabs).map((tab) => tab.title);
  const alike = closest(title, titles);
  return new SheetError(
    'no_tab',
    `The spreadsheet has no tab "${shortened(title)}" (it has: ${namesOf(tabs)}).` +
      (alike === undefined ? '' : ` Did you mean "${alike}"?`) +
      ' Rename the tab back, or choose one of these.',
  );
}

/** The titles of all tabs but the journal, for a message. */
export function namesOf(tabs: Tabs): string {
  return listed(visibleTabs(tabs).map(({ title }) => `"${shortened(title)}"`));
}
