import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { faultError } from './faults/errors.ts';
import type { Faults } from './faults/faults.ts';
import type { RequestLog } from './faults/requestLog.ts';
import { GoogleError, notImplemented } from './http/googleError.ts';
import type { Answer, AnswerFault, Route } from './http/route.ts';

export interface ServerParts {
  readonly routes: readonly Route[];
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly projectNumber: string;
}

/** Nothing that Google takes in one request of ours is larger: 10 MB. */
const bodyLimit = 10 * 1024 * 1024;

/** The HTTP server: finds the route, lets faults strike, answers; every answer says what it is. */
export function createStandInServer(parts: ServerParts): Server {
  return createServer((request, response) => {
    void answer(parts, request)
      .catch((error: unknown) => (error instanceof ConnectionReset ? null : unexpected(error)))
      .then((result) => {
        if (result) return send(request, response, result);
        request.socket.resetAndDestroy();
        return undefined;
      });
  });
}

/** A fault asks for no answer at all. */
class ConnectionReset extends Error {}

async function answer(parts: ServerParts, request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://stand-in');
  const found = findRoute(parts.routes, request.method ?? 'GET', url.pathname);
  if (!found) return notFound(request.method ?? 'GET', url.pathname);
  const { route, params } = found;
  let result: Answer;
  try {
    const text = await readBody(request);
    result = await carryOut(parts, route, { url, params, headers: request.headers, text });
  } catch (error) {
    if (error instanceof ConnectionReset) parts.requests.add(route.service, route.method, 0);
    if (!(error instanceof GoogleError)) throw error;
    result = { status: error.code, body: error.body() };
  }
  if (route.service !== 'stand-in' && route.service !== 'page') {
    parts.requests.add(route.service, route.method, result.status ?? 200);
  }
  return result;
}

type Received = Omit<Parameters<Route['handle']>[0], 'fault'>;

async function carryOut(parts: ServerParts, route: Route, received: Received): Promise<Answer> {
  const struck = parts.faults.strike(route.service, route.method);
  const run = (fault?: AnswerFault) => route.handle({ ...received, fault });
  if (!struck) return run();
  const { fault, held } = struck;
  switch (fault.kind) {
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, fault.ms));
      return run();
    case 'hold': {
      if (fault.when === 'before') await held();
      const result = await run();
      if (fault.when === 'after') await held();
      return result;
    }
    case 'status': {
      if (fault.when === 'after') await run();
      const { method } = route;
      const model = received.params['model'];
      throw faultError({ fault, method, projectNumber: parts.projectNumber, model });
    }
    case 'reset':
      if (fault.when === 'after') await run();
      throw new ConnectionReset();
    default:
      return run(fault.kind);
  }
}

function findRoute(routes: readonly Route[], verb: string, path: string) {
  for (const route of routes) {
    const match =
      route.verb === verb || (verb === 'HEAD' && route.verb === 'GET')
        ? route.path.exec(path)
        : null;
    if (!match) continue;
    const groups: Record<string, string | undefined> = match.groups ?? {};
    try {
      const params = Object.entries(groups).map(
        ([name, value]) => [name, decodeURIComponent(value ?? '')] as const,
      );
      return { route, params: Object.fromEntries(params) };
    } catch {
      return null;
    }
  }
  return null;
}

/** Google's own services, of which the stand-in has some methods. */
const googleApi = /^\/(?:v4\/spreadsheets|drive|upload\/drive|v1(?:alpha|beta)?)(?:\/|$)/;

function notFound(verb: string, path: string): Answer {
  if (googleApi.test(path)) {
    const error = notImplemented(`${verb} ${path}`);
    return { status: error.code, body: error.body() };
  }
  const error = `The stand-in for Google has nothing at ${path}. What it has is listed at /.`;
  return { status: 404, body: { error: { code: 404, message: error, status: 'NOT_FOUND' } } };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > bodyLimit) {
      throw new GoogleError(400, 'Request payload size exceeds the limit: 10485760 bytes.');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function unexpected(error: unknown): Answer {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`The stand-in for Google failed: ${what}\n`);
  return {
    status: 500,
    body: new GoogleError(500, `The stand-in for Google failed: ${what}`).body(),
  };
}

/** A smaller answer gains nothing. */
const leastCompressed = 1_000;
const compress = promisify(gzip);

/**
 * Google compresses for a client that accepts it and says `gzip` in its user agent
 * (developers.google.com/workspace/sheets/api/guides/performance).
 */
function takesGzip({ headers }: IncomingMessage): boolean {
  const accepted = headers['accept-encoding'];
  return String(accepted).includes('gzip') && String(headers['user-agent']).includes('gzip');
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status = 200, body, contentType, headers }: Answer,
): Promise<void> {
  const json = typeof body !== 'string';
  const type = contentType ?? (json ? 'application/json' : 'text/html');
  const text = json ? `${JSON.stringify(body, null, 2)}\n` : body;
  const isCompressed = text.length >= leastCompressed && takesGzip(request);
  const sent = isCompressed ? await compress(text) : text;
  if (response.destroyed) return;
  response.writeHead(status, {
    ...(isCompressed ? { 'Content-Encoding': 'gzip' } : {}),
    'Content-Type': `${type}; charset=UTF-8`,
    'Cache-Control': 'private',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
    'X-Stand-In': 'digital-materi',
  });
  response.end(sent);
}
