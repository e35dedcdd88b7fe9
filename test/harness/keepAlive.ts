import { Agent, request } from 'node:http';

export interface KeptAnswer {
  readonly status: number;
  /** Whether the server announced that it ends the connection after this answer. */
  readonly ends: boolean;
  readonly body: string;
}

/**
 * A client that keeps its connections, as a load balancer does. It gives an error of a connection to its
 * caller, and sends nothing twice.
 */
export function keepAliveClient() {
  const agent = new Agent({ keepAlive: true });
  const send = (
    url: string,
    method: string,
    path: string,
    { headers = {}, body }: { headers?: Record<string, string>; body?: string } = {},
  ) =>
    new Promise<KeptAnswer>((resolve, reject) => {
      const req = request(`${url}${path}`, { method, agent, headers }, (res) => {
        let text = '';
        res.setEncoding('utf8');
        res.on('data', (chunk: string) => (text += chunk));
        res.on('error', reject);
        res.on('end', () =>
          resolve({
            status: res.statusCode ?? 0,
            ends: res.headers.connection === 'close',
            body: text,
          }),
        );
      });
      req.on('error', reject);
      req.end(body);
    });
  return { send, close: () => agent.destroy() };
}
