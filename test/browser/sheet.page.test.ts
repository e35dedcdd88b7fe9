import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startGoogle, type GoogleStandIn } from '../../google-standin/index.ts';
import { inBrowser, openBrowser } from '../harness/browser/chromium.ts';

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

  const rows = [
    ['JUDUL', 'FASE'],
    ['Pecahan', 'B'],
    ['Aljabar', 'D'],
  ];
  const done = async (page: Page, path: string, action: () => Promise<unknown>) => {
    await Promise.all([
      page.waitForResponse((response) => response.url().endsWith(`/${path}`)),
      action(),
    ]);
  };
  const press = (page: Page, name: string, path: string) =>
    done(page, path, () => page.getByRole('toolbar').getByRole('button', { name }).click());

  inBrowser('sorts the rows below the header by the selected column', async () => {
    const { page, held } = await open(rows);
    await cell(page, 2, 0).click();
    await press(page, 'Sort A→Z', 'sort');
    expect(await held()).toEqual([rows[0], rows[2], rows[1]]);
    await cell(page, 1, 0).getByText('Aljabar').waitFor();
    await press(page, 'Sort Z→A', 'sort');
    expect(await held()).toEqual(rows);
  });

  inBrowser('inserts, copies and deletes the selected row', async () => {
    const { page, held } = await open(rows);
    await cell(page, 1, 1).click();
    await press(page, 'Copy row', 'rows');
    await cell(page, 2, 0).getByText('Pecahan').waitFor();
    expect(await held()).toEqual([rows[0], rows[1], rows[1], rows[2]]);
    await press(page, 'Insert row above', 'rows');
    expect(await held()).toEqual([rows[0], rows[1], [], rows[1], rows[2]]);
    await cell(page, 4, 0).getByText('Aljabar').waitFor();
    await cell(page, 1, 0).click();
    await press(page, 'Delete row', 'rows');
    expect(await held()).toEqual([rows[0], [], rows[1], rows[2]]);
  });

  inBrowser('moves a column from the menu of a right click', async () => {
    const { page, held } = await open(rows);
    await cell(page, 1, 1).click({ button: 'right' });
    await done(page, 'columns', () =>
      page.getByRole('menuitem', { name: 'Move column left' }).click(),
    );
    expect(await held()).toEqual(rows.map(([title, level]) => [level, title]));
    await cell(page, 1, 0).getByText('B').waitFor();
    expect(await page.locator('#place').textContent()).toBe('A2');
  });

  inBrowser('closes the menu with Escape and changes nothing', async () => {
    const { page, held } = await open(rows);
    await cell(page, 1, 1).click({ button: 'right' });
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'hidden' });
    expect(await held()).toEqual(rows);
  });
});
