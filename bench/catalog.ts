/**
 * `npm run bench:catalog`: Materi Catalog in direct mode beside n8n's own Google Sheets node, both in
 * n8n's engine, on the stand-in for Google without quotas: requests, parts of batches, seconds, bytes,
 * rows lost.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startGoogle } from '../google-standin/index.ts';
import { dump, makeSpreadsheet } from '../test/harness/google/controls.ts';
import { MateriGoogleServiceAccountApi } from '../credentials/MateriGoogleServiceAccountApi.credentials.ts';
import { BUILT_IN_VERSION, builtInSheets } from './catalog/builtIn.ts';
import { engine, type Contender } from './catalog/engine.ts';
import { startMeter } from './catalog/meter.ts';
import { printTable } from './table.ts';

const SIZES = [1, 50, 1_000, 10_000];
const ROWS = 1_000;
/** The built-in node sends one request an item to read by a filter: more would only take longer. */
const MOST_READ_ONE_BY_ONE = 50;
const WRITERS = 8;
const TAB = 'Katalog';
const FIRST = [{ MATERIAL_TITLE: 'Yang pertama', SUBJECT_NAME: 'IPA' }];
const HEADER = [
  ...['SUBJECT_NAME', 'MATERIAL_TITLE', 'MATERIAL_DESC', 'MATERIAL_TYPE', 'MATERIAL_LEVEL'],
  ...['MATERIAL_THEME', 'MATERIAL_SUBTHEME', 'MATERIAL_URL', 'MATERIAL_ID'],
  ...['AI_SUMMARY', 'AI_STATUS', 'AI_SOURCE', 'UPDATED_AT', 'ARCHIVED_AT'],
];

/** A run keeps the process busy for seconds, and the server may have closed an idle connection. */
async function twice<T>(call: () => Promise<T>): Promise<T> {
  return await call().catch(call);
}

