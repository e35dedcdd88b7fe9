import fc from 'fast-check';
import type { Document, Operation, Parameter } from './document.ts';
import { ODD_TEXTS, oddValue, valuesOf } from './values.ts';

export const CALLERS = ['teacher', 'admin', 'service', 'n8n', 'nobody', 'garbage'] as const;
export type CallerName = (typeof CALLERS)[number];

/** A request as data. Placeholders (known.ts) may be anywhere in it. */
export interface FuzzRequest {
  readonly operation: string;
  readonly caller: CallerName;
  /** Parts of the path, by name. */
  readonly params: Readonly<Record<string, string>>;
  /** The part of the path that is sent as it is, without escapes. */
  readonly rawParam: string | null;
  readonly query: ReadonlyArray<readonly [string, string]>;
  readonly headers: Readonly<Record<string, string>>;
  /** `raw` is sent as it is. Null: no body. */
  readonly body: { readonly json: unknown } | { readonly raw: string } | null;
  /** What is wrong with it on purpose. */
  readonly broken: readonly string[];
}

const ODD_NAMES = ['__proto__', 'constructor', 'role', 'id', 'createdAt', 'userId', 'x', ''];

/** Parts of an address that stay one part of it. `%` alone cannot be decoded. */
const ODD_PARTS = [
  ...[
    '%',
    '%00',
    '%ff',
    '%2e%2e',
    '%2F',
    'a%0d%0ab',
    '__proto__',
    'constructor',
    'null',
    '0',
    '-1',
  ],
  ...['1e3', '9'.repeat(30), 'x'.repeat(3_000), "'%20or%201=1--", '%F0%9F%8C%B1'],
  '00000000-0000-0000-0000-000000000000',
];

const ODD_QUERIES: ReadonlyArray<readonly [string, string]> = [
  ['limit', '0'],
  ['limit', '1e9'],
  ['limit', 'NaN'],
  ['cursor', 'bm8'],
  ['cursor', Buffer.from('["2026-01-01T00:00:00Z","1"]').toString('base64url')],
  ['__proto__', '1'],
  ['__proto__[role]', 'admin'],
  ['a[b][c][d][e][f]', '1'],
  ['constructor.prototype', '1'],
  ['', ''],
];

const ODD_HEADERS: ReadonlyArray<readonly [string, string]> = [
  ...['', '*', '"1"', '"0"', 'W/"1"', '"1", "2"', '"x', '"9'.repeat(500), '99'].flatMap((value) =>
    ['If-Match', 'If-None-Match', 'Idempotency-Key', 'Last-Event-ID'].map(
      (name) => [name, value] as const,
    ),
  ),
  ['Idempotency-Key', 'é'.repeat(40)],
  ['Idempotency-Key', 'k'.repeat(5_000)],
  ['Content-Type', 'text/plain'],
  ['Content-Type', 'application/json; charset=utf-16'],
  ['Content-Type', 'multipart/form-data; boundary=x'],
  ['Content-Encoding', 'gzip'],
  ['Accept', 'text/html'],
  ['Accept', 'image/png'],
  ['Accept', 'x/y;q=z'],
  ['X-Request-Id', 'a b<script>'],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['X-Forwarded-For', '127.0.0.1'],
];

