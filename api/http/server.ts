import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import type { Logger } from '../log.ts';
import { unreadable, type UnreadableCode } from './problem.ts';

/**
 * A load balancer keeps idle connections for 60 s (AWS's default). It must close a connection first.
 * Otherwise it sends a request into a connection that this server is closing.
 */
const LIMITS = {
  keepAliveTimeout: 65_000,
  /** The limits are for the headers and for the whole request with its body. An answer may take longer. */
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  /** How often Node.js looks for requests that are over these limits. */
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16_384,
  maxRequestsPerSocket: 0,
  /** Checked here instead, for Node.js answers without a body. */
  requireHostHeader: false,
};

/** How long a connection that was just opened may take to send its first bytes when this stops. */
const FIRST_BYTES_MS = 1_000;

export interface HttpServer {
  /** The base URL, without `/api`. */
  readonly url: string;
  /** The running requests, as `POST /api/materials`. */
  answering(): string[];
  /** From now on every answer ends its connection, so that clients go elsewhere. */
  drain(): void;
  /**
   * Takes no more connections and closes idle ones; waits for running requests.
   *
   * @returns the requests that were cut, because they took longer than `patienceMs`
   */
  close(patienceMs: number): Promise<string[]>;
}

/** @throws the system's error for the port, such as EADDRINUSE */
export async function startHttpServer(
  app: (req: IncomingMessage, res: ServerResponse) => void,
  options: { port: number; host: string; log: Logger; limits?: Partial<typeof LIMITS> },
): Promise<HttpServer> {
  const { port, host, log, limits } = options;
  const server = createServer({ ...LIMITS, ...limits });
  /** The running requests, with their address: Express changes `req.url` on the way. */
  const running = new Map<ServerResponse, string>();
  const answerOf = new WeakMap<Duplex, ServerResponse>();
  const sockets = new Set<Socket>();
  let isDraining = false;

  const endConnection = (res: ServerResponse) => {
    if (!res.headersSent) res.setHeader('Connection', 'close');
  };
  const begin = (req: IncomingMessage, res: ServerResponse) => {
    running.set(res, req.url ?? '');
    answerOf.set(req.socket, res);
    res.once('close', () => running.delete(res));
    if (isDraining) endConnection(res);
  };
  const reject = (res: ServerResponse, code: UnreadableCode) => {
    const { status, headers, body } = unreadable(code, uuidv7());
    res.writeHead(status, headers).end(body);
  };
  server.on('request', (req, res) => {
    begin(req, res);
    if (req.httpVersion === '1.1' && req.headers.host === undefined) reject(res, 'malformed');
    else app(req, res);
  });
  server.on('checkExpectation', (req, res) => {
    begin(req, res);
    reject(res, 'expectation_failed');
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    refuse(socket, error, answerOf.get(socket), log);
  });

  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  const answering = () =>
    [...running].map(([{ req }, url]) => `${req.method} ${url.split('?')[0]}`);
  return {
    url: await listen(server, port, host),
    answering,
    drain() {
      isDraining = true;
      for (const res of running.keys()) endConnection(res);
    },
    async close(patienceMs) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // A connection that was busy becomes idle after its answer.
      const sweep = setInterval(() => server.closeIdleConnections(), 50);
      // A connection that was never used does not count as idle: browsers open such connections in
      // advance.
      const unused = setTimeout(() => {
        for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
      }, FIRST_BYTES_MS);
      let cut: string[] = [];
      const late = setTimeout(() => {
        cut = answering();
        server.closeAllConnections();
      }, patienceMs);
      await closed;
      clearInterval(sweep);
      clearTimeout(unused);
      clearTimeout(late);
      return cut;
    },
  };
}

/** Answers a request that Node.js could not read, or that did not arrive in time. */
function refuse(
  socket: Duplex,
  error: NodeJS.ErrnoException,
  answer: ServerResponse | undefined,
  log: Logger,
): void {
  const unfinished = answer?.writableFinished === false ? answer : undefined;
  // A second answer to one request would count as the answer to the next one of the connection.
  const isAnswered = answer?.writableFinished === true && !answer.req.complete;
  const hasBegun = unfinished?.headersSent === true;
  if (!socket.writable || error.code === 'ECONNRESET' || isAnswered || hasBegun) {
    socket.destroy();
    return;
  }
  const given = unfinished?.getHeader('X-Request-Id');
  const requestId = typeof given === 'string' ? given : uuidv7();
  const { status, reason, headers, body } = unreadable(codeOf(error), requestId);
  log.info({ reqId: requestId, status, reason: error.code }, 'a request was refused');
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${reason}\r\n${head.join('')}\r\n${body}`, () => socket.destroy());
}

function codeOf({ code }: NodeJS.ErrnoException): UnreadableCode {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return 'headers_too_large';
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return 'too_large';
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 'request_timeout';
    default:
      return 'malformed';
  }
}

function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address: AddressInfo | string | null = server.address();
      const actual = typeof address === 'object' && address !== null ? address.port : port;
      resolve(`http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${actual}`);
    });
  });
}
