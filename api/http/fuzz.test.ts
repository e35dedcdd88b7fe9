import { describe, expect, it } from '@jest/globals';
import { faultsOf } from '../../test/fuzz/check.ts';
import { readDocument, type Operation } from '../../test/fuzz/document.ts';
import { schemaCheck } from '../../test/fuzz/fits.ts';
import { fuzz } from '../../test/fuzz/index.ts';

/** The same requests every time; `npm run test:fuzz` sends 20,000 that nobody has seen. */
const RUNS = 1_500;
const SEED = 20_261_128;

it(`answers ${RUNS} requests, valid and broken, as the OpenAPI document says`, async () => {
  const { answers, failure } = await fuzz({ seed: SEED, runs: RUNS });
  const replay = failure && `FUZZ_SEED=${failure.seed} FUZZ_PATH=${failure.path} npm run test:fuzz`;
  expect({ replay, ...failure }).toEqual({ replay: null });
  const statuses = [...answers.values()].flatMap((ofOperation) => [...ofOperation]);
  const succeeded = statuses.filter(([status]) => status < 300);
  const count = (some: typeof statuses) => some.reduce((sum, [, times]) => sum + times, 0);
  // Else the requests reach nothing but the checks of the input. It is about a quarter.
  expect(count(succeeded) / count(statuses)).toBeGreaterThan(0.2);
}, 300_000);

describe('An answer is a fault', () => {
  const document = readDocument({
    paths: {
      '/api/things': {
        put: {
          operationId: 'putThing',
          security: [],
          parameters: [],
          requestBody: { content: { 'application/json': { schema: object({ name: 'string' }) } } },
          responses: {
            200: { content: { 'application/json': { schema: object({ id: 'integer' }) } } },
            204: {},
            422: { content: { 'application/problem+json': { schema: {} } } },
            500: { content: { 'application/problem+json': { schema: {} } } },
          },
        },
      },
    },
    components: { schemas: {}, responses: {} },
  });
  const [operation] = document.operations as [Operation];
  const fits = schemaCheck(document);
  const PROBLEM = { type: '/problems/x', title: 'X', status: 422, requestId: 'r' };
  const faults = (
    status: number,
    body: unknown,
    more: { type?: string; requestId?: string | null; sent?: object } = {},
  ) => {
    const { type = 'application/json', requestId = 'r', sent = { name: 'x' } } = more;
    return faultsOf(
      operation,
      sent,
      {
        status,
        headers: {
          'content-type': `${type}; charset=utf-8`,
          ...(requestId === null ? {} : { 'x-request-id': requestId }),
        },
        text: body === undefined ? '' : JSON.stringify(body),
      },
      fits,
    );
  };
  const problem = { type: 'application/problem+json' };

  it('reports no fault for an answer that is as documented', () => {
    expect(faults(200, { id: 1 })).toEqual([]);
    expect(faults(204, undefined)).toEqual([]);
    expect(faults(422, PROBLEM, problem)).toEqual([]);
  });

  it.each<[string, () => string[], RegExp]>([
    ['its status is 5xx', () => faults(500, { ...PROBLEM, status: 500 }, problem), /status is 500/],
    ['its status is not documented', () => faults(409, {}), /409 is not documented/],
    ['its media type is not', () => faults(200, '', { type: 'text/html' }), /"text\/html" is not/],
    ['its body does not fit', () => faults(200, { id: 'x' }), /does not fit.*\/id/],
    ['it has a body where none is documented', () => faults(204, {}), /without a body/],
    ['it has no X-Request-Id', () => faults(200, { id: 1 }, { requestId: null }), /X-Request-Id/],
    [
      'its problem has another status',
      () => faults(422, { ...PROBLEM, status: 400 }, problem),
      /another status/,
    ],
    [
      'its problem has no title',
      () => faults(422, { ...PROBLEM, title: '' }, problem),
      /another status/,
    ],
    [
      'it accepts a body that is not valid',
      () => faults(200, { id: 1 }, { sent: { name: 'x', role: 'admin' } }),
      /was accepted/,
    ],
  ])('if %s', (_, make, expected) => {
    expect(make().join()).toMatch(expected);
  });
});

function object(types: Record<string, string>) {
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(types).map(([name, type]) => [name, { type }])),
    required: Object.keys(types),
    additionalProperties: false,
  };
}
