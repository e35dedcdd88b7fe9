import type { IncomingHttpHeaders } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import { z, type core } from 'zod/v4';
import { PortalError } from '../errors.ts';
import { validate } from '../validate.ts';
import { logOf } from './accessLog.ts';
import { BODY_BYTES_MOST, readBody } from './body.ts';
import type { Caller } from './caller.ts';
import { compress, UNCOMPRESSED } from './compress.ts';
import { readJson } from './json.ts';
import { sendProblem } from './problem.ts';
import type { ProblemCode } from './problems.ts';
import { RouteTable, type Params } from './routeTable.ts';

type Schema = core.$ZodType;
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One method of one address, with its declaration: the caller, the request and the answers. */
export interface Declaration {
  /** The operation's name in the OpenAPI document, and so in clients that are generated from it. */
  readonly name: string;
  /** One line for the OpenAPI document. */
  readonly summary: string;
  readonly method: Method;
  /** As Express writes it: `/materials/:id`. */
  readonly path: string;
  /**
   * - `anyone`: a request needs no sign-in;
   * - `n8n`: the request must be signed. Its body stays bytes, for the signature is over the bytes;
   * - `operator`: a program that watches the portal, see requireOperator;
   * - `signedIn`: the request must bring an access token or a service key.
   */
  readonly caller: 'anyone' | 'n8n' | 'operator' | 'signedIn';
  /** The answer is 404 if an address does not fit. */
  readonly params?: Schema;
  readonly query?: Schema;
  /** For the caller `n8n` only the OpenAPI document uses it. */
  readonly body?: Schema;
  /** The media type of a body that is not JSON: the handler gets its bytes, whatever Content-Type says. */
  readonly consumes?: 'application/secevent+jwt';
  /** 2 MB if not given. */
  readonly bodyBytesMost?: number;
  /** Request headers that the handler reads. */
  readonly headers?: readonly RequestHeader[];
  /** The body of each status that the route answers; null: none. */
  readonly responses: Readonly<Record<number, Schema | null>>;
  /** The media type of the 200; left out: JSON. */
  readonly produces?: 'text/event-stream' | 'text/plain';
  /** Other forms of the 200, by media type: a client gets one if its Accept prefers it. */
  readonly alsoProduces?: Readonly<Record<string, Schema>>;
  /** Further problems that the route may answer. The declaration implies the common ones (problemsOf). */
  readonly problems?: readonly ProblemCode[];
}

/** The request headers that routes read, for the OpenAPI document. */
export const REQUEST_HEADERS = {
  'Idempotency-Key': {
    required: false,
    description: 'A request with the same key and body gets the first answer again, for 24 hours.',
  },
  'If-Match': { required: true, description: 'The ETag of the material that was read.' },
  'Last-Event-ID': { required: false, description: 'The id of the last event that arrived.' },
  'If-None-Match': { required: false, description: 'The answer is 304 if it is still this ETag.' },
} as const;
type RequestHeader = keyof typeof REQUEST_HEADERS;

const BODY_PROBLEMS = ['too_large', 'unsupported_media_type', 'invalid'] as const;

/** Problems that any request may get, whatever it asks. */
const ANY_PROBLEMS = [
  ...(['malformed', 'request_timeout', 'expectation_failed', 'headers_too_large'] as const),
  ...(['internal', 'unavailable', 'overloaded'] as const),
];

/** Problems that every address under `/api` may answer before its route is asked (api/limits). */
export const API_PROBLEMS = ['too_many_requests'] as const satisfies readonly ProblemCode[];

/** Every problem that a route may answer. `mount` refuses others in tests. */
export function problemsOf(declared: Declaration): ReadonlySet<ProblemCode> {
  const { caller, params, query, body, headers = [], problems = [] } = declared;
  return new Set<ProblemCode>([
    ...ANY_PROBLEMS,
    ...(caller === 'signedIn' ? (['not_signed_in'] as const) : []),
    ...(caller === 'n8n' ? (['not_signed', ...BODY_PROBLEMS] as const) : []),
    ...(caller === 'operator' ? (['not_signed_in', 'forbidden'] as const) : []),
    ...(params === undefined ? [] : (['not_found'] as const)),
    ...(query === undefined ? [] : (['invalid'] as const)),
    ...(body === undefined ? [] : BODY_PROBLEMS),
    ...(headers.includes('If-Match') ? (['if_match_required', 'stale'] as const) : []),
    ...(headers.includes('Idempotency-Key') ? (['key_in_flight', 'key_reused'] as const) : []),
    ...problems,
  ]);
}

