import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HEADER, startHarness, TAB, typed, type Harness } from '../harness/direct.ts';
import { runNode } from '../harness/nodes/engine/run.ts';
import { FROM_N8N, TO_N8N } from '../harness/nodes/portal/testPortal.ts';

/** Each of these faults lasts: a node that tried again would outlast the test's time limit. */
let harness: Harness;
beforeAll(async () => {
  harness = await startHarness([HEADER, typed('Daun')]);
});
afterAll(() => harness.stop());

async function errorOf(credential: Record<string, string>) {
  const { client_email: email, private_key: privateKey } = harness.google.serviceAccount;
  const parameters = {
    connectTo: 'sheet',
    authentication: 'serviceAccount',
    resource: 'material',
    operation: 'getMany',
    filters: {},
    spreadsheet: { __rl: true, mode: 'id', value: harness.spreadsheetId },
    tab: { __rl: true, mode: 'name', value: TAB },
  };
  const { error } = await runNode('materiCatalog', parameters, [{}], {
    credentials: {
      materiGoogleServiceAccountApi: {
        email,
        privateKey,
        rootUrl: harness.google.url,
        accessToken: '',
        ...credential,
      },
    },
  });
  return error;
}

async function readSheet(credential: Record<string, string>) {
  return (await errorOf(credential))?.message;
}

const encryptedKey = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' },
}).privateKey;

describe('a node that reads a sheet fails at once, with advice, when', () => {
  it.each([
    ['the private key is no key', { privateKey: 'not a key' }, 'cannot be read. Paste private_key'],
    ['the private key is encrypted', { privateKey: encryptedKey }, 'protected by a passphrase'],
    ['the e-mail address is wrong', { email: 'x@y.iam.gserviceaccount.com' }, 'token service'],
    ['the address is not valid', { rootUrl: 'google' }, 'write it as https://name'],
  ])('%s', async (_, credential, said) => {
    expect(await readSheet(credential)).toContain(said);
  });

  it('the message says what to do, without other advice', async () => {
    expect((await errorOf({ privateKey: 'not a key' }))?.description ?? '').toBe('');
  });

  it('https is used for an address of http', async () => {
    const rootUrl = harness.google.url.replace('http:', 'https:');
    expect(await readSheet({ rootUrl })).toContain('is it http:// instead of https://?');
  });
});

describe('a node that calls the portal fails at once, with advice, when', () => {
  const start = async (baseUrl: string) => {
    const jobId = '01936f00-0000-7000-8000-000000000000';
    const credential = { baseUrl, apiKey: 'k', secretToN8n: TO_N8N, secretFromN8n: FROM_N8N };
    const parameters = { resource: 'job', operation: 'start', jobId, attempt: 1 };
    const { error } = await runNode('materiJob', parameters, [{}], {
      credentials: { materiPortalApi: credential },
    });
    return error;
  };
  const lasting = (said: string) => ({
    message: expect.stringContaining(said),
    context: { failure: { retryable: false } },
  });

  it.each([
    ['the address has blanks', 'portal sekolah', 'write it as https://name'],
    ['the address has no scheme', 'portal.sekolah.sch.id', 'write it as https://name'],
    ['the scheme is unknown', 'ftp://portal.sekolah.sch.id', 'must begin with https:// or http://'],
  ])('%s', async (_, baseUrl, said) => {
    expect(await start(baseUrl)).toMatchObject(lasting(said));
  });

  it('https is used for an address of http', async () => {
    const server = createServer((_request, response) => response.end());
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    expect(await start(`https://127.0.0.1:${port}`)).toMatchObject(
      lasting('is it http:// instead of https://?'),
    );
    server.close();
  });
});
