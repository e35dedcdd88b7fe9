import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { Webhook } from 'standardwebhooks';
import { analysisResponseSchema, DEFAULT_MODEL, materialTextSchema } from '../../core/index.ts';
import { HEADER } from '../harness/direct.ts';
import { automatic } from '../harness/nodes/catalog.ts';
import { runNode } from '../harness/nodes/engine/run.ts';
import { callHook } from '../harness/nodes/engine/webhook.ts';
import { aJob, aMaterial, JOB, RESULT } from '../harness/nodes/materials.ts';
import { secret } from '../harness/nodes/portal/testPortal.ts';
import { answering, beginWire, endWire, json, type Sent } from '../harness/nodes/wire.ts';

const PORTAL = 'https://portal.sekolah.test';
const SHEETS = 'https://sheets.googleapis.com';
const GEMINI = 'https://generativelanguage.googleapis.com';
const [FROM_N8N, TO_N8N] = [
  secret('the secret from n8n of this test'),
  secret('the secret to n8n'),
];
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });

const credentials = {
  materiPortalApi: {
    baseUrl: `${PORTAL}/`,
    apiKey: 'the-service-key',
    secretToN8n: TO_N8N,
    secretFromN8n: FROM_N8N,
  },
  materiGeminiApi: { apiKey: 'the-gemini-key', baseUrl: GEMINI },
  materiGoogleServiceAccountApi: {
    email: 'n8n@sekolah.iam.gserviceaccount.com',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    rootUrl: '',
    accessToken: 'the-access-token',
  },
};
const services = { credentials, executionId: '4711' };

beforeEach(beginWire);
afterEach(endWire);

/** Every secret of the credentials but those that belong into the request. */
const others = (...belong: string[]) =>
  ['the-service-key', TO_N8N, FROM_N8N, 'the-gemini-key', 'the-access-token', 'PRIVATE KEY'].filter(
    (one) => !belong.includes(one),
  );
const expectNoOtherSecret = (sent: readonly Sent[], ...belong: string[]) => {
  const all = JSON.stringify(sent);
  for (const one of others(...belong)) expect(all).not.toContain(one);
};
const USER_AGENT = expect.stringMatching(/^(?:n8n|axios)/);

