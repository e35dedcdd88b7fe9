import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What passed the meter. Calls for an access token are left out of `requests`. */
export interface Traffic {
  readonly requests: number;
  /** The parts of all batches: requests of `batchUpdate`, and ranges of `values:batchUpdate`. */
  readonly parts: number;
  /** Of bodies, both ways. */
  readonly bytes: number;
}

export interface Meter {
  readonly url: string;
  /** The traffic since the last call. */
  take(): Traffic;
  close(): void;
}

/** A way to the stand-in that counts what passes. */
export async function startMeter(target: string): Promise<Meter> {
  let requests = 0;
  let parts = 0;
  let bytes = 0;
  const { hostname, port } = new URL(target);
  const server = createServer((came, answer) => {
    if (came.url !== '/token') requests += 1;
    const { method, headers, url: path } = came;
    const onward = send(
      { hostname, port, path, method, headers: { ...headers, host: `${hostname}:${port}` } },
      (answered) => {
        answer.writeHead(answered.statusCode ?? 502, answered.headers);
        answered.on('data', (chunk: Buffer) => (bytes += chunk.length));
        answered.pipe(answer);
      },
    );
    onward.on('error', () => answer.destroy());
    const chunks: Buffer[] = [];
    came.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      chunks.push(chunk);
    });
    came.on('end', () => {
      if (path?.includes(':batchUpdate')) parts += partsOf(Buffer.concat(chunks).toString());
    });
    came.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('Not listening.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    take: () => {
      const taken = { requests, parts, bytes };
      requests = 0;
      parts = 0;
      bytes = 0;
      return taken;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @param body of `spreadsheets.batchUpdate` or `values:batchUpdate` */
function partsOf(body: string): number {
  const { requests = [], data = [] } = JSON.parse(body) as {
    requests?: unknown[];
    data?: unknown[];
  };
  return requests.length + data.length;
}
