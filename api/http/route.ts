import type { IncomingHttpHeaders } from 'node:http';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { z, type core } from 'zod/v4';
import { PortalError } from '../errors.ts';
import { validate } from '../validate.ts';
import { BODY_BYTES_MOST, readBody } from './body.ts';
import type { Caller } from './caller.ts';
import { readJson } from './json.ts';
import { sendProblem } from './problem.ts';

type Schema = core.$ZodType;
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One method of one address: who may send it, and what it may contain. */
interface Declaration {
  readonly method: Method;
  /** As Express writes it: `/materials/:id`. */
  readonly path: string;
  /**
   * - `anyone`: a request needs no sign-in;
   * - `n8n`: the request must be signed. Its body stays bytes, for the signature is over the bytes;
   * - `signedIn`: the request must bring an access token or a service key.
   */
  readonly caller: 'anyone' | 'n8n' | 'signedIn';
  /** The answer is 404 if an address does not fit. */
  readonly params?: Schema;
  readonly query?: Schema;
  readonly body?: Schema;
  /** 2 MB if not given. */
  readonly bodyBytesMost?: number;
  /** The body of each status that the route answers; null: none. Every route may also answer a problem. */
  readonly responses: Readonly<Record<number, Schema | null>>;
}

type Output<S, Else = undefined> = S extends Schema ? core.output<S> : Else;

/** The parts of a request, checked by the declaration. */
interface Asked<D extends Declaration> {
  readonly caller: D['caller'] extends 'signedIn' ? Caller : undefined;
  readonly params: Output<D['params']>;
  readonly query: Output<D['query']>;
  readonly body: D['caller'] extends 'n8n' ? Buffer : Output<D['body']>;
  readonly headers: IncomingHttpHeaders;
  /** The media type of these that the client prefers; false: it accepts none. */
  readonly accepts: (...types: string[]) => string | false;
}

/** A handler's answer. The status is 200 if none is given; without a body the answer has none. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string is sent as it is, such as JSON that is signed. */
  readonly body?: unknown;
}

/** An answer with a body that the route declares. `mount` compares the status with it in tests. */
type DeclaredAnswer<D extends Declaration> = Answer & {
  readonly body?: core.input<Exclude<D['responses'][keyof D['responses']], null>> | string;
};

/** How the app learns who sends a request. */
export interface Authentication {
  /** @throws PortalError `not_signed_in` */
  readonly readCaller: (req: Request) => Caller;
  /** @throws PortalError `not_signed` if the headers have no signature */
  readonly requireSignature: (headers: IncomingHttpHeaders) => void;
}

export interface Route extends Declaration {
  answer(req: Request, authentication: Authentication): Promise<Answer>;
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
    async answer(req, authentication) {
      const caller = callerOf(declared, req, authentication);
      const params = declared.params && paramsOf(declared.params, req);
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
  { readCaller, requireSignature }: Authentication,
): Caller | undefined {
  if (caller === 'signedIn') return readCaller(req);
  if (caller === 'n8n') requireSignature(req.headers);
  return undefined;
}

/** A body that no declaration asks for is not read. */
async function bodyOf(
  { caller, body, bodyBytesMost = BODY_BYTES_MOST }: Declaration,
  req: Request,
): Promise<unknown> {
  if (caller === 'n8n') return readBody(req, bodyBytesMost);
  return body && validate(body, await readJson(req, bodyBytesMost));
}

/** @throws PortalError `not_found` */
function paramsOf(schema: Schema, req: Request): unknown {
  try {
    return validate(schema, req.params);
  } catch (error) {
    if (!(error instanceof PortalError)) throw error;
    throw new PortalError('not_found', `There is nothing at this address. ${error.message}`);
  }
}

/**
 * Mounts routes. An address answers 405 for a method that it does not have.
 *
 * @param checksAnswers an answer that is not as its route declares it becomes 500; for tests
 */
export function mount(
  routes: readonly Route[],
  authentication: Authentication,
  checksAnswers = false,
): Router {
  const router = Router();
  for (const [path, ofPath] of Map.groupBy(routes, (one) => one.path)) {
    const mounted = router.route(path);
    for (const one of ofPath) {
      const handler = handlerOf(one, authentication, checksAnswers);
      if (one.method === 'GET') mounted.get(handler);
      else if (one.method === 'POST') mounted.post(handler);
      else if (one.method === 'PUT') mounted.put(handler);
      else mounted.delete(handler);
    }
    const methods = ofPath.map(({ method }) => method);
    const allowed = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', ');
    mounted.all((_req, res) => {
      res.set('Allow', allowed);
      sendProblem(res, 'method_not_allowed', `This address takes ${allowed}.`);
    });
  }
  return router;
}

function handlerOf(
  one: Route,
  authentication: Authentication,
  checksAnswers: boolean,
): RequestHandler {
  return async (req, res) => {
    const answer = await one.answer(req, authentication);
    if (checksAnswers) requireDeclared(one, answer);
    send(res, answer);
  };
}

/** @throws Error if the route does not declare such an answer */
function requireDeclared({ method, path, responses }: Declaration, answer: Answer): void {
  const { status = 200, headers = {}, body } = answer;
  const name = `${method} ${path} answers ${status}`;
  const schema = responses[status];
  if (schema === undefined) throw new Error(`${name}, which it does not declare.`);
  if (schema === null || body === undefined) {
    if (schema !== null || body !== undefined) throw new Error(`${name} with another body.`);
    return;
  }
  // A page for people is no JSON.
  if (headers['Content-Type'] !== undefined) return;
  const value: unknown = typeof body === 'string' ? JSON.parse(body) : body;
  const { error } = z.safeParse(schema, value);
  if (error !== undefined) throw new Error(`${name} with another body: ${z.prettifyError(error)}`);
}

function send(res: Response, { status = 200, headers = {}, body }: Answer): void {
  res.status(status).set({ ...headers });
  if (body === undefined) res.end();
  else if (typeof body === 'string') res.type(headers['Content-Type'] ?? 'json').send(body);
  else res.json(body);
}
