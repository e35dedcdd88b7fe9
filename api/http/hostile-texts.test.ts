import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod/v4';
import { startGoogle, type GoogleStandIn } from '../../google-standin/index.ts';
import { routesOf } from '../app.ts';
import { createLogger } from '../log.ts';
import type { Portal } from '../portal.ts';
import {
  SERVICE_KEY,
  sendSigned,
  someMaterial,
  someResult,
  startHarness,
  type Answer,
  type Harness,
} from '../../test/harness/portal.ts';

let google: GoogleStandIn;
let harness: Harness;
let token: string;
beforeAll(async () => {
  const [clientId, clientSecret] = ['client.apps.example', 'secret'];
  const redirectUris = ['https://materi.example/masuk'];
  google = await startGoogle({ clients: [{ clientId, clientSecret, redirectUris }] });
  harness = await startHarness({
    google: { rootUrl: google.url, codeSignIn: { clientSecret, redirectUris } },
  });
  ({ token } = await harness.person('admin'));
});
afterAll(async () => {
  await harness.stop();
  await google.close();
});

/** Texts that PostgreSQL cannot store, that slow careless code down, or that name what every object has. */
const UNSTORABLE = { NUL: 'a\0b', 'a high surrogate': 'a\ud800b', 'a low surrogate': '\udc00' };
const HOSTILE: Record<string, string> = {
  ...UNSTORABLE,
  'blanks alone': ' '.repeat(50_000),
  'blanks between letters': `x${' '.repeat(49_998)}x`,
  'a long text': 'x'.repeat(1_000_000),
  'the name __proto__': '__proto__',
  'the name constructor': 'constructor',
};

interface Position {
  readonly route: string;
  readonly at: string;
  readonly send: (text: string) => Promise<Answer>;
  /** Whether an unstorable text is answered 422 with this path. */
  readonly path?: string;
}

const ask = (method: string, path: string, more: object = {}) =>
  harness.request(method, path, { token, ...more });
const asService = (method: string, path: string, body?: unknown) =>
  harness.request(method, path, { token: SERVICE_KEY, ...(body === undefined ? {} : { body }) });
const inUrl = (text: string) => encodeURIComponent(text.toWellFormed()).slice(0, 8_000);

/** Puts a text at one place of a body, by its path. */
function withText(body: unknown, [name, ...rest]: readonly string[], text: string): unknown {
  if (name === undefined) return text;
  if (Array.isArray(body)) {
    const items: readonly unknown[] = body;
    return items.map((item, at) => (String(at) === name ? withText(item, rest, text) : item));
  }
  const record = { ...(body as Record<string, unknown>) };
  return { ...record, [name]: withText(record[name], rest, text) };
}

const inBody = (
  route: string,
  body: unknown,
  paths: readonly string[],
  send: (body: unknown) => Promise<Answer>,
  prefix: string | null = '',
): Position[] =>
  paths.map((path) => ({
    route,
    at: path,
    send: (text) => send(withText(body, path.split('.'), text)),
    ...(prefix === null ? {} : { path: prefix + path }),
  }));

const inQuery = (route: string, path: string, names: readonly string[]): Position[] =>
  names.map((name) => ({
    route,
    at: `?${name}`,
    send: (text) => ask('GET', `${path}?${name}=${inUrl(text)}`),
  }));

const ID = uuidv7();
const TEXTS = ['subject', 'title', 'description', 'type', 'level', 'theme', 'subtheme', 'url'];
const MATERIAL = {
  ...someMaterial(),
  theme: '',
  subtheme: '',
  url: '',
  metadata: { Catatan: 'x' },
};
const CLAIM = { jobId: ID, attempt: 1, executionId: 'e' };
const ERROR = { code: 'workflow_error', message: 'x', retryable: false };

async function replace(body: unknown): Promise<Answer> {
  const { material } = await harness.add(token, { metadata: { Catatan: 'x' } });
  return ask('PUT', `/api/materials/${material.id}`, { body, headers: { 'If-Match': '"1"' } });
}

/** Completes a job that is claimed, for only then its result is read. */
async function complete(result: unknown): Promise<Answer> {
  const { job } = await harness.add(token);
  const claim = { jobId: job.id, attempt: 1, executionId: `e ${job.id}` };
  await harness.callback('job.started', claim);
  return harness.callback('job.completed', { ...claim, result });
}

