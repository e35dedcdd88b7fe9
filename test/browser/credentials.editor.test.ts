import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod/v4-mini';
import { inBrowser } from '../harness/browser/chromium.ts';
import { Editor } from '../harness/browser/editor.ts';

let editor: Editor;
/** A web server that is neither the portal nor Google. */
let stranger: Server;
let strangerUrl: string;

beforeAll(async () => {
  stranger = createServer((_request, response) => response.end('<h1>Sekolah</h1>'));
  await new Promise<void>((resolve) => {
    stranger.listen(0, '127.0.0.1', resolve);
  });
  strangerUrl = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
  editor = await Editor.open();
}, 60_000);
afterAll(async () => {
  stranger.close();
  await editor.close();
});

type Data = Readonly<Record<string, string>>;

const resultSchema = z.object({ status: z.enum(['OK', 'Error']), message: z.string() });

/** The answer of n8n's own test of a credential; a person sees it below the form. */
async function tested(type: string, data: Data): Promise<z.infer<typeof resultSchema>> {
  const credentials = { id: '', name: 'Uji', type, data };
  return editor.client.request(resultSchema, 'POST', '/credentials/test', { credentials });
}

const OTHER_SECRET = `whsec_${Buffer.from('a secret of somebody else').toString('base64')}`;

describe('the test of a Materi Portal credential', () => {
  const portal = (): Data => ({
    baseUrl: editor.facts.api,
    apiKey: editor.facts.serviceKey,
    secretToN8n: editor.facts.webhookSecrets.toN8n,
    secretFromN8n: editor.facts.webhookSecrets.fromN8n,
  });

  it.each([
    ['as it should be', () => ({})],
    ['with a slash at the end of its address', () => ({ baseUrl: `${editor.facts.api}/` })],
    ['with /api at the end of its address', () => ({ baseUrl: `${editor.facts.api}/api` })],
    ['with blanks around its fields', () => ({ baseUrl: ` ${editor.facts.api} ` })],
    ['without secrets', () => ({ secretToN8n: '', secretFromN8n: '' })],
  ])('passes %s', async (_, more) => {
    expect(await tested('materiPortalApi', { ...portal(), ...more() })).toMatchObject({
      status: 'OK',
    });
  });

  it('says which of several secrets the portal signs with', async () => {
    const secretToN8n = `${OTHER_SECRET} ${editor.facts.webhookSecrets.toN8n}`;
    expect(await tested('materiPortalApi', { ...portal(), secretToN8n })).toMatchObject({
      status: 'OK',
      message: expect.stringContaining('holds 2 secrets: the portal signs with number 2 now'),
    });
  });

  it.each([
    ['the key is wrong', () => ({ apiKey: 'materi_sk_wrong' }), 'does not know this API Key'],
    ['the key is empty', () => ({ apiKey: '' }), 'does not know this API Key'],
    [
      'the secret from n8n is wrong',
      () => ({ secretFromN8n: OTHER_SECRET }),
      'Secret From n8n is not one of the portal.',
    ],
    [
      'the secret to n8n is wrong',
      () => ({ secretToN8n: OTHER_SECRET }),
      'Secret To n8n is not one of the portal.',
    ],
    [
      'the secrets are swapped',
      () => ({
        secretToN8n: editor.facts.webhookSecrets.fromN8n,
        secretFromN8n: editor.facts.webhookSecrets.toN8n,
      }),
      'Secret From n8n is not one of the portal.',
    ],
    ['a secret is cut off', () => ({ secretFromN8n: 'whsec_' }), 'paste it whole'],
    ['a secret is missing', () => ({ secretToN8n: '' }), 'Secret To n8n is empty'],
    ['the address is empty', () => ({ baseUrl: '' }), 'Base URL is empty'],
    [
      'the address has no scheme',
      () => ({ baseUrl: 'portal.sekolah.sch.id' }),
      'Base URL has no https:// in front',
    ],
    [
      'the address has blanks',
      () => ({ baseUrl: 'https://portal sekolah' }),
      'not a valid address',
    ],
    [
      'the address has no server',
      () => ({ baseUrl: 'http://portal.invalid' }),
      'There is no server with the name portal.invalid',
    ],
    [
      'nothing listens there',
      () => ({ baseUrl: 'http://127.0.0.1:1' }),
      'Nothing listens at 127.0.0.1:1.',
    ],
    [
      'it is the address of n8n',
      () => ({ baseUrl: editor.facts.n8n.url }),
      'is the address of n8n. Enter the address of the portal',
    ],
    ...['/api/docs', '/api/materials'].map(
      (path) =>
        [
          `its address ends in ${path}`,
          () => ({ baseUrl: editor.facts.api + path }),
          'Base URL has something after its name and port. Write it as http://127.0.0.1:',
        ] as const,
    ),
    ['it is another server', () => ({ baseUrl: strangerUrl }), 'it is not the portal (HTTP 200)'],
    [
      'https is used for http',
      () => ({ baseUrl: editor.facts.api.replace('http:', 'https:') }),
      'is it http:// instead of https://?',
    ],
  ])('fails with what to do when %s', async (_, more, said) => {
    const { status, message } = await tested('materiPortalApi', { ...portal(), ...more() });
    expect(message).toContain(said);
    expect(status).toBe('Error');
  });
});

const createdSchema = z.object({ id: z.string() });

