import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startGoogle, type GoogleStandIn } from '../../../google-standin/index.ts';
import { unknownBehaviours } from '../../../google-standin/memory.ts';
import { check, PROBES, table } from './check.ts';
import { questions } from './questions.ts';
import { openCheckedSheet } from './sheet.ts';

let google: GoogleStandIn;
beforeAll(async () => {
  google = await startGoogle();
});
afterAll(() => google.close());

const state = async () => {
  const response = await fetch(`${google.url}/stand-in/spreadsheets/${google.spreadsheetId}`);
  return (await response.json()) as { tabs: { title: string }[] };
};
const open = () => {
  const { spreadsheetId, url: rootUrl } = google;
  const serviceAccount = { ...google.serviceAccount };
  return openCheckedSheet({ serviceAccount, spreadsheetId, tab: 'x', rootUrl });
};
const run = (...args: string[]) => {
  const child = spawn(process.execPath, [resolve('api/commands/googleCheck/main.ts'), ...args], {
    env: {
      PATH: process.env['PATH'],
      GOOGLE_SERVICE_ACCOUNT_JSON: JSON.stringify(google.serviceAccount),
      GOOGLE_ROOT_URL: google.url,
    },
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return new Promise<{ code: number | null; text: string }>((done) => {
    child.on('close', (code) => done({ code, text }));
  });
};

it('tries everything on the stand-in, changes no other tab, and removes its own tabs', async () => {
  const before = await state();
  const { code, text } = await run(google.spreadsheetId);
  expect(text).not.toContain('DOES NOT');
  expect(text).toContain(`${PROBES.length} of ${PROBES.length} hold`);
  expect(code).toBe(0);
  expect((await state()).tabs).toEqual(before.tabs);
}, 60_000);

it('says which assumption is wrong, tries the others, and removes its tabs', async () => {
  const before = await state();
  const { outcomes } = await check(
    open(),
    [
      { name: 'one', run: () => Promise.resolve(['x instead of y']) },
      { name: 'two', run: () => Promise.reject(new Error('no answer')) },
      { name: 'three', run: () => Promise.resolve([]) },
    ],
    [],
  );
  expect(outcomes.map(({ holds }) => holds)).toEqual([false, false, true]);
  expect(table(outcomes)).toMatch(
    /DOES NOT {2}one\n +x instead of y\nDOES NOT {2}two\n.*no answer/,
  );
  expect(table(outcomes)).toContain('1 of 3 hold');
  expect((await state()).tabs).toEqual(before.tabs);
}, 30_000);

it('ends with code 1 without a spreadsheet, and for a spreadsheet that is not shared', async () => {
  const unnamed = await run();
  expect(unnamed.code).toBe(1);
  expect(unnamed.text).toContain('npm run google:check -- <the id');
  const unknown = await run('no-such-spreadsheet');
  expect(unknown.code).toBe(1);
  expect(unknown.text).toMatch(/not found/i);
}, 30_000);

/** The switch of the stand-in that each question is about, in the order of the questions. */
const switches = [
  'copyOfFilteredRows',
  'copyOfHiddenRows',
  'writeToFilteredRows',
  'rangeBeyondGrid',
  'writeToCoveredCell',
  'rowInsertedInFilter',
  'rowInsertedAtHiddenRow',
  'formulaReadOfSpilledCell',
  'pasteOfBlankCells',
  'namedRangeOfRemovedTab',
  'responseRangeBeyondGrid',
] as const;

it.each([0, 1, 2])(
  'finds out how each switch of the stand-in is set: choice %i',
  async (choice) => {
    const set = Object.fromEntries(
      switches.map((name) => [name, unknownBehaviours[name][choice] ?? unknownBehaviours[name][0]]),
    );
    const path = `/stand-in/spreadsheets/${google.spreadsheetId}/unknowns`;
    await fetch(google.url + path, { method: 'POST', body: JSON.stringify(set) });
    const { answers } = await check(open(), []);
    expect(answers.map(({ answer }) => answer)).toEqual(switches.map((name) => set[name]));
  },
  60_000,
);

it('tries exactly what docs/google.md lists', async () => {
  const text = await readFile(resolve('docs/google.md'), 'utf8');
  const headings = Array.from(text.matchAll(/^### (.+)$/gm), ([, name]) => name);
  const tried = [...PROBES, ...questions];
  expect(headings).toEqual(tried.map(({ name }) => name));
});
