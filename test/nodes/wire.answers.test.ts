import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ExecutionError } from 'n8n-workflow';
import { runNode } from '../harness/nodes/engine/run.ts';
import { callHook } from '../harness/nodes/engine/webhook.ts';
import { aMaterial, JOB, RESULT } from '../harness/nodes/materials.ts';
import { secret } from '../harness/nodes/portal/testPortal.ts';
import { answering, beginWire, endWire, json, type Odd } from '../harness/nodes/wire.ts';

const PORTAL = 'https://portal.sekolah.test';
const SHEETS = 'https://sheets.googleapis.com';
const GEMINI = 'https://generativelanguage.googleapis.com';
const OTHER = 'https://other.test';

const services = {
  credentials: {
    materiPortalApi: {
      baseUrl: PORTAL,
      apiKey: 'the-service-key',
      secretToN8n: secret('the secret to n8n of a test'),
      secretFromN8n: secret('the secret from n8n of a test'),
    },
    materiGeminiApi: { apiKey: 'the-gemini-key', baseUrl: GEMINI },
    materiGoogleServiceAccountApi: {
      email: 'n8n@sekolah.iam.gserviceaccount.com',
      privateKey: '',
      rootUrl: '',
      accessToken: 'the-access-token',
    },
  },
};
const ID = '01980000-0000-7000-8000-000000000001';
const material = aMaterial();

beforeEach(beginWire);
afterEach(endWire);

const HTML: Odd = {
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<h1>Masuk</h1>',
};
const redirect = (status: number, to = `${OTHER}/masuk`): Odd => ({
  status,
  headers: { location: to },
});
const cut: Odd = { headers: { 'content-type': 'application/json' }, body: '{"material":{"id' };

/** What a designer reads: the message and, below it, the advice. */
const shown = (error: ExecutionError | undefined) =>
  `${error?.message} ${error?.description ?? ''}`;

/** One node, its server and its request; the node does not wait for a better answer. */
const NODES = {
  'Materi Catalog, portal': [
    PORTAL,
    'GET',
    async () =>
      (await runNode('materiCatalog', { operation: 'get' }, [{ material }], services)).error,
  ],
  'Materi Catalog, sheet': [
    SHEETS,
    'GET',
    async () => {
      const parameters = {
        connectTo: 'sheet',
        authentication: 'serviceAccount',
        resource: 'material',
        operation: 'get',
        spreadsheet: { __rl: true, mode: 'id', value: 'sheet-1' },
        tab: { __rl: true, mode: 'name', value: 'Katalog' },
        materialId: ID,
        options: { giveUpAfter: 1 },
      };
      return (await runNode('materiCatalog', parameters, [{}], services)).error;
    },
  ],
  'Materi Gemini': [
    GEMINI,
    'POST',
    async () => {
      const parameters = { operation: 'analyze', options: { giveUpAfter: 0 } };
      return (await runNode('materiGemini', parameters, [{ material }], services)).error;
    },
  ],
  'Materi Job': [
    PORTAL,
    'POST',
    async () => {
      const parameters = { operation: 'complete', options: { giveUpAfter: 0 } };
      const item = { job: JOB, result: RESULT };
      return (await runNode('materiJob', parameters, [item], services)).error;
    },
  ],
  'Materi Trigger': [
    PORTAL,
    'PUT',
    async () =>
      await callHook('create', services).then(
        () => undefined,
        (error: unknown) => error as ExecutionError,
      ),
  ],
} as const;
const all = Object.entries(NODES).map(([name, [origin, method, run]]) => ({
  name,
  origin,
  method,
  run,
}));
/** The nodes whose patience a test can set to nothing. */
const impatient = all.filter(({ name }) => name !== 'Materi Catalog, portal');

describe.each(all)('$name', ({ origin, method, run }) => {
  it.each([301, 302, 303, 307, 308])(
    'follows no redirect with status %i, and says where it goes',
    async (status) => {
      const elsewhere = ['GET', 'POST', 'PUT'].map((one) => answering(OTHER, one, json({})));
      const sent = answering(origin, method, redirect(status));
      const error = shown(await run());
      expect(error).toContain(`answered ${status} and sends on to ${OTHER}/masuk`);
      expect(error).toContain(
        'Redirects are not followed: enter the address of the server itself.',
      );
      expect(sent).toHaveLength(1);
      expect(elsewhere.flat()).toEqual([]);
    },
  );

  it('asks once where the server sends it round in a circle', async () => {
    const sent = answering(origin, method, redirect(302, `${origin}/again`), redirect(302));
    expect(shown(await run())).toContain('sends on to');
    expect(sent).toHaveLength(1);
  });

  it('bounds the address of a redirect in its error', async () => {
    answering(origin, method, redirect(302, `${OTHER}/${'a'.repeat(4_000)}`));
    expect(shown(await run()).length).toBeLessThan(1_000);
  });

  it('does not take a web page for an answer, and says that another server may be there', async () => {
    const sent = answering(origin, method, HTML);
    const error = shown(await run());
    expect(error).toContain(`${new URL(origin).host} answered 200 with a web page.`);
    expect(error).toContain('Another server, such as a proxy, may be at this address.');
    expect(error).toMatch(/Base URL|credential is connected|Google cannot be reached/);
    expect(sent).toHaveLength(1);
  });

  it.each([403, 404])('does not take a page with status %i for a refusal', async (status) => {
    answering(origin, method, { ...HTML, status });
    const error = shown(await run());
    expect(error).toContain(`answered ${status} with a web page`);
    expect(error).not.toMatch(/no such job|no material|no spreadsheet/);
  });
});