type Output<S, Else = undefined> = S extends Schema ? core.output<S> : Else;

/** The parts of a request, checked by the declaration. */
interface Asked<D extends Declaration> {
  readonly caller: D['caller'] extends 'signedIn' ? Caller : undefined;
  readonly params: Output<D['params']>;
  readonly query: Output<D['query']>;
  readonly body: D extends { caller: 'n8n' } | { consumes: string } ? Buffer : Output<D['body']>;
  readonly headers: IncomingHttpHeaders;
  /** The media type of these that the client prefers; false: it accepts none. */
  readonly accepts: (...types: string[]) => string | false;
}

/** @param closed aborted when the client has closed the connection: the stream ends then */
export type Stream = (closed: AbortSignal) => AsyncIterable<string>;

/** A handler's answer. The status is 200 if none is given; without a body the answer has none. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string is sent as it is, such as JSON that is signed. */
  readonly body?: unknown;
  /** Sent piece by piece instead of a body. */
  readonly stream?: Stream;
}

/** An answer with a body that the route declares. `mount` compares the status with it in tests. */
type DeclaredAnswer<D extends Declaration> = Answer & {
  readonly body?:
    | core.input<Exclude<D['responses'][keyof D['responses']], null>>
    | (D['alsoProduces'] extends Record<string, Schema>
        ? core.input<D['alsoProduces'][keyof D['alsoProduces']]>
        : never)
    | string
    | Buffer;
};

/** How the app finds the sender of a request. */
export interface Authentication {
  /** @throws PortalError `not_signed_in` */
  readonly readCaller: (req: Request) => Caller;
  /** @throws PortalError `not_signed` if the headers have no signature */
  readonly requireSignature: (headers: IncomingHttpHeaders) => void;
  /** @throws PortalError `not_signed_in`, `forbidden` */
  readonly requireOperator: (req: Request) => void;
}

export interface Route extends Declaration {
  answer(req: Request, params: Params, authentication: Authentication): Promise<Answer>;
}

/**
 * Declares a route. A request is checked in this order: its caller, its address, its query, its body.
 * The body of an unknown caller is not read.
 */
export function route<const D extends Declaration>(
  declared: D,
  handle: (asked: Asked<D>) => DeclaredAnswer<D> | Promise<DeclaredAnswer<D>>,
): Route {
  return {
    ...declared,
    async answer(req, inPath, authentication) {
      const caller = callerOf(declared, req, authentication);
      const params = declared.params && paramsOf(declared.params, inPath);
      const query = declared.query && validate(declared.query, req.query);
      const body = await bodyOf(declared, req);
      const accepts = (...types: string[]) => req.accepts(types);
      return handle({ caller, params, query, body, headers: req.headers, accepts } as Asked<D>);
    },
  };
}

function callerOf(
  { caller }: Declaration,
  req: Request,
  { readCaller, requireSignature, requireOperator }: Authentication,
): Caller | undefined {
  if (caller === 'signedIn') return readCaller(req);
  if (caller === 'n8n') requireSignature(req.headers);
  if (caller === 'operator') requireOperator(req);
  return undefined;
}

/** A body that no declaration asks for is not read. */
async function bodyOf(
  { caller, body, consumes, bodyBytesMost = BODY_BYTES_MOST }: Declaration,
  req: Request,
): Promise<unknown> {
  if (caller === 'n8n' || consumes !== undefined) return readBody(req, bodyBytesMost);
  return body && validate(body, await readJson(req, bodyBytesMost));
}

/** @throws PortalError `not_found` */
function paramsOf(schema: Schema, inPath: Params): unknown {
  try {
    return validate(schema, inPath);
  } catch (error) {
    if (!(error instanceof PortalError)) throw error;
    throw new PortalError('not_found', `There is nothing at this address. ${error.message}`);
  }
}

const declaredPaths = new WeakMap<Response, string>();

/** The path of the route that answers, as it is declared; undefined: no route has the address. */
export function declaredPathOf(res: Response): string | undefined {
  return declaredPaths.get(res);
}

/** The routes of one path. */
interface OfPath {
  readonly path: string;
  /** The methods, for people and for the header Allow. */
  readonly allowed: string;
  readonly routes: ReadonlyMap<string, Route>;
}

function tableOf(routes: readonly Route[]): RouteTable<OfPath> {
  const table = new RouteTable<OfPath>();
  for (const [path, ofPath] of Map.groupBy(routes, (one) => one.path)) {
    const methods = ofPath.map(({ method }) => method);
    table.add(path, {
      path,
      allowed: [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', '),
      routes: new Map(ofPath.map((one) => [one.method, one])),
    });
  }
  return table;
}

