import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { documentOf } from '../app.ts';
import { issueAccessToken } from '../auth/accessToken.ts';
import { createLogger } from '../log.ts';
import type { Portal } from '../portal.ts';
import { readDocument } from '../../test/fuzz/document.ts';
import {
  createdSchema,
  SERVICE_KEY,
  someMaterial,
  startHarness,
  type Harness,
} from '../../test/harness/portal.ts';

const ID = '01a20614-c5a5-72ad-b22b-509a48f9aa7e';

/** Every operation of the API's own document: a new one is attacked without a line here. */
const operations = readDocument(
  documentOf({
    config: { google: {}, n8n: {} },
    log: createLogger('silent'),
  } as unknown as Portal),
).operations;
const lists = operations.filter(({ parameters }) =>
  parameters.some(({ name }) => name === 'cursor'),
);

let harness: Harness;
let person: { id: number; token: string };
beforeAll(async () => {
  harness = await startHarness();
  person = await harness.person();
});
afterAll(() => harness.stop());

const addressOf = (path: string) => path.replace('/users/{id}', '/users/1').replace(/\{\w+\}/g, ID);
const ask = (method: string, path: string, token?: string, body?: unknown) =>
  harness.request(method, addressOf(path), {
    ...(token === undefined ? {} : { token }),
    ...(body === undefined ? {} : { body }),
  });

describe.each(
  operations
    .filter(({ caller }) => caller === 'signedIn')
    .map(({ id, method, path }) => [id, method, path] as const),
)('%s', (_, method, path) => {
  it('refuses each operation without a sign-in, with a forged token, and to an ended session', async () => {
    const ended = await harness.person('admin');
    await harness.request('POST', '/api/auth/logout', { token: ended.token });
    const forged = `${person.token.slice(0, -6)}AAAAAA`;
    for (const token of [undefined, forged, SERVICE_KEY.slice(1), ended.token]) {
      const answer = await ask(method, path, token, method === 'GET' ? undefined : {});
      // A body may be refused before PostgreSQL is asked about the session.
      if (token === ended.token) expect([401, 404, 422, 428]).toContain(answer.status);
      else expect(answer.status).toBe(401);
    }
  });

  it('refuses each operation to a signed token of a person that does not exist', async () => {
    const { config } = harness;
    const token = issueAccessToken(config.jwtKey, 999_999 as never, ID as never, 600);
    const answer = await ask(method, path, token, method === 'GET' ? undefined : {});
    expect([401, 404, 422, 428]).toContain(answer.status);
  });
});

describe('a field that only the API writes', () => {
  const FIELDS = ['id', 'role', 'userId', 'createdAt', 'revision', 'status', 'isAdmin', 'analysis'];
  it.each(FIELDS)(
    'refuses a field that only the API writes in a new material: %s',
    async (name) => {
      const body = someMaterial({ [name]: 1 });
      const answer = await harness.request('POST', '/api/materials', { token: person.token, body });
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: name }] } });
    },
  );

  it.each(FIELDS)('refuses a field that only the API writes in an edit: %s', async (name) => {
    const { material } = await harness.add(person.token);
    const answer = await harness.request('PUT', `/api/materials/${material.id}`, {
      token: person.token,
      headers: { 'If-Match': '"1"' },
      body: someMaterial({ [name]: 1 }),
    });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: name }] } });
  });

  it.each([
    ['a role', 'PATCH', '/api/users/1/role', { role: 'teacher', id: 1 }],
    ['a new job', 'POST', '/api/jobs', { kind: 'analyze', materialId: ID, userId: 1 }],
    ['a refresh', 'POST', '/api/auth/refresh', { refreshToken: 'x', role: 'admin' }],
    ['a sign-in', 'POST', '/api/auth/google', { idToken: 'x', role: 'admin' }],
  ])('is refused in %s', async (_, method, path, body) => {
    const { token } = await harness.person('admin');
    expect((await harness.request(method, path, { token, body })).status).toBe(422);
  });

  it.each([
    ['__proto__', '{"__proto__":{"role":"admin","isAdmin":true}}'],
    ['constructor.prototype', '{"constructor":{"prototype":{"role":"admin","isAdmin":true}}}'],
    ['__proto__ in metadata', '{"metadata":{"__proto__":{"role":"admin","isAdmin":true}}}'],
    ['__proto__ in a list', '[{"__proto__":{"role":"admin","isAdmin":true}}]'],
  ])('does not come to every object through %s', async (_, raw) => {
    for (const { method, path, body } of operations) {
      if (body === null) continue;
      const { status } = await harness.request(method, addressOf(path), {
        token: person.token,
        raw,
      });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
    expect((await ask('GET', '/api/users', person.token)).status).toBe(403);
  });

  it.each(['__proto__[role]', 'constructor[prototype][role]', 'role', 'userId', 'isAdmin'])(
    'is not taken from a query: %s',
    async (name) => {
      const query = `?${encodeURIComponent(name)}=admin`;
      expect((await ask('GET', `/api/users${query}`, person.token)).status).toBe(403);
      expect((await ask('GET', `/api/jobs${query}`, person.token)).body).toMatchObject({
        items: expect.any(Array),
      });
    },
  );
});

