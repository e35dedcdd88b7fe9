import type { NamedRange, ProtectedRange, Spreadsheet, Tab } from './spreadsheet.ts';
import { mayEdit } from './protection.ts';
import { gridRangeResource, shapeResource } from './shapeResources.ts';

/** A tab's properties as Google answers them: false and 0 are left out, the sheet's id never is. */
export function tabProperties(tab: Tab, index: number): object {
  const { rightToLeft, tabColor, ...grid } = tab.look ?? {};
  return {
    sheetId: tab.sheetId,
    title: tab.title,
    index,
    sheetType: 'GRID',
    gridProperties: {
      rowCount: tab.rowCount,
      columnCount: tab.columnCount,
      ...(tab.frozenRowCount > 0 ? { frozenRowCount: tab.frozenRowCount } : {}),
      ...Object.fromEntries(Object.entries(grid).filter(([, value]) => Boolean(value))),
    },
    ...(tab.hidden ? { hidden: true } : {}),
    ...(tabColor ? { tabColor, tabColorStyle: { rgbColor: tabColor } } : {}),
    ...(rightToLeft ? { rightToLeft } : {}),
  };
}

export function namedRangeResource({ namedRangeId, name, range }: NamedRange): object {
  return { namedRangeId, name, range: gridRangeResource(range ?? { sheetId: 0 }) };
}

/** A protected range as an account sees it. Its editors are shown only to accounts that may edit it. */
export function protectedRangeResource(one: ProtectedRange, account: string | undefined): object {
  const { protectedRangeId, range, description, warningOnly, editors, unprotectedRanges } = one;
  const editable = mayEdit(one, account);
  return {
    protectedRangeId,
    range: gridRangeResource(range),
    ...(description ? { description } : {}),
    ...(warningOnly ? { warningOnly } : {}),
    ...(editable ? { requestingUserCanEdit: true } : {}),
    ...(unprotectedRanges.length > 0
      ? { unprotectedRanges: unprotectedRanges.map(gridRangeResource) }
      : {}),
    ...(editable ? { editors: { users: editors } } : {}),
  };
}

/** Properties that all spreadsheets of the stand-in have. */
export const fixedProperties = {
  locale: 'en_US',
  autoRecalc: 'ON_CHANGE',
  timeZone: 'Asia/Jakarta',
} as const;

/** `spreadsheets.get` without grid data, as an account sees it. */
export function spreadsheetResource(spreadsheet: Spreadsheet, url: string, account: string) {
  const listed = spreadsheet.namedRanges.filter((named) => named.range !== null);
  return {
    spreadsheetId: spreadsheet.spreadsheetId,
    properties: {
      title: spreadsheet.title,
      ...fixedProperties,
    },
    sheets: spreadsheet.tabs.map((tab, index) => ({
      properties: tabProperties(tab, index),
      ...(tab.protectedRanges?.length
        ? { protectedRanges: tab.protectedRanges.map((p) => protectedRangeResource(p, account)) }
        : {}),
      ...shapeResource(tab),
    })),
    ...(listed.length > 0 ? { namedRanges: listed.map(namedRangeResource) } : {}),
    spreadsheetUrl: url,
  };
}
