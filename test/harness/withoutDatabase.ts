import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../api/app.ts';
import { createLogger } from '../../api/log.ts';
import type { Portal } from '../../api/portal.ts';

/** The parts of a portal that its document, its pages and `/livez` need. */
export function partsWithoutDatabase(): Portal {
  const rateLimits = { user: 0, service: 0, address: 0, signIn: 0 };
  const parts = {
    log: createLogger('silent'),
    config: { google: {}, n8n: {}, rateLimits, openJobsPerUser: 0, trustProxy: 0 },
    load: { isOverloaded: () => false },
    metrics: { request: () => undefined, posted: () => undefined },
    tracer: null,
  };
  return parts as unknown as Portal;
}

/** Serves the API without PostgreSQL. */
export async function serveWithoutDatabase(): Promise<{ server: Server; url: string }> {
  const server = createServer(createApp(partsWithoutDatabase())).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
