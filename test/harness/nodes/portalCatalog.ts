import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { IDataObject, INodeParameters, OnError } from 'n8n-workflow';
import { SERVICE_KEY, startHarness } from '../portal.ts';
import { runNode, type NodeRun } from './engine/run.ts';

/** The API on a PostgreSQL, and Materi Catalog connected to it in n8n's engine, through a proxy. */
export async function startPortalCatalog() {
  const harness = await startHarness();
  const proxy = await startProxy(harness.portal.url);
  const credential = {
    baseUrl: proxy.url,
    apiKey: SERVICE_KEY,
    secretToN8n: '',
    secretFromN8n: '',
  };
  const credentials = { materiPortalApi: credential };
  let executions = 4_000;

  /** Runs an operation in a new execution, unless one is given. */
  const run = async (
    operation: string,
    parameters: INodeParameters = {},
    items: readonly IDataObject[] = [{}],
    { onError, executionId }: { onError?: OnError; executionId?: string } = {},
  ): Promise<NodeRun> => {
    executions += 1;
    return await runNode(
      'materiCatalog',
      { resource: 'material', connectTo: 'portal', operation, ...parameters },
      items,
      { credentials, executionId: executionId ?? String(executions) },
      onError === undefined ? {} : { onError },
    );
  };

  return {
    harness,
    run,
    proxy,
    credentials,
    async stop() {
      await proxy.stop();
      await harness.stop();
    },
  };
}

export type PortalCatalog = Awaited<ReturnType<typeof startPortalCatalog>>;

/** Passes requests on, and keeps their method and path. It can lose the answer to the next one. */
async function startProxy(target: string) {
  const seen: string[] = [];
  const losing = { next: false };
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/' } = request;
    seen.push(`${method} ${url.replace(/\?.*/, '')}`);
    const body = await buffer(request);
    const headers = Object.entries(request.headers).flatMap(([name, value]) =>
      ['authorization', 'content-type', 'idempotency-key'].includes(name)
        ? [[name, String(value)] as [string, string]]
        : [],
    );
    const answer = await fetch(target + url, {
      method,
      headers,
      ...(body.length === 0 ? {} : { body }),
    });
    const text = await answer.text();
    if (losing.next) {
      losing.next = false;
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'application/json',
    });
    response.end(text);
  };
  const server = createServer((request, response) => {
    pass(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    /** The requests since the last call. */
    taken: () => seen.splice(0),
    loseNextAnswer: () => {
      losing.next = true;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