async function main(): Promise<void> {
  const google = await startGoogle();
  const meter = await startMeter(google.url);
  const account = {
    email: google.serviceAccount.client_email,
    privateKey: google.serviceAccount.private_key,
    rootUrl: google.url,
  };
  const httpRequest = async ({ url, body }: { url: string; body?: unknown }) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await fetch(url, { method: 'POST', headers, body: String(body) });
    return { statusCode: answer.status, body: await answer.json() };
  };
  const { accessToken } = await new MateriGoogleServiceAccountApi().preAuthentication.call(
    { helpers: { httpRequest } },
    { ...account },
  );
  const token = typeof accessToken === 'string' ? accessToken : '';
  const run = engine(builtInSheets(process.cwd(), meter.url), {
    materiGoogleServiceAccountApi: { ...account, rootUrl: meter.url, accessToken: token },
    googleSheetsOAuth2Api: {
      grantType: 'authorizationCode',
      oauthTokenData: { access_token: token, token_type: 'Bearer' },
    },
  });

  const OURS: Contender = {
    type: 'n8n-nodes-digital-materi.materiCatalog',
    version: 1,
    credential: 'materiGoogleServiceAccountApi',
  };
  const BUILT_IN: Contender = {
    type: 'n8n-nodes-base.googleSheets',
    version: BUILT_IN_VERSION,
    credential: 'googleSheetsOAuth2Api',
  };

  type Operation = 'read' | 'create' | 'update' | 'create-or-update';

  const idOf = (n: number) => `01980000-0000-7000-8000-${String(n).padStart(12, '0')}`;

  const sheetOf = async (rows: number) => {
    const values = Array.from({ length: rows }, (_, n) => [
      ...['IPA', `Materi ${n}`, `Bacaan ke-${n} tentang daur air`, 'Artikel', 'Fase C'],
      ...['Bumi', 'Daur air', '', idOf(n), '', '', '', ''],
    ]);
    return twice(() => makeSpreadsheet(google, [{ title: TAB, values: [HEADER, ...values] }]));
  };

  const columns = (key: string, names: readonly string[]): INodeParameters => ({
    columns: {
      mappingMode: 'autoMapInputData',
      value: null,
      matchingColumns: key === '' ? [] : [key],
      schema: names.map((id) => ({ id, displayName: id, type: 'string', display: true })),
    },
  });

  function ours(operation: Operation, spreadsheetId: string): INodeParameters {
    const sheet = {
      connectTo: 'sheet',
      authentication: 'serviceAccount',
      tab: TAB,
      spreadsheet: { __rl: true, mode: 'id', value: spreadsheetId },
    };
    const names = ['MATERIAL_TITLE', 'SUBJECT_NAME', 'MATERIAL_DESC'];
    if (operation === 'read') {
      return { ...sheet, operation: 'get', materialId: '={{ $json.MATERIAL_ID }}' };
    }
    if (operation === 'create') return { ...sheet, operation, ...columns('', names) };
    return {
      ...sheet,
      ...columns('MATERIAL_TITLE', names),
      operation: operation === 'update' ? 'update' : 'createOrUpdate',
    };
  }

  function builtIn(operation: Operation, spreadsheetId: string): INodeParameters {
    const sheet = {
      resource: 'sheet',
      authentication: 'oAuth2',
      documentId: { __rl: true, mode: 'id', value: spreadsheetId },
      sheetName: { __rl: true, mode: 'name', value: TAB },
    };
    if (operation === 'read') {
      const values = [{ lookupColumn: 'MATERIAL_ID', lookupValue: '={{ $json.MATERIAL_ID }}' }];
      return { ...sheet, operation: 'read', filtersUI: { values } };
    }
    const named = { create: 'append', update: 'update', 'create-or-update': 'appendOrUpdate' };
    const key = operation === 'create' ? '' : 'MATERIAL_TITLE';
    return { ...sheet, operation: named[operation], ...columns(key, HEADER) };
  }

  /** Half of what is created or updated is there already. */
  function itemsFor(operation: Operation, count: number): IDataObject[] {
    return Array.from({ length: count }, (_, n) => {
      if (operation === 'read') return { MATERIAL_ID: idOf(n % ROWS) };
      const isNew = operation === 'create' || (operation === 'create-or-update' && n % 2 === 0);
      const text = { SUBJECT_NAME: 'IPA', MATERIAL_DESC: `Ditulis ulang ${n}` };
      return { MATERIAL_TITLE: isNew ? `Materi baru ${n}` : `Materi ${n}`, ...text };
    });
  }

  async function measure(contender: Contender, operation: Operation, count: number) {
    const spreadsheetId = await sheetOf(Math.max(ROWS, operation === 'read' ? 0 : count));
    const parameters = (contender === OURS ? ours : builtIn)(operation, spreadsheetId);
    // A sheet's very first batch makes the tab that keeps writes safe, once for ever.
    if (contender === OURS) await run(contender, ours('create', spreadsheetId), FIRST);
    meter.take();
    const start = performance.now();
    await run(contender, parameters, itemsFor(operation, count));
    const seconds = (performance.now() - start) / 1_000;
    return { ...meter.take(), seconds };
  }

  const ratio = (theirs: number, own: number) => (own === 0 ? '' : (theirs / own).toFixed(1));
  const kilobytes = (bytes: number) => (bytes / 1_000).toFixed(0);

  await measure(OURS, 'create', 1); // the engine loads what it needs on its first run
  await measure(BUILT_IN, 'create', 1);
  const rows: string[][] = [];
  for (const operation of ['read', 'create', 'update', 'create-or-update'] as const) {
    for (const count of SIZES) {
      const own = await measure(OURS, operation, count);
      const isLeftOut = operation === 'read' && count > MOST_READ_ONE_BY_ONE;
      const theirs = isLeftOut ? null : await measure(BUILT_IN, operation, count);
      const beside = (
        of: 'requests' | 'parts' | 'seconds' | 'bytes',
        show: (value: number) => string,
      ) => [
        show(own[of]),
        theirs === null ? '' : show(theirs[of]),
        theirs === null ? '' : ratio(theirs[of], own[of]),
      ];
      rows.push([
        `${operation} ${count}`,
        ...beside('requests', String),
        ...beside('parts', String),
        ...beside('seconds', (value) => value.toFixed(2)),
        ...beside('bytes', kilobytes),
      ]);
    }
  }
  printTable(
    [
      `items, ${ROWS} rows`,
      ...['requests', 'parts', 's', 'kB'].flatMap((name) => [name, 'built-in', 'ratio']),
    ],
    rows,
  );

  /** Rows missing after writers who all begin at once, each with ten new materials. */
  async function lost(contender: Contender, operation: Operation): Promise<number> {
    const spreadsheetId = await sheetOf(10);
    const parameters = (contender === OURS ? ours : builtIn)(operation, spreadsheetId);
    const titles = Array.from({ length: WRITERS }, (_, writer) =>
      Array.from({ length: 10 }, (_, n) => `Dari ${writer}, ${n}`),
    );
    await Promise.allSettled(
      titles.map((own) =>
        run(
          contender,
          parameters,
          own.map((MATERIAL_TITLE) => ({ MATERIAL_TITLE, SUBJECT_NAME: 'IPA' })),
        ),
      ),
    );
    const { tabs } = await twice(() => dump(google, spreadsheetId));
    const found = new Set(tabs.find(({ title }) => title === TAB)?.values.map((row) => row[1]));
    return titles.flat().filter((title) => !found.has(title)).length;
  }

  const losses: string[][] = [];
  for (const operation of ['create', 'create-or-update'] as const) {
    losses.push([
      operation,
      String(await lost(OURS, operation)),
      String(await lost(BUILT_IN, operation)),
    ]);
  }
  printTable(
    [`${WRITERS} writers at once, rows lost of ${WRITERS * 10}`, 'ours', 'built-in'],
    losses,
  );
  meter.close();
  await google.close();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
