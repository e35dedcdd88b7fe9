import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { portalEventSchema, type PortalEvent } from '../../core/index.ts';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The body byte for byte. */
  readonly body: string;
  readonly event: PortalEvent;
}

/** What plays n8n: a real HTTP server that keeps what is posted to it. */
export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** How the next posts are answered; 202 at first. */
  answer: (res: ServerResponse, received: Received) => void | Promise<void>;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const receiver: { -readonly [Key in keyof Receiver]: Receiver[Key] } = {
    url: '',
    received,
    answer: (res) => void res.writeHead(202).end('{}'),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const event = portalEventSchema.parse(JSON.parse(body));
      const one = { path: req.url ?? '', headers: req.headers, body, event };
      received.push(one);
      void receiver.answer(res, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  receiver.url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return receiver;
}
