import { createServer, connect, type AddressInfo } from 'node:net';

/** Counts what passes between a process and a server: bytes on the wire, in both directions. */
export interface Meter {
  readonly url: string;
  bytes(): number;
  close(): void;
}

export async function startMeter(target: string): Promise<Meter> {
  const { hostname, port } = new URL(target);
  let bytes = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      socket.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      socket.on('error', () => undefined);
    }
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    bytes: () => bytes,
    close: () => server.close(),
  };
}
