import type { NamedRange, Spreadsheet, Tab } from './model.ts';

/** A tab's properties as Google answers them: false and 0 are left out, the sheet's id never is. */
export function tabProperties(tab: Tab, index: number): object {
  return {
    sheetId: tab.sheetId,
    title: tab.title,
    index,
    sheetType: 'GRID',
    gridProperties: {
      rowCount: tab.rowCount,
      columnCount: tab.columnCount,
      ...(tab.frozenRowCount > 0 ? { frozenRowCount: tab.frozenRowCount } : {}),
    },
    ...(tab.hidden ? { hidden: true } : {}),
  };
}

/** In a named range's range Google leaves out the sheet's id when it is 0 (gspread's record). */
export function namedRangeResource({ namedRangeId, name, range }: NamedRange): object {
  const { sheetId = 0, ...indexes } = range ?? {};
  return { namedRangeId, name, range: { ...(sheetId === 0 ? {} : { sheetId }), ...indexes } };
}

/** `spreadsheets.get` without grid data. */
export function spreadsheetResource(spreadsheet: Spreadsheet, url: string) {
  const listed = spreadsheet.namedRanges.filter((named) => named.range !== null);
  return {
    spreadsheetId: spreadsheet.spreadsheetId,
    properties: {
      title: spreadsheet.title,
      locale: 'en_US',
      autoRecalc: 'ON_CHANGE',
      timeZone: 'Asia/Jakarta',
    },
    sheets: spreadsheet.tabs.map((tab, index) => ({ properties: tabProperties(tab, index) })),
    ...(listed.length > 0 ? { namedRanges: listed.map(namedRangeResource) } : {}),
    spreadsheetUrl: url,
  };
}
