import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Meter {
  readonly url: string;
  /** Requests and bytes of bodies, both ways, since the last call; the calls for a token apart. */
  take(): { requests: number; bytes: number };
  close(): void;
}

/** A way to the stand-in that counts what passes. */
export async function startMeter(target: string): Promise<Meter> {
  let requests = 0;
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
    came.on('data', (chunk: Buffer) => (bytes += chunk.length));
    came.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('Not listening.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    take: () => {
      const taken = { requests, bytes };
      requests = 0;
      bytes = 0;
      return taken;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