describe('Materi Catalog sends', () => {
  it('one GET for a material to the portal, with the service key in one header', async () => {
    const material = aMaterial();
    const sent = answering(PORTAL, 'GET', json({ material, analysis: null }));
    const { items } = await runNode(
      'materiCatalog',
      { operation: 'get' },
      [{ material }],
      services,
    );
    expect(items[0]?.json).toEqual({ material, analysis: null });
    expect(sent).toEqual([
      {
        method: 'GET',
        url: `${PORTAL}/api/materials/01980000-0000-7000-8000-000000000001`,
        headers: {
          accept: 'application/json',
          'accept-encoding': expect.any(String),
          authorization: 'Bearer the-service-key',
          connection: expect.any(String),
          host: 'portal.sekolah.test',
          'user-agent': USER_AGENT,
        },
        body: '',
      },
    ]);
    expectNoOtherSecret(sent, 'the-service-key');
  });

  it('one POST for all items to the portal, with a key of the execution', async () => {
    const failed = { index: 0, status: 'failed', problem: { status: 404, detail: 'Contoh' } };
    const sent = answering(PORTAL, 'POST', json({ results: [failed, failed] }));
    const id = '01980000-0000-7000-8000-000000000001';
    const items = [
      { id, title: 'Daun' },
      { id: id.replace(/1$/, '2'), title: 'Akar' },
    ];
    const { error } = await runNode(
      'materiCatalog',
      { operation: 'update', ...automatic() },
      items,
      services,
    );
    expect(error?.message).toContain('Contoh');
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      url: `${PORTAL}/api/materials/batch`,
      headers: {
        authorization: 'Bearer the-service-key',
        'content-type': 'application/json',
        'idempotency-key': expect.stringMatching(/^n8n-[0-9a-f]{64}$/),
      },
    });
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
      dryRun: false,
      allOrNothing: true,
      skipMissing: false,
      whole: true,
      execution: expect.stringMatching(/:4711$/),
      items: items.map(({ id: one, title }) => ({
        operation: 'update',
        id: one,
        material: { title },
      })),
    });
    expectNoOtherSecret(sent, 'the-service-key');
  });

  const onSheet = async (operation: string, parameters: INodeParameters, item: IDataObject) =>
    await runNode(
      'materiCatalog',
      {
        connectTo: 'sheet',
        authentication: 'serviceAccount',
        resource: 'material',
        operation,
        spreadsheet: { __rl: true, mode: 'id', value: 'sheet-1' },
        tab: { __rl: true, mode: 'name', value: "Kelas 'A'" },
        ...parameters,
      },
      [item],
      services,
    );
  const rows = json({
    spreadsheetId: 'sheet-1',
    valueRanges: [
      { range: "'Kelas ''A'''!A1:Z2", majorDimension: 'ROWS', values: [HEADER] },
      { range: '_materi!A1:Z1000' },
    ],
  });

  const tabs = json({ sheets: [{ properties: { sheetId: 5, title: "Kelas 'A'" } }] });

  it('only these calls to Google, before the first write to a sheet that has no journal yet', async () => {
    const read = answering(SHEETS, 'GET', rows, tabs, rows);
    const refusal = {
      error: { code: 403, message: 'Contoh penolakan', status: 'PERMISSION_DENIED' },
    };
    const written = answering(SHEETS, 'POST', { ...json(refusal), status: 403 });
    const { error } = await onSheet('create', automatic(), { MATERIAL_TITLE: 'Daun' });
    expect(error?.message).toContain('not shared with n8n@sekolah.iam.gserviceaccount.com');
    expect(error?.description).toContain('Google answered 403: Contoh penolakan');

    const calls = [...read, ...written].map(({ method, url }) => {
      const { pathname, searchParams } = new URL(url);
      return [method, pathname.replace('/v4/spreadsheets/sheet-1', ''), [...searchParams]];
    });
    const whole = ['valueRenderOption', 'FORMULA'];
    const [tab, journal] = [
      ['ranges', "'Kelas ''A'''"],
      ['ranges', "'_materi'"],
    ];
    const fields = 'sheets.properties(sheetId,title),namedRanges.namedRangeId';
    expect(calls).toEqual([
      ['GET', '/values:batchGet', [tab, journal, whole]],
      ['GET', '', [['fields', fields]]],
      ['GET', '/values:batchGet', [tab, whole]],
      ['POST', ':batchUpdate', [['fields', expect.any(String)]]],
    ]);
    for (const { headers } of [...read, ...written]) {
      expect(headers['authorization']).toBe('Bearer the-access-token');
    }
    const body = JSON.parse(written[0]?.body ?? '') as { requests: object[] };
    expect(body.requests.length).toBeGreaterThan(0);
    expectNoOtherSecret([...read, ...written], 'the-access-token');
  });
});

