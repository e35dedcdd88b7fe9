import { GoogleError } from '../http/googleError.ts';
import type { Answer, Route } from '../http/route.ts';
import type { Spreadsheet, Tab } from '../sheets/model/spreadsheet.ts';
import type { Store } from '../store/store.ts';
import { actionsScript } from './actionsScript.ts';
import { gridTable } from './grid.ts';
import { indexPage } from './indexPage.ts';
import { script } from './script.ts';
import { savedText, sheetPage, tabLinks } from './sheetPage.ts';
import { style } from './style.ts';

/** Cells are untrusted: nothing but the stand-in's own script and style may run on its pages. */
const policy = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** The page where a person sees a spreadsheet and edits it, and the list of what is here. */
export function pageRoutes(store: Store, byDefault: string, emails: readonly string[]): Route[] {
  const page = (path: RegExp, handle: Route['handle']): Route => ({
    verb: 'GET',
    path,
    service: 'page',
    method: 'page',
    handle,
  });
  const asset = (body: string, contentType: string): Answer => ({ body, contentType });
  const opened = (
    id: string | undefined,
    tabId: string | null,
  ): { spreadsheet: Spreadsheet; tab: Tab } => {
    const spreadsheet = store.get(id ?? byDefault);
    const tab = spreadsheet?.tabs.find((t) => String(t.sheetId) === tabId) ?? spreadsheet?.tabs[0];
    if (!spreadsheet || !tab)
      throw new GoogleError(404, `There is no spreadsheet ${id ?? byDefault}.`);
    return { spreadsheet, tab };
  };
  return [
    page(/^\/$/, () => ({ body: indexPage(store.list(), emails), headers: policy })),
    page(/^\/stand-in\/page\.css$/, () => asset(style, 'text/css')),
    page(/^\/stand-in\/page\.js$/, () => asset(script + actionsScript, 'text/javascript')),
    page(/^\/sheet(?:\/(?<id>[^/]+))?$/, ({ params, url }) => {
      const { spreadsheet, tab } = opened(params['id'] || undefined, url.searchParams.get('tab'));
      return { body: sheetPage(spreadsheet, tab), headers: policy };
    }),
    page(/^\/sheet\/(?<id>[^/]+)\/state$/, ({ params, url }) => {
      const { spreadsheet, tab } = opened(params['id'], url.searchParams.get('tab'));
      const { version } = spreadsheet;
      if (url.searchParams.get('version') === String(version)) return { body: { version } };
      const grid = gridTable(spreadsheet, tab).text;
      const tabs = tabLinks(spreadsheet, tab)
        .map(({ text }) => text)
        .join('');
      return { body: { version, grid, tabs, saved: savedText(spreadsheet) } };
    }),
  ];
}