describe.each(impatient)('$name', ({ origin, method, run }) => {
  it.each<[string, Odd, RegExp]>([
    ['an empty body', json(''), /answered 200 with (?:nothing|no JSON)/],
    ['204', { status: 204 }, /answered 204 with nothing/],
    ['cut JSON', cut, /answered 200 with no JSON/],
    ['JSON that is a text', json('selesai'), /answered 200 with no JSON/],
    [
      'another content type',
      { headers: { 'content-type': 'image/png' }, body: '\x89PNG' },
      /no JSON/,
    ],
    ['a reset connection', { code: 'ECONNRESET' }, /ECONNRESET|closed|aborted/i],
    [
      'a name that DNS does not know',
      { code: 'ENOTFOUND' },
      /incorrect host .*\((?:portal\.sekolah\.test|\w+\.googleapis\.com)\)/,
    ],
  ])('says what came in place of an answer: %s', async (_, odd, said) => {
    answering(origin, method, odd, odd, odd, odd);
    const error = shown(await run());
    expect(error).toMatch(said);
    expect(error).toMatch(/Check|Try again|may be at this address/);
    expect(error).not.toMatch(/the-service-key|the-gemini-key|the-access-token|whsec_/);
  });

  it('bounds what it shows of a huge error', async () => {
    const huge = 'x'.repeat(5_000_000);
    const body = { title: huge, detail: huge, error: { message: huge, status: 'NOT_FOUND' } };
    answering(origin, method, {
      ...json({ ...body, errors: [{ path: huge, detail: huge }] }),
      status: 422,
    });
    expect(shown(await run()).length).toBeLessThan(5_000);
  });

  it('says the status of a problem document whose parts have odd types', async () => {
    const odd = { type: 7, title: ['x'], detail: { a: 1 }, errors: { path: null }, error: 'x' };
    answering(origin, method, { ...json(odd), status: 422 });
    const error = shown(await run());
    expect(error).toContain('422');
    expect(error).not.toMatch(/\[object|undefined|null/);
  });
});

describe('Materi Catalog waits', () => {
  const get = async () =>
    await runNode('materiCatalog', { operation: 'get' }, [{ material }], services);

  it.each<[string, Odd]>([
    ['cut JSON', cut],
    ['a reset connection', { code: 'ECONNRESET' }],
    ['503 with a page', { ...HTML, status: 503 }],
    [
      '429 with Retry-After as a date',
      { status: 429, headers: { 'retry-after': new Date(Date.now() + 1_500).toUTCString() } },
    ],
    [
      '429 with Retry-After as a date of the past',
      { status: 429, headers: { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' } },
    ],
    ['429 with a Retry-After that is none', { status: 429, headers: { 'retry-after': 'nanti' } }],
  ])('and asks again after %s', async (_, odd) => {
    const sent = answering(PORTAL, 'GET', odd, json({ material, analysis: null }));
    const { items } = await get();
    expect(items[0]?.json['material']).toEqual(material);
    expect(sent).toHaveLength(2);
  });

  it('no longer than its patience for a Retry-After that is far away', async () => {
    const date = new Date(Date.now() + 86_400_000).toUTCString();
    const sent = answering(PORTAL, 'GET', { status: 429, headers: { 'retry-after': date } });
    const { error } = await get();
    expect(error?.message).toBe('The portal answered 429: it gave no reason.');
    expect(sent).toHaveLength(1);
  });
});

it('the key of a service account is not sent on when Google’s token address redirects', async () => {
  const { privateKey } = (await import('node:crypto')).generateKeyPairSync('rsa', {
    modulusLength: 2_048,
  });
  const account = {
    ...services.credentials.materiGoogleServiceAccountApi,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    accessToken: '',
  };
  const elsewhere = ['GET', 'POST'].map((one) => answering(OTHER, one, json({})));
  answering('https://oauth2.googleapis.com', 'POST', redirect(307));
  const parameters = {
    connectTo: 'sheet',
    authentication: 'serviceAccount',
    resource: 'material',
    operation: 'get',
    spreadsheet: { __rl: true, mode: 'id', value: 'sheet-1' },
    tab: { __rl: true, mode: 'name', value: 'Katalog' },
    materialId: ID,
    options: { giveUpAfter: 1 },
  };
  const { error } = await runNode('materiCatalog', parameters, [{}], {
    credentials: { ...services.credentials, materiGoogleServiceAccountApi: account },
  });
  expect(error?.message).toContain('307');
  expect(elsewhere.flat()).toEqual([]);
});