describe('another person’s', () => {
  it.each([
    ['job is not read', 'GET', ''],
    ['job is not streamed', 'GET', '/events'],
    ['job is not started again', 'POST', '/retry'],
  ])('%s: it is not found', async (_, method, more) => {
    const body = someMaterial();
    const made = await harness.request('POST', '/api/materials', { token: person.token, body });
    const { job } = createdSchema.parse(made.body);
    const other = await harness.person();
    const path = `/api/jobs/${job.id}${more}`;
    expect((await ask(method, path, other.token)).status).toBe(404);
  });

  it('lists no jobs of another person, whatever the filter', async () => {
    const { material } = await harness.add(person.token);
    const other = await harness.person();
    for (const query of ['', `?materialId=${material.id}`, '?status=PROCESSING', '?userId=1']) {
      expect((await ask('GET', `/api/jobs${query}`, other.token)).body).toMatchObject({
        items: [],
      });
    }
  });

  it('does not give another person’s answer for the same Idempotency-Key', async () => {
    const headers = { 'Idempotency-Key': 'guessed' };
    const body = someMaterial();
    const send = (token: string) =>
      harness.request('POST', '/api/materials', { token, body, headers });
    const own = createdSchema.parse((await send(person.token)).body);
    const other = createdSchema.parse((await send((await harness.person()).token)).body);
    expect(other.material.id).not.toBe(own.material.id);
  });
});

describe('a cursor that was changed', () => {
  const cursorOf = (value: unknown) =>
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
  const AT = '2999-01-01T00:00:00.000Z';

  it.each<[string, string]>([
    ['SQL as its id', cursorOf([AT, "x' or '1'='1"])],
    ['SQL as its moment', cursorOf(["2999-01-01'; drop table users --", ID])],
    ['an object as its id', cursorOf([AT, { $ne: null }])],
    ['more parts', cursorOf([AT, ID, ID, ID, ID, ID])],
    ['no parts', cursorOf([])],
    ['a year that PostgreSQL does not know', cursorOf(['+275761-01-01T00:00:00.000Z', ID])],
    ['NUL', cursorOf(`["${AT}","${ID}\0"]`)],
    ['JSON that is deep', cursorOf('['.repeat(60))],
    ['the key __proto__', cursorOf('{"__proto__":[1]}')],
    ['no base64', '%%%%'],
    ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x00]).toString('base64url')],
  ])('is refused by every list with 422: %s', async (_, cursor) => {
    const { token } = await harness.person('admin');
    for (const { path } of lists) {
      const answer = await ask('GET', `${path}?cursor=${encodeURIComponent(cursor)}`, token);
      expect([path, answer.status]).toEqual([path, path.includes('{') ? expect.any(Number) : 422]);
      expect(answer.status).toBeLessThan(500);
    }
  });

  it('answers a cursor with one changed bit with a page of the same list or 422, and never with another person’s jobs', async () => {
    const own = await harness.person();
    for (let n = 0; n < 2; n += 1) await harness.add(own.token);
    const { body } = await ask('GET', '/api/jobs?limit=1', own.token);
    const { nextCursor, items } = body as { nextCursor: string; items: { id: string }[] };
    const other = await harness.person();
    const bytes = Buffer.from(nextCursor, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 3) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const path = `/api/jobs?cursor=${changed.toString('base64url')}`;
      const answer = await ask('GET', path, other.token);
      expect([200, 422]).toContain(answer.status);
      expect(JSON.stringify(answer.body)).not.toContain(items[0]?.id);
    }
  });
});

describe('SQL in a filter', () => {
  const PAYLOADS = [
    "' or '1'='1",
    "'; drop table materials; --",
    "x' union select email, null from users --",
    "\\'; select pg_sleep(30) --",
    '$1',
    '$$||(select version())||$$',
    '%',
    '_',
    '\\',
    "E'\\x27'",
    '"; --',
    'a\u02bc or 1=1',
  ];
  it.each(PAYLOADS)(
    'finds nothing more and breaks nothing with SQL in a filter: %s',
    async (text) => {
      const { token } = await harness.person('admin');
      await harness.add(token);
      for (const { path, parameters } of lists) {
        for (const { name } of parameters.filter((one) => one.in === 'query' && one.name !== 'q')) {
          const answer = await ask('GET', `${path}?${name}=${encodeURIComponent(text)}`, token);
          expect(answer.status).toBeLessThan(500);
          if (answer.status === 200) expect(answer.body).toMatchObject({ items: [] });
        }
      }
      expect((await ask('GET', '/api/materials?limit=1', token)).body).toMatchObject({
        items: [expect.anything()],
      });
    },
  );

  it.each(PAYLOADS)('breaks nothing with SQL in a search: %s', async (text) => {
    for (const sort of ['newest', 'relevance']) {
      const path = `/api/materials?facets=true&sort=${sort}&q=${encodeURIComponent(text)}`;
      expect((await ask('GET', path, person.token)).status).toBeLessThan(500);
    }
  });

  it.each(["1' or '1'='1", '1 or 1=1', '1;drop table users', '1%00', "'", '1/**/or/**/1=1'])(
    'as an id is not found: %s',
    async (id) => {
      const { token } = await harness.person('admin');
      for (const { method, path, caller } of operations) {
        if (!path.includes('{') || caller !== 'signedIn') continue;
        const address = path.replace(/\{\w+\}/g, encodeURIComponent(id));
        const answer = await harness.request(method, address, {
          token,
          headers: { 'If-Match': '"1"' },
          ...(method === 'GET' ? {} : { body: {} }),
        });
        expect([404, 403]).toContain(answer.status);
      }
    },
  );
});
