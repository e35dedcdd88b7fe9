import { connect, type Socket } from 'node:net';

/** One request, as bytes. */
export interface Request {
  readonly bytes: Buffer;
}

export interface Answered {
  readonly status: number;
  readonly body: Buffer;
}

/** @param path with its query; a body is sent as JSON */
export function requestOf(
  method: 'GET' | 'POST',
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: unknown,
): Request {
  const text = body === undefined ? '' : JSON.stringify(body);
  const all = {
    Host: '127.0.0.1',
    ...headers,
    ...(body === undefined
      ? {}
      : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)) }),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return { bytes: Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${text}`) };
}

const HEADERS_END = Buffer.from('\r\n\r\n');

/**
 * A keep-alive connection that sends one request after the other. It reads only
 * the status and the Content-Length of an answer's head, so that the client takes little of the machine.
 */
export class Connection {
  readonly #socket: Socket;
  #received: Buffer[] = [];
  #missing = 0;
  #status = 0;
  #settle: { resolve: (answer: Answered) => void; reject: (error: Error) => void } | undefined;

  constructor(url: string) {
    this.#socket = connect(Number(new URL(url).port), '127.0.0.1').setNoDelay();
    this.#socket.on('data', (chunk) => this.#onData(chunk));
    this.#socket.on('error', (error) => this.#settle?.reject(error));
    this.#socket.on('close', () => this.#settle?.reject(new Error('The connection ended.')));
  }

  send({ bytes }: Request): Promise<Answered> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) reject(new Error('The connection has ended.'));
      this.#settle = { resolve, reject };
      this.#socket.write(bytes);
    });
  }

  close(): void {
    this.#settle = undefined;
    this.#socket.destroy();
  }

  #onData(chunk: Buffer): void {
    if (this.#missing > 0) {
      this.#received.push(chunk);
      this.#missing -= chunk.length;
    } else {
      const whole = Buffer.concat([...this.#received, chunk]);
      const end = whole.indexOf(HEADERS_END);
      if (end < 0) {
        this.#received = [whole];
        return;
      }
      const head = whole.toString('latin1', 0, end);
      this.#status = Number(head.slice(9, 12));
      const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
      if (length === undefined) throw new Error(`An answer has no Content-Length: ${head}`);
      const body = whole.subarray(end + HEADERS_END.length);
      this.#received = [body];
      this.#missing = Number(length) - body.length;
    }
    if (this.#missing > 0) return;
    const body = Buffer.concat(this.#received);
    this.#received = [];
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.resolve({ status: this.#status, body });
  }
}

/** Gives the next request. */
export type Next = () => Request;

/** How many requests were answered in a time, and how long each of them took, in ms. */
export interface Outcome {
  readonly count: number;
  readonly seconds: number;
  readonly latencies: readonly number[];
}

function requireSuccess({ status, body }: Answered): void {
  if (status >= 300) throw new Error(`A request was answered ${status}: ${body.toString()}`);
}

/**
 * Sends as many requests as the server answers, on so many connections: for so long, and at least so many,
 * so that a round on a busy machine is not too short.
 */
export async function sendAtMost(
  url: string,
  next: Next,
  options: { connections: number; ms: number; atLeast: number },
): Promise<Outcome> {
  const latencies: number[] = [];
  const start = performance.now();
  await Promise.all(
    Array.from({ length: options.connections }, async () => {
      const connection = new Connection(url);
      while (performance.now() - start < options.ms || latencies.length < options.atLeast) {
        const sentAt = performance.now();
        requireSuccess(await connection.send(next()));
        latencies.push(performance.now() - sentAt);
      }
      connection.close();
    }),
  );
  return { count: latencies.length, seconds: (performance.now() - start) / 1_000, latencies };
}

/**
 * Sends so many requests a second, whether or not the earlier ones are answered. The time of a request
 * begins when it was due, so a server that stalls delays all requests of its pause.
 */
export async function sendAtRate(
  url: string,
  next: Next,
  options: { connections: number; ms: number; perSecond: number },
): Promise<Outcome> {
  const idle = Array.from({ length: options.connections }, () => new Connection(url));
  const all = [...idle];
  const latencies: number[] = [];
  const waiting: number[] = [];
  const underWay = new Set<Promise<void>>();
  const begin = (connection: Connection, dueAt: number) => {
    const work = connection.send(next()).then((answer) => {
      requireSuccess(answer);
      latencies.push(performance.now() - dueAt);
      const waits = waiting.shift();
      if (waits === undefined) idle.push(connection);
      else begin(connection, waits);
    });
    const done = work.finally(() => underWay.delete(done));
    underWay.add(done);
  };
  const start = performance.now();
  let sent = 0;
  for (let now = start; now - start < options.ms; now = performance.now()) {
    for (; sent < ((now - start) / 1_000) * options.perSecond; sent += 1) {
      const dueAt = start + (sent / options.perSecond) * 1_000;
      const connection = idle.pop();
      if (connection === undefined) waiting.push(dueAt);
      else begin(connection, dueAt);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const seconds = (performance.now() - start) / 1_000;
  while (underWay.size > 0) await Promise.all(underWay);
  for (const connection of all) connection.close();
  return { count: latencies.length, seconds, latencies };
}