describe('a credential in the editor', () => {
  const portal = () => ({
    baseUrl: editor.facts.api,
    apiKey: editor.facts.serviceKey,
    secretToN8n: editor.facts.webhookSecrets.toN8n,
    secretFromN8n: editor.facts.webhookSecrets.fromN8n,
  });
  const gemini = () => ({ baseUrl: editor.facts.google?.url ?? '', apiKey: 'AIzaWrong' });
  const account = () => ({ email: 'x@y.iam.gserviceaccount.com', privateKey: 'cut off' });

  inBrowser.each([
    ['key', 'materiPortalApi', () => ({ ...portal(), apiKey: 'wrong' })],
    ['secret-from-n8n', 'materiPortalApi', () => ({ ...portal(), secretFromN8n: OTHER_SECRET })],
    ['secret-to-n8n', 'materiPortalApi', () => ({ ...portal(), secretToN8n: OTHER_SECRET })],
    ['no-server', 'materiPortalApi', () => ({ ...portal(), baseUrl: 'http://portal.invalid' })],
    ['refused', 'materiPortalApi', () => ({ ...portal(), baseUrl: 'http://127.0.0.1:1' })],
    ['n8n', 'materiPortalApi', () => ({ ...portal(), baseUrl: editor.facts.n8n.url })],
    ['no-scheme', 'materiPortalApi', () => ({ ...portal(), baseUrl: 'portal.sekolah.sch.id' })],
    ['gemini-key', 'materiGeminiApi', gemini],
    ['google-key', 'materiGoogleServiceAccountApi', account],
  ])('shows the sentence of its test below the form: %s', async (name, type, data) => {
    const label = type === 'materiGoogleServiceAccountApi' ? 'Email' : 'Base URL';
    const { message } = await tested(type, data());
    const body = { name: `Uji ${name}`, type, data: data() };
    const { id } = await editor.client.request(createdSchema, 'POST', '/credentials', body);
    await editor.page.goto(`${editor.facts.n8n.url}/home/credentials/${id}`);
    // n8n tests a credential when a changed one is saved: a blank at the end of the address.
    const dialog = editor.page.getByTestId('credential-edit-dialog');
    const field = dialog.getByTestId('credential-connection-parameter').filter({ hasText: label });
    await field.locator('input').first().press('End');
    await field.locator('input').first().press('Space');
    await editor.page.getByRole('button', { name: 'Save' }).first().click();
    await dialog.getByText('More details').first().click();
    await dialog.getByText(message).first().waitFor();
    await editor.screenshot(`credential-${name}`);
    expect(message).not.toContain(OTHER_SECRET);
  });
});

describe('the test of a Materi Gemini credential', () => {
  const GEMINI_ID = 'materiGemini0001';
  const stored = z.object({ data: z.looseObject({ baseUrl: z.string() }) });
  const rootUrl = () => editor.facts.google?.url ?? '';

  it('passes as the stack made it', async () => {
    const path = `/credentials/${GEMINI_ID}?includeData=true`;
    const { data } = await editor.client.request(stored, 'GET', path);
    expect(data.baseUrl).toBe(rootUrl());
    const credentials = { id: GEMINI_ID, name: 'Materi Gemini', type: 'materiGeminiApi', data };
    const answer = await editor.client.request(resultSchema, 'POST', '/credentials/test', {
      credentials,
    });
    expect(answer).toMatchObject({ status: 'OK' });
  });

  it.each([
    ['the key is wrong', () => ({ apiKey: 'AIzaWrong' }), 'Google does not accept the API Key'],
    ['the key is empty', () => ({ apiKey: '' }), 'API Key is empty'],
    [
      'it is another server',
      () => ({ baseUrl: strangerUrl }),
      'Gemini does not answer at Base URL',
    ],
    ['the address is empty', () => ({ baseUrl: '' }), 'Base URL is empty'],
    ['the address has no scheme', () => ({ baseUrl: 'gemini' }), 'has no https:// in front'],
    ['nothing listens there', () => ({ baseUrl: 'http://127.0.0.1:1' }), 'Nothing listens at'],
  ])('fails with what to do when %s', async (_, more, said) => {
    const data = { apiKey: 'key', baseUrl: rootUrl(), ...more() };
    const { status, message } = await tested('materiGeminiApi', data);
    expect(message).toContain(said);
    expect(status).toBe('Error');
  });
});

describe('the test of a Materi Google Service Account credential', () => {
  const privateKey = generateKeyPairSync('rsa', { modulusLength: 2_048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();

  it.each([
    ['the key is cut off', { privateKey: privateKey.slice(0, 300) }, 'cannot be read. Paste'],
    ['the key is empty', { privateKey: '' }, 'is missing. Paste private_key'],
    ['the account is unknown', {}, "Google's token service answered 400"],
    ['the e-mail address is a name', { email: 'sekolah' }, 'is not an e-mail address'],
    ['nothing listens there', { rootUrl: 'http://127.0.0.1:1' }, 'Nothing listens at'],
  ])('fails with what to do when %s', async (_, more, said) => {
    const rootUrl = editor.facts.google?.url ?? '';
    const account = { email: 'x@y.iam.gserviceaccount.com', privateKey, rootUrl };
    const data = { ...account, ...more };
    const { status, message } = await tested('materiGoogleServiceAccountApi', data);
    expect(message).toContain(said);
    expect(status).toBe('Error');
  });

  it('fails with what to do when API Base URL is the portal', async () => {
    const account = { email: 'x@y.iam.gserviceaccount.com', privateKey };
    const data = { ...account, rootUrl: editor.facts.api };
    const { message } = await tested('materiGoogleServiceAccountApi', data);
    expect(message).toContain("is not from Google's token service. Leave API Base URL");
  });
});