/** The same with a job that generates. */
async function completeGenerated(result: unknown): Promise<Answer> {
  const { material } = await harness.add(token);
  const executionId = `e ${material.id}`;
  const opened = await ask('POST', '/api/jobs', {
    body: {
      kind: 'generate',
      materialId: material.id,
      options: { content: 'quiz' },
      executionId,
    },
  });
  const { id: jobId } = z.object({ id: z.string() }).parse(opened.body);
  return harness.callback('job.completed', { jobId, attempt: 1, executionId, result });
}

const POSITIONS: readonly Position[] = [
  // A token is opaque: a malformed one is refused like any wrong token, not as a text.
  ...inBody(
    'POST /auth/google',
    { idToken: 'x', nonce: 'x' },
    ['idToken', 'nonce'],
    (body) => harness.request('POST', '/api/auth/google', { body }),
    null,
  ),
  ...inBody(
    'POST /auth/google',
    {
      code: 'x',
      codeVerifier: 'v'.repeat(43),
      redirectUri: 'https://materi.example/masuk',
      nonce: 'x',
    },
    ['code', 'codeVerifier', 'redirectUri', 'nonce'],
    (body) => harness.request('POST', '/api/auth/google', { body }),
    null,
  ),
  {
    route: 'POST /auth/risc',
    at: 'the body',
    send: (raw) => harness.request('POST', '/api/auth/risc', { raw }),
  },
  ...inBody(
    'POST /invites',
    { email: 'guru@contoh.sch.id', role: 'teacher' },
    ['email', 'role'],
    (body) => ask('POST', '/api/invites', { body }),
  ),
  ...inQuery('GET /invites', '/api/invites', ['limit', 'cursor']),
  {
    route: 'DELETE /invites/:id',
    at: 'id',
    send: (text) => ask('DELETE', `/api/invites/${inUrl(text)}`),
  },
  ...inBody(
    'POST /auth/refresh',
    {},
    ['refreshToken'],
    (body) => harness.request('POST', '/api/auth/refresh', { body }),
    null,
  ),
  {
    route: 'GET /problems/:type',
    at: 'type',
    send: (text) => ask('GET', `/problems/${inUrl(text)}`),
  },
  ...inQuery('GET /materials', '/api/materials', ['limit', 'cursor', 'include', 'x']),
  ...inBody('POST /materials', MATERIAL, [...TEXTS, 'metadata.Catatan'], (body) =>
    ask('POST', '/api/materials', { body }),
  ),
  // A wrong item is a failed result of a batch that is answered 200.
  ...inBody(
    'POST /materials/batch',
    {
      matchBy: ['title', 'subject'],
      execution: 'n8n:1',
      items: [
        { operation: 'create', material: MATERIAL },
        { operation: 'createOrUpdate', id: ID, ifMatch: '"1"', material: MATERIAL },
        { operation: 'createOrUpdate', material: MATERIAL },
      ],
    },
    [
      ...[
        'matchBy.0',
        'execution',
        'items.0',
        'items.0.operation',
        'items.0.material',
        'items.1.id',
      ],
      ...['items.1.ifMatch', 'items.2.material.title', 'items.2.material.subject'],
      ...TEXTS.map((field) => `items.0.material.${field}`),
      'items.0.material.metadata.Catatan',
    ],
    (body) => ask('POST', '/api/materials/batch', { body }),
    null,
  ),
  {
    route: 'POST /materials',
    at: 'a name of metadata',
    send: (text) =>
      ask('POST', '/api/materials', {
        raw: JSON.stringify(MATERIAL).replace('"Catatan"', JSON.stringify(text)),
      }),
  },
  {
    route: 'POST /materials',
    at: 'a name of the body',
    send: (text) =>
      ask('POST', '/api/materials', {
        raw: JSON.stringify(MATERIAL).replace('"theme"', JSON.stringify(text)),
      }),
  },
  {
    route: 'GET /materials/:id',
    at: 'id',
    send: (text) => ask('GET', `/api/materials/${inUrl(text)}`),
  },
  ...inBody('PUT /materials/:id', MATERIAL, [...TEXTS, 'metadata.Catatan'], replace),
  ...['archive', 'restore'].map((verb) => ({
    route: `POST /materials/:id/${verb}`,
    at: 'id',
    send: (text: string) => ask('POST', `/api/materials/${inUrl(text)}/${verb}`),
  })),
  ...['archive', 'restore'].map((verb) => ({
    route: `POST /materials/:id/${verb}`,
    at: 'If-Match',
    send: async (text: string) => {
      const { material } = await harness.add(token);
      const headers = { 'If-Match': `"${inUrl(text)}"` };
      return ask('POST', `/api/materials/${material.id}/${verb}`, { headers });
    },
  })),
  {
    route: 'GET /materials/:id/history',
    at: 'id',
    send: (text) => ask('GET', `/api/materials/${inUrl(text)}/history`),
  },
  ...inQuery('GET /materials/:id/history', `/api/materials/${ID}/history`, ['limit', 'cursor']),
  {
    route: 'POST /materials/:id/conflicts/:field',
    at: 'field',
    send: async (text) => {
      const { material } = await harness.add(token);
      const path = `/api/materials/${material.id}/conflicts/${inUrl(text)}`;
      return ask('POST', path, { body: { keep: 'portal' } });
    },
  },
  ...inBody('POST /materials/:id/conflicts/:field', {}, ['keep'], (body) =>
    ask('POST', `/api/materials/${ID}/conflicts/title`, { body }),
  ),
  ...inQuery('GET /jobs', '/api/jobs', ['limit', 'cursor', 'status', 'kind', 'materialId']),
  {
    route: 'GET /jobs/:id',
    at: 'id',
    send: (text) => ask('GET', `/api/jobs/${inUrl(text)}`),
  },
  ...inBody(
    'POST /jobs',
    { kind: 'analyze', materialId: ID },
    [...['kind', 'materialId', 'executionId']],
    (body) => ask('POST', '/api/jobs', { body }),
  ),
  ...inBody(
    'POST /jobs',
    { kind: 'generate', options: { content: 'quiz', gap: { subject: 'x', level: 'Fase A' } } },
    ['options.content', 'options.gap.subject', 'options.gap.level'],
    (body) => ask('POST', '/api/jobs', { body }),
  ),
  ...inQuery('GET /contents', '/api/contents', [
    ...['limit', 'cursor', 'status', 'kind', 'materialId', 'subject', 'level'],
  ]),
  {
    route: 'GET /contents/:id',
    at: 'id',
    send: (text) => ask('GET', `/api/contents/${inUrl(text)}`),
  },
  ...['approve', 'reject'].map((verb) => ({
    route: `POST /contents/:id/${verb}`,
    at: 'id',
    send: (text: string) => ask('POST', `/api/contents/${inUrl(text)}/${verb}`),
  })),
  {
    route: 'GET /jobs/:id/events',
    at: 'id',
    send: (text) => ask('GET', `/api/jobs/${inUrl(text)}/events`),
  },
  {
    route: 'POST /jobs/:id/retry',
    at: 'id',
    send: (text) => ask('POST', `/api/jobs/${inUrl(text)}/retry`),
  },
  ...inBody('POST /jobs/bulk-retry', { ids: [ID] }, ['ids', 'ids.0'], (body) =>
    ask('POST', '/api/jobs/bulk-retry', { body }),
  ),
  {
    route: 'DELETE /sessions/:id',
    at: 'id',
    send: (text) => ask('DELETE', `/api/sessions/${inUrl(text)}`),
  },
  {
    route: 'POST /auth/logout',
    at: '?everywhere',
    send: (text) => ask('POST', `/api/auth/logout?everywhere=${inUrl(text)}`),
  },
  ...inQuery('GET /users', '/api/users', ['limit', 'cursor']),
  ...inQuery('GET /materials', '/api/materials', [
    ...[
      'q',
      'subject',
      'level',
      'type',
      'theme',
      'subtheme',
      'analysis',
      'sort',
      'facets',
      'archived',
    ],
  ]),
  ...inQuery('GET /audit', '/api/audit', ['limit', 'cursor']),
  ...['disable', 'enable'].map((verb) => ({
    route: `POST /users/:id/${verb}`,
    at: 'id',
    send: (text: string) => ask('POST', `/api/users/${inUrl(text)}/${verb}`),
  })),
  {
    route: 'PATCH /users/:id/role',
    at: 'id',
    send: (text) => ask('PATCH', `/api/users/${inUrl(text)}/role`, { body: { role: 'teacher' } }),
  },
  ...inBody('PATCH /users/:id/role', {}, ['role'], (body) =>
    ask('PATCH', '/api/users/1/role', { body }),
  ),
  {
    route: 'GET /docs/:file',
    at: 'file',
    send: (text) => ask('GET', `/api/docs/${inUrl(text)}`),
  },
  {
    route: 'GET /webhook/subscriptions',
    at: '?url',
    send: (text) => asService('GET', `/api/webhook/subscriptions?url=${inUrl(text)}`),
  },
  {
    route: 'DELETE /webhook/subscriptions',
    at: '?url',
    send: (text) =>
      asService('DELETE', `/api/webhook/subscriptions?url=${inUrl(`http://127.0.0.1/${text}`)}`),
  },
  ...inBody(
    'PUT /webhook/subscriptions',
    {
      eventTypes: ['job.requested'],
      kinds: ['analyze'],
      takeOver: true,
      workflow: { instanceId: 'x', id: 'x', name: 'x', nodeId: 'x' },
    },
    [
      ...['url', 'eventTypes.0', 'kinds.0'],
      ...['workflow.instanceId', 'workflow.id', 'workflow.name', 'workflow.nodeId'],
    ],
    (body) =>
      asService('PUT', '/api/webhook/subscriptions', {
        url: `${harness.receiver.url}/webhook/texts`,
        ...(body as object),
      }),
  ),
  ...inBody(
    'POST /webhook/n8n',
    CLAIM,
    ['jobId', 'executionId'],
    (data) => harness.callback('job.started', data),
    'data.',
  ),
  ...inBody(
    'POST /webhook/n8n',
    { executionId: 'e', error: ERROR },
    ['executionId', 'error.message', 'error.code'],
    (data) => harness.callback('job.failed', data),
    'data.',
  ),
  ...inBody(
    'POST /webhook/n8n',
    someResult(),
    [
      ...['id', 'field', 'quote', 'claim'].map((name) => `analysis.evidence.0.${name}`),
      ...['status', 'summary.teacher', 'summary.student'].map((name) => `analysis.${name}`),
      ...['subject', 'level'].map((name) => `analysis.classification.${name}`),
      ...['id', 'text', 'bloom', 'evidence.0'].map((name) => `analysis.objectives.0.${name}`),
      ...['dimension', 'evidence.0'].map((name) => `analysis.profile.0.${name}`),
      ...['term', 'meaning'].map((name) => `analysis.keyConcepts.0.${name}`),
      ...['misconception', 'correction'].map((name) => `analysis.misconceptions.0.${name}`),
      ...['id', 'objective', 'form', 'cognitive', 'stem', 'explanation'].map(
        (name) => `analysis.quiz.0.${name}`,
      ),
      ...['id', 'text'].map((name) => `analysis.quiz.0.options.0.${name}`),
      ...['support', 'core', 'extension'].map((name) => `analysis.differentiation.${name}`),
      ...['hazard', 'precaution'].map((name) => `analysis.safety.0.${name}`),
      'source',
      'model',
    ],
    complete,
    'data.result.',
  ),
  ...inBody(
    'POST /webhook/n8n',
    { kind: 'quiz', title: 'x', body: { questions: ['x'] } },
    ['kind', 'title', 'body.questions.0'],
    completeGenerated,
    'data.result.',
  ),
  {
    route: 'POST /webhook/n8n',
    at: 'a name of a body',
    send: (text) => completeGenerated({ kind: 'quiz', title: 'x', body: { [text]: 'x' } }),
  },
  {
    route: 'POST /webhook/n8n',
    at: 'type',
    send: (text) => harness.callback(text, CLAIM),
  },
  {
    route: 'POST /webhook/check',
    at: 'the body',
    send: (text) => sendSigned(harness.portal.url, '/api/webhook/check', text),
  },
];

/** The routes that take no text. */
const WITHOUT_TEXTS = [
  'GET /livez',
  'GET /readyz',
  'GET /metrics',
  'GET /me',
  'GET /sessions',
  'GET /catalog/columns',
  'GET /catalog/status',
  'POST /catalog/confirm-vanished',
];

describe('a text from outside', () => {
  it.each(
    Object.keys(HOSTILE).flatMap((name) =>
      POSITIONS.map((position) => [name, `${position.route}, ${position.at}`, position] as const),
    ),
  )('is answered without a fault of ours: %s in %s', async (name, _place, { send, path }) => {
    const answer = await send(HOSTILE[name] ?? '');
    expect(answer.status).toBeLessThan(500);
    if (path === undefined || !Object.hasOwn(UNSTORABLE, name)) return;
    expect(answer).toMatchObject({
      status: 422,
      body: { errors: [{ path, message: expect.stringMatching(/\w/) }] },
    });
  });

  it('tries hostile texts at every route', () => {
    const tried = new Set([...POSITIONS.map(({ route }) => route), ...WITHOUT_TEXTS]);
    const portal = { config: harness.config, db: harness.db, log: createLogger('silent') };
    const routes = Object.values(routesOf(portal as unknown as Portal))
      .flat()
      .map(({ method, path }) => `${method} ${path}`);
    expect(routes.length).toBeGreaterThan(15);
    expect(routes.filter((route) => !tried.has(route))).toEqual([]);
  });
});
