import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { REQUEST_LIMITS } from '../../api/db/connect.ts';
import type { ApiProcess } from '../harness/apiProcess.ts';

/** A request ends after `connectMs + answerMs` at the latest; the rest is for a busy machine. */
const PATIENCE_MS = REQUEST_LIMITS.connectMs + REQUEST_LIMITS.answerMs + 5_000;

/** How long a client reads a stream, in milliseconds. */
const STREAM_MS = 10_000;

/** One instance of the API, with the connections that a load balancer keeps to it. */
export interface Instance {
  readonly api: ApiProcess;
  readonly agent: Agent;
  /** It was killed, so its connections break. */
  isKilled: boolean;
}

export interface LoadRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Of a stream the part that arrived. */
  readonly text: string;
}

/**
 * Sends a request once. Unlike `fetch`, it never sends a request again by itself.
 *
 * @throws Error if the connection breaks, or no answer comes in time
 */
export function send({ api, agent }: Instance, asked: LoadRequest): Promise<Answer> {
  const { method, path, headers = {}, body } = asked;
  return new Promise((resolve, reject) => {
    const req = request(`${api.url}${path}`, { method, agent, headers }, (res) => {
      const { statusCode: status = 0, headers } = res;
      const isStream = headers['content-type']?.startsWith('text/event-stream') === true;
      if (isStream) {
        clearTimeout(late);
        setTimeout(() => res.destroy(), STREAM_MS).unref();
      }
      let text = '';
      res.setEncoding('utf8');
      res.on('data', (piece: string) => (text += piece));
      // A stream may end at any point: its client connects again.
      res.on('error', (error) => (isStream ? undefined : reject(error)));
      res.on('close', () => resolve({ status, headers, text }));
    });
    const late = setTimeout(
      () => req.destroy(new Error(`no answer within ${PATIENCE_MS} ms`)),
      PATIENCE_MS,
    );
    req.on('error', reject);
    req.on('close', () => clearTimeout(late));
    req.end(body);
  });
}
