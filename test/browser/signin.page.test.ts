import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startGoogle, type GoogleStandIn } from '../../google-standin/index.ts';
import { inBrowser, openBrowser } from '../harness/browser/chromium.ts';

let google: GoogleStandIn;
let browser: Browser | undefined;
/** Plays the application that a person signs in to. */
let application: Server;
let redirectUri: string;

beforeAll(async () => {
  application = createServer((_request, response) => response.end('Selamat datang'));
  await new Promise<void>((resolve) => {
    application.listen(0, '127.0.0.1', resolve);
  });
  const { port } = application.address() as AddressInfo;
  redirectUri = `http://127.0.0.1:${port}/callback`;
  [google, browser] = await Promise.all([startGoogle(), openBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await google.close();
  application.closeAllConnections();
  application.close();
});

async function signIn() {
  if (browser === undefined) throw new Error('There is no browser.');
  const page = await browser.newPage();
  const query = new URLSearchParams({
    client_id: 'digital-materi-local.apps.googleusercontent.com',
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid email profile',
    state: 's1',
  });
  await page.goto(`${google.url}/o/oauth2/v2/auth?${query.toString()}`);
  return page;
}

describe('the consent page in a browser', () => {
  inBrowser('sends a person who picks an account and allows back with a code', async () => {
    const page = await signIn();
    await page.getByText('Budi Santoso').click();
    await page.getByRole('button', { name: 'Izinkan' }).click();
    await page.getByText('Selamat datang').waitFor();
    const { searchParams } = new URL(page.url());
    expect(searchParams.get('state')).toBe('s1');
    const answer = await fetch(`${google.url}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: searchParams.get('code') ?? '',
        client_id: 'digital-materi-local.apps.googleusercontent.com',
        client_secret: 'stand-in-client-secret',
        redirect_uri: redirectUri,
      }),
    });
    const { id_token } = (await answer.json()) as { id_token: string };
    const claims = Buffer.from(id_token.split('.')[1] ?? '', 'base64url').toString();
    expect(claims).toContain('budi@sekolah.sch.id');
  });

  inBrowser('sends a person who refuses back without one', async () => {
    const page = await signIn();
    await page.getByRole('button', { name: 'Tolak' }).click();
    await page.getByText('Selamat datang').waitFor();
    expect(new URL(page.url()).searchParams.get('error')).toBe('access_denied');
  });
});