describe('Materi Gemini sends', () => {
  it.each([
    [{}, {}],
    [{ thinkingLevel: 'low' }, { thinkingConfig: { thinkingLevel: 'low' } }],
  ])(
    'the text, the schema and the thinking level, and no sampling parameter: %j',
    async (options, thinking) => {
      const title = 'Daun dan akar';
      const given = aMaterial(1, { title });
      const material = materialTextSchema.parse(given);
      const sent = answering(GEMINI, 'POST', { ...json({ error: { message: 'x' } }), status: 400 });
      await runNode(
        'materiGemini',
        { operation: 'analyze', options },
        [{ material: given }],
        services,
      );
      const [one] = sent;
      expect(sent).toHaveLength(1);
      expect(one?.url).toBe(`${GEMINI}/v1beta/models/${DEFAULT_MODEL}:generateContent`);
      expect(one?.headers).toEqual({
        accept: 'application/json',
        'accept-encoding': expect.any(String),
        connection: expect.any(String),
        'content-length': expect.anything(),
        'content-type': 'application/json',
        host: 'generativelanguage.googleapis.com',
        'user-agent': USER_AGENT,
        'x-goog-api-key': 'the-gemini-key',
      });
      expect(JSON.parse(one?.body ?? '')).toEqual({
        systemInstruction: { parts: [{ text: expect.any(String) }] },
        contents: [{ role: 'user', parts: [{ text: expect.stringContaining(title) }] }],
        generationConfig: {
          maxOutputTokens: expect.any(Number),
          responseMimeType: 'application/json',
          responseSchema: analysisResponseSchema(material),
          ...thinking,
        },
      });
      expect(one?.body).not.toMatch(/temperature|topP|topK/);
      expectNoOtherSecret(sent, 'the-gemini-key');
    },
  );
});

it('Materi Job sends a report whose bytes another library verifies', async () => {
  const sent = answering(PORTAL, 'POST', json({ job: {} }));
  const result = { ...RESULT, note: 'Aksara ꦗꦮ 😀 "kutip" \\ <b> \u2028' };
  await runNode('materiJob', { operation: 'complete' }, [{ job: JOB, result }], services);
  const [one] = sent;
  expect(one).toMatchObject({
    url: `${PORTAL}/api/webhook/n8n`,
    headers: {
      'content-type': 'application/json',
      'webhook-id': expect.stringMatching(/^msg_[0-9a-f]{32}$/),
    },
  });
  const body = one?.body ?? '';
  const verified = new Webhook(FROM_N8N).verify(body, { ...one?.headers });
  const data = { jobId: JOB.id, attempt: 2, executionId: '4711', result };
  expect(verified).toEqual({ type: 'job.completed', timestamp: expect.any(String), data });
  expect(body).toBe(JSON.stringify(verified));
  expectNoOtherSecret(sent, 'the-service-key');
});

it('Materi Job opens a job with one POST, with a key for repeated requests', async () => {
  const sent = answering(PORTAL, 'POST', { ...json(aJob()), status: 201 });
  await runNode(
    'materiJob',
    { operation: 'start', startFrom: 'new' },
    [{ material: aMaterial() }],
    services,
  );
  expect(sent).toEqual([
    {
      method: 'POST',
      url: `${PORTAL}/api/jobs`,
      headers: {
        accept: 'application/json',
        'accept-encoding': expect.any(String),
        authorization: 'Bearer the-service-key',
        connection: expect.any(String),
        'content-length': expect.anything(),
        'content-type': 'application/json',
        host: 'portal.sekolah.test',
        'idempotency-key': expect.stringMatching(/^n8n_[0-9a-f]{32}$/),
        'user-agent': USER_AGENT,
      },
      body: JSON.stringify({
        kind: 'analyze',
        materialId: '01980000-0000-7000-8000-000000000001',
        executionId: '4711',
      }),
    },
  ]);
  expectNoOtherSecret(sent, 'the-service-key');
});

it('Materi Trigger sends its registration, and no secret but the service key', async () => {
  const sent = answering(PORTAL, 'PUT', json({ id: 1 }));
  await callHook('create', services);
  const url = 'http://n8n.test/webhook/6d617465-7269-4000-8000-000000000001/materi';
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({
    url: `${PORTAL}/api/webhook/subscriptions`,
    headers: { authorization: 'Bearer the-service-key', 'content-type': 'application/json' },
  });
  expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
    url,
    eventTypes: ['material.created', 'material.updated', 'job.requested'],
    kinds: ['analyze'],
    test: false,
    takeOver: false,
    workflow: { instanceId: expect.any(String), id: 'w1', name: 'test', nodeId: 'trigger' },
  });
  expectNoOtherSecret(sent, 'the-service-key');
});
