import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { z } from 'zod/v4';
import { serveWithoutDatabase } from '../../test/harness/withoutDatabase.ts';

const parameterSchema = z.looseObject({ name: z.string(), in: z.string(), required: z.boolean() });
const operationSchema = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(parameterSchema),
  requestBody: z.unknown().optional(),
  responses: z.record(z.string(), z.looseObject({})),
});
const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

let server: Server;
let url: string;
let document: z.infer<typeof documentSchema>;

beforeAll(async () => {
  ({ server, url } = await serveWithoutDatabase());
  document = documentSchema.parse(await (await fetch(`${url}/api/openapi.json`)).json());
});
afterAll(() => {
  server.close();
});

const operations = () =>
  Object.entries(document.paths).flatMap(([path, ofPath]) =>
    Object.entries(ofPath).map(([method, operation]) => ({ path, method, ...operation })),
  );

describe('The OpenAPI document', () => {
  it('makes a valid OpenAPI 3.1 document', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document));
    expect(errors ?? []).toEqual([]);
    expect([valid, validator.version]).toEqual([true, '3.1']);
  });

  it('gives each operation another name', () => {
    const names = operations().map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  it('declares each parameter of a path', () => {
    for (const { path, parameters } of operations()) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = parameters.filter((one) => one.in === 'path' && one.required);
      expect(declared.map(({ name }) => name)).toEqual(inPath);
    }
  });

  it('declares 429 for every address under /api, and for no other', () => {
    for (const { path, responses } of operations()) {
      const isLimited = '429' in responses;
      expect([path, isLimited]).toEqual([path, path.startsWith('/api/')]);
    }
  });

  it('refers only to existing components', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)];
    const missing = references.flatMap(([, reference = '']) => {
      const found = reference
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
      return found === undefined ? [reference] : [];
    });
    expect(references.length).toBeGreaterThan(50);
    expect(missing).toEqual([]);
  });

  it('says that an edit needs If-Match, and may get 412 and 428', () => {
    const put = document.paths['/api/materials/{id}']?.['put'];
    expect(put?.parameters).toContainEqual(
      expect.objectContaining({ name: 'If-Match', in: 'header', required: true }),
    );
    expect(Object.keys(put?.responses ?? {})).toEqual(expect.arrayContaining(['412', '428']));
  });

  it('says that the page of a problem is JSON or HTML', () => {
    const { responses } = document.paths['/problems/{type}']?.['get'] ?? {};
    const content = responses?.['200']?.['content'];
    expect(Object.keys(content ?? {})).toEqual(['application/json', 'text/html']);
  });

  it('describes the answer to 401 for each operation that needs a sign-in', () => {
    for (const { security, responses } of operations()) {
      if (security.length > 0) expect(responses).toHaveProperty('401');
    }
  });
});

describe('The page of the document', () => {
  it.each([
    ['/api/docs', 'text/html; charset=utf-8'],
    ['/api/docs/start.js', 'text/javascript; charset=utf-8'],
    ['/api/docs/swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
    ['/api/docs/swagger-ui.css', 'text/css; charset=utf-8'],
  ])('serves the documentation without a sign-in: %s', async (path, type) => {
    const response = await fetch(url + path);
    expect([response.status, response.headers.get('Content-Type')]).toEqual([200, type]);
    expect((await response.text()).length).toBeGreaterThan(100);
  });

  it.each(['/api/docs/other.js', '/api/docs/..%2fpackage.json', '/api/docs/constructor'])(
    'serves no other file: %s',
    async (path) => expect((await fetch(url + path)).status).toBe(404),
  );

  it('loads scripts and data from the API alone', async () => {
    const policy = (await fetch(`${url}/api/docs`)).headers.get('Content-Security-Policy');
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self';");
  });
});
