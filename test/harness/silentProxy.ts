import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * A TCP proxy before PostgreSQL. Its connections can die silently, as when a firewall forgets them: nothing
 * arrives on either side any more, and neither side notices.
 */
export async function startSilentProxy(databaseUrl: string) {
  const target = new URL(databaseUrl);
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    const pair = [near, far] as const;
    pairs.add(pair);
    near.pipe(far);
    far.pipe(near);
    for (const [socket, opposite] of [pair, [far, near] as const]) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        pairs.delete(pair);
        opposite.destroy();
      });
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address: AddressInfo | string | null = server.address();
  const url = new URL(databaseUrl);
  url.port = String(typeof address === 'object' && address !== null ? address.port : 0);
  const silent: Socket[] = [];
  return {
    url: url.href,
    /** Every connection that is open now says nothing more. New ones work. */
    silence() {
      for (const [near, far] of pairs) {
        silent.push(near, far);
        near.unpipe(far).pause().removeAllListeners('close');
        far.unpipe(near).pause().removeAllListeners('close');
      }
      pairs.clear();
    },
    close() {
      for (const socket of [...silent, ...[...pairs].flat()]) socket.destroy();
      server.close();
    },
  };
}
