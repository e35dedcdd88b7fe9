import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { jobEventSchema, verify, type JobEvent } from '../../../../core/index.ts';

export const API_KEY = 'test-service-key';
export const TO_N8N = secret('from the portal to n8n, for tests');
export const FROM_N8N = secret('from n8n to the portal, for tests');

export function secret(seed: string): string {
  return `whsec_${Buffer.from(seed).toString('base64')}`;
}

export interface Answer {
  readonly status: number;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Answers nothing, and closes the connection. */
  readonly drop?: boolean;
}

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly search: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A callback that came with a signature that holds. */
export interface Reported {
  readonly webhookId: string;
  readonly body: string;
  readonly event: JobEvent;
}

/**
 * A portal for the nodes' tests, over HTTP. It checks the service key and the signatures (with core), keeps
 * each request, and gives the answer that the test chose.
 */
export class TestPortal {
  readonly seen: Seen[] = [];
  readonly reports: Reported[] = [];
  /** Callbacks with a wrong signature. */
  readonly unsigned: string[] = [];
  /** What is answered next, before `answer` is asked. */
  readonly next: Answer[] = [];
  answer: (request: Seen) => Answer = () => ({ status: 200, body: {} });

  readonly #server = createServer((request, response) => {
    void this.#receive(request).then(({ status, body, headers, drop }) => {
      if (drop === true) return request.socket.destroy();
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      return response.end(body === undefined ? undefined : JSON.stringify(body));
    });
  });

  static async start(): Promise<TestPortal> {
    const portal = new TestPortal();
    await new Promise<void>((resolve) => {
      portal.#server.listen(0, '127.0.0.1', resolve);
    });
    return portal;
  }

  get url(): string {
    const address: AddressInfo | string | null = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('Not listening.');
    return `http://127.0.0.1:${address.port}`;
  }

  get credential(): ICredentialDataDecryptedObject {
    return { baseUrl: this.url, apiKey: API_KEY, secretToN8n: TO_N8N, secretFromN8n: FROM_N8N };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  async #receive(request: IncomingMessage): Promise<Answer> {
    const body = await text(request);
    const url = new URL(request.url ?? '/', 'http://portal');
    const seen = {
      method: request.method ?? '',
      path: url.pathname,
      search: url.search,
      headers: request.headers,
      body,
    };
    this.seen.push(seen);
    if (request.headers.authorization !== `Bearer ${API_KEY}`) {
      return { status: 401, body: { title: 'Not signed in', status: 401 } };
    }
    if (seen.path === '/api/webhook/n8n') {
      try {
        const now = Math.floor(Date.now() / 1_000);
        const webhookId = verify([FROM_N8N], { headers: request.headers, body, now });
        this.reports.push({ webhookId, body, event: jobEventSchema.parse(JSON.parse(body)) });
      } catch (error) {
        this.unsigned.push(String(error));
        return { status: 401, body: { title: 'The request is not signed', status: 401 } };
      }
    }
    return this.next.shift() ?? this.answer(seen);
  }
}
