import { existsSync } from 'node:fs';
import { it } from '@jest/globals';
import { chromium, type Browser } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const executablePath = process.env['CHROMIUM'] ?? PLACES.find((path) => existsSync(path));

/** Why a browser's tests are left out here; null where they run. On CI nothing is left out. */
const reason =
  executablePath === undefined && process.env['CI'] === undefined
    ? 'no Chromium found (set CHROMIUM to its path, or install the package chromium)'
    : null;
if (reason !== null) console.warn(`The tests in a browser are left out: ${reason}.`);

/** `it`, where there is a browser. */
export const inBrowser = reason === null ? it : it.skip;

/** Starts Chromium without a window, quiet on the network. @throws Error where there is none */
export async function openBrowser(): Promise<Browser | undefined> {
  if (reason !== null) return undefined;
  return chromium.launch({
    executablePath: executablePath ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
