import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { inBrowser, openBrowser } from '../harness/browser/chromium.ts';
import { serveWithoutDatabase } from '../harness/withoutDatabase.ts';

let server: Server;
let url: string;
let browser: Browser | undefined;

beforeAll(async () => {
  ({ server, url } = await serveWithoutDatabase());
  browser = await openBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  server.closeAllConnections();
  server.close();
});

describe('the page of the API in a browser', () => {
  inBrowser('shows every operation, and sends no request to another server', async () => {
    if (browser === undefined) throw new Error('There is no browser.');
    const page = await browser.newPage();
    const hosts = new Set<string>();
    const errors: string[] = [];
    page.on('request', (request) => hosts.add(new URL(request.url()).origin));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.goto(`${url}/api/docs`);
    await page.getByText('/api/materials/{id}/history').waitFor();
    expect(await page.locator('.opblock').count()).toBeGreaterThan(20);
    expect([...hosts]).toEqual([url]);
    expect(errors).toEqual([]);
  });

  inBrowser('sends a request that a person tries out', async () => {
    if (browser === undefined) throw new Error('There is no browser.');
    const page = await browser.newPage();
    await page.goto(`${url}/api/docs`);
    await page.locator('#operations-portal-getLiveness .opblock-summary').click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await page.getByRole('button', { name: 'Execute' }).click();
    await page.locator('.live-responses-table').getByText('"alive"').waitFor();
  });
});
