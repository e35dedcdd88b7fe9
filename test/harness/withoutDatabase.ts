import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../api/app.ts';
import { createLogger } from '../../api/log.ts';
import type { Portal } from '../../api/portal.ts';

/** Serves the API without PostgreSQL: its document, its pages and `/livez` need none. */
export async function serveWithoutDatabase(): Promise<{ server: Server; url: string }> {
  const portal = { log: createLogger('silent'), config: { google: {}, n8n: {} } };
  const server = createServer(createApp(portal as unknown as Portal)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
