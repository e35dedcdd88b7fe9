import * as z from 'zod/v4-mini';
import { GoogleError } from '../http/googleError.ts';
import type { Route } from '../http/route.ts';
import { quoteTitle } from '../sheets/model/a1.ts';
import { tabByTitle, type Spreadsheet } from '../sheets/model/spreadsheet.ts';
import { resolveRange } from '../sheets/model/range.ts';
import { renderRange } from '../sheets/display/render.ts';
import { unknownsOf, unknownsSchema } from '../sheets/model/unknowns.ts';
import { newTabSchema } from '../store/saved.ts';
import type { Store } from '../store/store.ts';
import { control, parseControl } from '../http/control.ts';
import { editRoutes } from './edits.ts';
import { protectRoutes } from './protect.ts';
import { versionRoutes } from './versions.ts';

const creationSchema = z.strictObject({
  title: z.string(),
  tabs: z.array(newTabSchema).check(z.minLength(1)),
  shared: z._default(z.boolean(), true),
  unknowns: z.optional(unknownsSchema),
});

const editSchema = z.strictObject({ tab: z.string(), a1: z.string(), value: z.string() });

/** Spreadsheets made for tests, and what people do to one between our reading and our writing. */
export function spreadsheetRoutes(store: Store, root: () => string): Route[] {
  const urlOf = (spreadsheetId: string) => `${root()}/sheet/${spreadsheetId}`;
  const existing = (id: string | undefined): Spreadsheet => {
    const spreadsheet = store.get(id ?? '');
    if (!spreadsheet) throw new GoogleError(404, `There is no spreadsheet ${id ?? ''}.`);
    return spreadsheet;
  };
  const find = (id: string | undefined, title: string) => {
    const spreadsheet = existing(id);
    return { spreadsheet, tab: tabOf(spreadsheet, title) };
  };
  const one = '/stand-in/spreadsheets/(?<id>[^/]+)';
  return [
    control('POST', /^\/stand-in\/spreadsheets$/, ({ text }) => {
      const { title, tabs, shared, unknowns } = parseControl(creationSchema, text);
      const { spreadsheetId } = store.create(title, tabs, shared, unknowns);
      return { status: 201, body: { spreadsheetId, url: urlOf(spreadsheetId) } };
    }),
    control('GET', /^\/stand-in\/spreadsheets$/, () => ({
      body: {
        spreadsheets: store.list().map(({ spreadsheetId, title, version }) => ({
          spreadsheetId,
          title,
          version,
          url: urlOf(spreadsheetId),
        })),
      },
    })),
    control('GET', new RegExp(`^${one}$`), ({ params }) => ({
      body: dump(existing(params['id']), urlOf),
    })),
    control('POST', new RegExp(`^${one}/edit$`), ({ params, text }) => {
      const spreadsheet = existing(params['id']);
      const { tab, a1, value } = parseControl(editSchema, text);
      const range = `${quoteTitle(tabOf(spreadsheet, tab).title)}!${a1}`;
      const data = [{ range, majorDimension: 'ROWS' as const, values: [[value]] }];
      store.writeValues(spreadsheet.spreadsheetId, { valueInputOption: 'USER_ENTERED', data });
      return { body: {} };
    }),
    control('GET', new RegExp(`^${one}/unknowns$`), ({ params }) => ({
      body: unknownsOf(existing(params['id'])),
    })),
    control('POST', new RegExp(`^${one}/unknowns$`), ({ params, text }) => {
      const { spreadsheetId } = existing(params['id']);
      store.setUnknowns(spreadsheetId, parseControl(unknownsSchema, text));
      return { body: unknownsOf(existing(spreadsheetId)) };
    }),
    ...versionRoutes(store, one, existing),
    ...editRoutes(store, one, find, existing),
    ...protectRoutes(store, one, find),
  ];
}

function tabOf(spreadsheet: Spreadsheet, title: string) {
  const tab = tabByTitle(spreadsheet, title);
  if (tab) return tab;
  const titles = spreadsheet.tabs.map((t) => t.title).join(', ');
  throw new GoogleError(404, `"${spreadsheet.title}" has no tab "${title}"; it has: ${titles}.`);
}

/** All of a spreadsheet: each tab's values as people see them, and as they were entered. */
function dump(spreadsheet: Spreadsheet, urlOf: (id: string) => string): object {
  const { spreadsheetId, title, version, modifiedTime, shared, namedRanges } = spreadsheet;
  const tabs = spreadsheet.tabs.map((tab) => {
    const all = resolveRange(spreadsheet, quoteTitle(tab.title), 'read');
    const { sheetId, title: tabTitle, hidden, rowCount, columnCount } = tab;
    const values = renderRange(spreadsheet, all, 'FORMATTED_VALUE', 'FORMATTED_STRING');
    const entered = renderRange(spreadsheet, all, 'FORMULA', 'SERIAL_NUMBER');
    return { sheetId, title: tabTitle, hidden, rowCount, columnCount, values, entered };
  });
  const url = urlOf(spreadsheetId);
  return { spreadsheetId, title, version, modifiedTime, shared, url, tabs, namedRanges };
}