/**
 * Mounts routes. An address answers 405 for a method that it does not have.
 *
 * @param checksAnswers an answer or a problem that a route does not declare becomes 500; for tests
 */
export function mount(
  routes: readonly Route[],
  authentication: Authentication,
  checksAnswers = false,
): RequestHandler {
  const table = tableOf(routes);
  async function respond(one: Route, params: Params, req: Request, res: Response): Promise<void> {
    const answered = one.answer(req, params, authentication);
    if (checksAnswers) await requireDeclared(one, answered);
    const answer = await answered;
    if (answer.stream === undefined) await send(req, res, answer);
    else await sendStream(req, res, answer.stream);
  }
  return (req, res, next) => {
    const found = table.find(req.path);
    if (found === undefined) {
      next();
      return undefined;
    }
    const { path, allowed, routes } = found.value;
    declaredPaths.set(res, path);
    const one = routes.get(req.method === 'HEAD' ? 'GET' : req.method);
    if (one !== undefined) return respond(one, found.params, req, res);
    res.set('Allow', allowed);
    sendProblem(res, 'method_not_allowed', `This address takes ${allowed}.`);
    return undefined;
  };
}

/** @throws Error if the route does not declare such an answer or such a problem */
async function requireDeclared(one: Declaration, answered: Promise<Answer>): Promise<void> {
  const { method, path, responses, alsoProduces = {} } = one;
  const answer = await answered.catch((error: unknown) => {
    if (!(error instanceof PortalError) || problemsOf(one).has(error.code)) throw error;
    throw new Error(`${method} ${path} answers ${error.code}, which it does not declare.`);
  });
  const { status = 200, headers = {}, body, stream } = answer;
  const name = `${method} ${path} answers ${status}`;
  const schema = responses[status];
  if (schema === undefined) throw new Error(`${name}, which it does not declare.`);
  if (stream !== undefined) return;
  if (schema === null || body === undefined) {
    if (schema !== null || body !== undefined) throw new Error(`${name} with another body.`);
    return;
  }
  const type = headers['Content-Type'] ?? 'application/json';
  // A page for people is no JSON.
  if (!type.endsWith('json')) return;
  const value: unknown = isText(body) ? JSON.parse(body.toString()) : body;
  const { error } = z.safeParse(alsoProduces[type] ?? schema, value);
  if (error !== undefined) throw new Error(`${name} with another body: ${z.prettifyError(error)}`);
}

/** An error of the stream ends the answer: the client connects again. */
async function sendStream(req: Request, res: Response, stream: Stream): Promise<void> {
  // A proxy must not keep pieces back.
  res
    .status(200)
    .set({ ...UNCOMPRESSED, 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
  res.flushHeaders();
  const closed = new AbortController();
  res.once('close', () => closed.abort());
  // The client may have gone while the handler ran.
  if (res.closed) closed.abort();
  try {
    if (req.method === 'HEAD' || closed.signal.aborted) return;
    for await (const piece of stream(closed.signal)) res.write(piece);
  } catch (error) {
    if (!(error instanceof PortalError)) logOf(req).warn({ err: error }, 'a stream was cut off');
  } finally {
    res.end();
  }
}

/** A body that is sent as it is. */
function isText(body: unknown): body is string | Buffer {
  return typeof body === 'string' || Buffer.isBuffer(body);
}

async function send(
  req: Request,
  res: Response,
  { status = 200, headers = {}, body }: Answer,
): Promise<void> {
  res.statusCode = status;
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  if (headers['Vary'] !== undefined) res.vary('Accept-Encoding');
  if (body === undefined) {
    res.end();
    return;
  }
  res.setHeader('Content-Type', withCharset(headers['Content-Type'] ?? 'application/json'));
  // A HEAD must give the same Content-Length as a GET, or none (RFC 9110, section 8.6). Nobody knows how
  // long the compressed body of a GET would be.
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  const text = await compress(req, res, isText(body) ? body : JSON.stringify(body));
  // Express's own `send` answers 304 to `If-None-Match: *`, also where nothing has an ETag.
  res.setHeader('Content-Length', Buffer.byteLength(text));
  res.end(text);
}

/** The charset of JSON-LD is not written: its media type has no such parameter. */
const withCharset = (type: string) =>
  /^(?:text\/\w+|application\/json)$/.test(type) ? `${type}; charset=utf-8` : type;