const ODD_BODIES = [
  ...['', ' ', '{', 'null', '1', '"x"', '[]', '{"a":1,"a":2}', '{}garbage', '\ufeff{}', "{'a':1}"],
  `${'['.repeat(40)}${']'.repeat(40)}`,
  `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  JSON.stringify(Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`k${n}`, n]))),
];

/** One thing that makes a request wrong. `at` picks a place, modulo how many there are. */
const breakage = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('body value', 'body key'),
      at: fc.nat(40),
      value: fc.option(oddValue, { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: odd('body text', ODD_BODIES) },
  { weight: 1, arbitrary: odd('path', ODD_PARTS) },
  { weight: 2, arbitrary: odd('query', ODD_QUERIES) },
  { weight: 1, arbitrary: odd('query value', ODD_TEXTS) },
  { weight: 1, arbitrary: odd('query twice', ['1']) },
  { weight: 2, arbitrary: odd('header', ODD_HEADERS) },
);
interface Breakage {
  readonly kind: string;
  readonly at: number;
  readonly value: unknown;
}

function odd(kind: string, values: readonly unknown[]): fc.Arbitrary<Breakage> {
  return fc.record({
    kind: fc.constant(kind),
    at: fc.nat(40),
    value: fc.constantFrom(...values),
  });
}

/** Requests to every operation of a document: half of them valid, half broken in one or two ways. */
export function requestsOf(document: Document): fc.Arbitrary<FuzzRequest> {
  return fc.oneof(...document.operations.map((operation) => requestsTo(document, operation)));
}

type Texts = Readonly<Record<string, string>>;

function requestsTo(document: Document, operation: Operation): fc.Arbitrary<FuzzRequest> {
  const { caller, parameters } = operation;
  const right = {
    anyone: ['nobody'],
    operator: ['nobody'],
    n8n: ['n8n'],
    signedIn: ['teacher', 'admin', 'service'],
  }[caller] as CallerName[];
  const texts = (place: Parameter['in']): fc.Arbitrary<Texts> => {
    const values = parameters
      .filter((one) => one.in === place)
      .map(({ name, schema, required }) => {
        const entry: fc.Arbitrary<string[][]> = valuesOf(document, schema, name).map((value) => [
          [name, String(value)],
        ]);
        return required ? entry : fc.option(entry, { nil: [], freq: 2 });
      });
    return fc.tuple(...values).map((all) => Object.fromEntries(all.flat()) as Texts);
  };
  return fc
    .record({
      caller: fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(...right) },
        { weight: 1, arbitrary: fc.constantFrom(...CALLERS) },
      ),
      params: texts('path'),
      query: texts('query'),
      headers: texts('header'),
      json:
        operation.body === null ? fc.constant(undefined) : valuesOf(document, operation.body, ''),
      breakages: fc.oneof(
        fc.constant<Breakage[]>([]),
        fc.array(breakage as fc.Arbitrary<Breakage>, { minLength: 1, maxLength: 2 }),
      ),
    })
    .map(({ json, query, breakages, ...parts }) => {
      const body = json === undefined ? null : { json };
      const valid = { operation: operation.id, ...parts, query: Object.entries(query), body };
      return breakages.reduce<FuzzRequest>(broken, { ...valid, rawParam: null, broken: [] });
    });
}

function broken(request: FuzzRequest, { kind, at, value }: Breakage): FuzzRequest {
  const { params, query, headers, body } = request;
  const as = (change: Partial<FuzzRequest>) => ({
    ...request,
    ...change,
    broken: [...request.broken, kind],
  });
  switch (kind) {
    case 'body value':
    case 'body key': {
      if (body === null || !('json' in body)) return request;
      const places = placesOf(body.json);
      const place = places[at % places.length] ?? [];
      if (kind === 'body value') return as({ body: { json: put(body.json, place, value) } });
      const name = ODD_NAMES[at % ODD_NAMES.length] ?? '';
      return as({ body: { json: put(body.json, [...place.slice(0, -1), name], value ?? 'x') } });
    }
    case 'body text':
      return as({ body: { raw: String(value) } });
    case 'path': {
      const names = Object.keys(params);
      const name = names[at % names.length];
      return name === undefined
        ? request
        : as({ params: { ...params, [name]: String(value) }, rawParam: name });
    }
    case 'query':
      return as({ query: [...query, value as [string, string]] });
    case 'query value':
      return as({
        query: query.map(([name, old], n) => [name, n === at % query.length ? String(value) : old]),
      });
    case 'query twice':
      return as({ query: [...query, ...query] });
    default: {
      const [name, text] = value as [string, string];
      return as({ headers: { ...headers, [name]: text } });
    }
  }
}

type Place = readonly string[];

/** Where a value has values: the root, `title`, `metadata.Kelas`. */
function placesOf(value: unknown, place: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [place];
  return [place, ...Object.entries(value).flatMap(([key, one]) => placesOf(one, [...place, key]))];
}

/** Replaces what is at a place, or adds it; undefined removes it. */
function put(whole: unknown, [key, ...rest]: Place, value: unknown): unknown {
  if (key === undefined) return value ?? null;
  if (typeof whole !== 'object' || whole === null) return whole;
  const entries = Object.entries(whole).filter(([name]) => name !== key);
  const old = Object.entries(whole).find(([name]) => name === key)?.[1] as unknown;
  const changed = rest.length === 0 ? value : put(old, rest, value);
  const all = changed === undefined ? entries : [...entries, [key, changed] as const];
  return Array.isArray(whole) ? all.map(([, one]) => one as unknown) : Object.fromEntries(all);
}
