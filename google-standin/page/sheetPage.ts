import type { Spreadsheet, Tab } from '../sheets/model/spreadsheet.ts';
import { contextMenu, toolbar } from './actions.ts';
import { gridTable } from './grid.ts';
import { html, type Html } from './html.ts';

export const banner = html`<p class="banner" role="note">
  <strong>Stand-in for Google Sheets — development only</strong
  ><span lang="id">Tiruan Google Sheets — hanya untuk pengembangan</span>
</p>`;

const icon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path fill="#188038" d="M6 1h9l5 5v15a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2z" />
  <path fill="#a8dab5" d="M15 1l5 5h-5z" />
  <path
    fill="#fff"
    d="M7 10h10v9H7zm1.3 1.3v2h3v-2zm4.4 0v2h3v-2zm-4.4 3.2v2h3v-2zm4.4 0v2h3v-2z"
  />
</svg>`;

/** The head of every page of the stand-in. */
export function pageDocument(title: string, body: Html, script: Html = html``): string {
  return `<!doctype html>${
    html`<html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/stand-in/page.css" />
        ${script}
      </head>
      <body>
        ${body}
      </body>
    </html>`.text
  }`;
}

/** The page of a spreadsheet with one of its tabs open. */
export function sheetPage(spreadsheet: Spreadsheet, tab: Tab): string {
  const { spreadsheetId, title, version } = spreadsheet;
  return pageDocument(
    `${title} – Stand-in for Google Sheets`,
    html`<div
      class="app"
      data-spreadsheet="${spreadsheetId}"
      data-version="${version}"
      data-tab="${tab.title}"
      data-sheet="${tab.sheetId}"
    >
      ${banner}
      <header>
        ${icon}
        <div>
          <h1>${title}</h1>
          <p class="status">
            <span class="live" aria-hidden="true"></span
            ><span id="status" role="status">${savedText(spreadsheet)}</span>
          </p>
        </div>
      </header>
      ${toolbar()}
      <div class="bar">
        <output id="place">A1</output><span class="fx" aria-hidden="true">fx</span
        ><output id="content"></output>
      </div>
      <main id="grid" tabindex="0" aria-label="${tab.title}">${gridTable(spreadsheet, tab)}</main>
      <nav id="tabs" aria-label="Tabs">${tabLinks(spreadsheet, tab)}</nav>
      ${contextMenu()}
    </div>`,
    html`<script defer src="/stand-in/page.js"></script>`,
  );
}

/** When it was last changed, and how much is in the open tab. */
export function savedText({ modifiedTime, version }: Spreadsheet): string {
  const at = modifiedTime.slice(0, 19).replace('T', ' ');
  return `Version ${version} · last change ${at} UTC`;
}

export function tabLinks(spreadsheet: Spreadsheet, open: Tab): Html[] {
  return spreadsheet.tabs.map((tab) => {
    const current = tab === open ? html` aria-current="page"` : html``;
    const hidden = tab.hidden ? html` <small>hidden</small>` : html``;
    const path = `/sheet/${spreadsheet.spreadsheetId}?tab=${tab.sheetId}`;
    return html`<a href="${path}" ${current}>${tab.title}${hidden}</a>`;
  });
}
