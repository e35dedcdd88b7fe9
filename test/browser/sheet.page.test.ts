import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startGoogle, type GoogleStandIn } from '../../local/google/index.ts';
import { inBrowser, openBrowser } from './chromium.ts';

let google: GoogleStandIn;
let browser: Browser | undefined;

beforeAll(async () => {
  [google, browser] = await Promise.all([startGoogle(), openBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await google.close();
});

/** The page of a new sheet with these rows, and what the sheet then really holds. */
async function open(rows: string[][]): Promise<{ page: Page; held: () => Promise<unknown> }> {
  if (browser === undefined) throw new Error('There is no browser.');
  const made = await fetch(`${google.url}/stand-in/spreadsheets`, {
    method: 'POST',
    body: JSON.stringify({ title: 'Sekolah', tabs: [{ title: 'Katalog', values: rows }] }),
  });
  const { spreadsheetId, url } = (await made.json()) as { spreadsheetId: string; url: string };
  const page = await browser.newPage();
  await page.goto(url);
  const held = async () => {
    const answer = await fetch(`${google.url}/stand-in/spreadsheets/${spreadsheetId}`);
    const { tabs } = (await answer.json()) as { tabs: { entered: unknown[][] }[] };
    return tabs[0]?.entered;
  };
  return { page, held };
}

const cell = (page: Page, row: number, column: number) =>
  page.locator(`td[data-r="${row}"][data-c="${column}"]`);

describe('the sheet’s page in a browser', () => {
  inBrowser(
    'changes a cell that a person double-clicks, types into and leaves with Enter',
    async () => {
      const { page, held } = await open([['JUDUL'], ['Pecahan']]);
      await cell(page, 1, 0).dblclick();
      await page.keyboard.press('Control+A');
      await page.keyboard.type('Pecahan senilai');
      await Promise.all([
        page.waitForResponse((response) => response.url().endsWith('/edit')),
        page.keyboard.press('Enter'),
      ]);
      expect(await held()).toEqual([['JUDUL'], ['Pecahan senilai']]);
    },
  );

  inBrowser('changes nothing when the person thinks better of it and presses Escape', async () => {
    const { page, held } = await open([['JUDUL'], ['Pecahan']]);
    await cell(page, 1, 0).dblclick();
    await page.keyboard.type('x');
    await page.keyboard.press('Escape');
    expect(await cell(page, 1, 0).textContent()).toBe('Pecahan');
    expect(await held()).toEqual([['JUDUL'], ['Pecahan']]);
  });

  inBrowser('shows what others write without being loaded again, and runs none of it', async () => {
    const { page } = await open([['JUDUL']]);
    const spoken: string[] = [];
    page.on('dialog', (dialog) => {
      spoken.push(dialog.message());
      void dialog.dismiss();
    });
    const hostile = '<img src=x onerror=alert(1)>';
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await fetch(`${google.url}/stand-in/spreadsheets/${id}/edit`, {
      method: 'POST',
      body: JSON.stringify({ tab: 'Katalog', a1: 'A2', value: hostile }),
    });
    await cell(page, 1, 0).getByText(hostile).waitFor();
    expect(spoken).toEqual([]);
  });
});
