import { Agent, request, type IncomingHttpHeaders } from 'node:http';

/** Far longer than any answer takes: no answer at all is a failure. */
const PATIENCE_MS = 60_000;

export interface Sent {
  readonly url: string;
  readonly method: string;
  /** With the query, as it is on the wire. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Of a stream only the beginning. */
  readonly text: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 4 });

/** Sends a request byte for byte: `fetch` would correct it. */
export function send(sent: Sent, isSecondTry = false): Promise<Received> {
  const { url, method, target, body } = sent;
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const headers = Object.entries(sent.headers).map(([name, value]) => [name, writable(value)]);
    if (body !== null) headers.push(['Content-Length', String(Buffer.byteLength(body))]);
    const req = request({
      agent,
      hostname,
      port,
      method,
      path: target,
      timeout: PATIENCE_MS,
      headers: Object.fromEntries(headers) as Record<string, string>,
    });
    req.on('timeout', () => req.destroy(new Error('There was no answer.')));
    req.on('error', (error: NodeJS.ErrnoException) => {
      // The API may close a connection that it does not need any more.
      if (!isSecondTry && req.reusedSocket && /ECONNRESET|EPIPE/.test(error.code ?? '')) {
        resolve(send(sent, true));
      } else reject(error);
    });
    req.on('response', (res) => {
      const { statusCode: status = 0, headers: received } = res;
      const isStream = received['content-type']?.startsWith('text/event-stream') === true;
      let text = '';
      res.setEncoding('utf8');
      res.on('data', (piece: string) => {
        text += piece;
        if (isStream) res.destroy();
      });
      res.on('error', () => undefined);
      res.on('close', () => resolve({ status, headers: received, text }));
    });
    req.end(body ?? undefined);
  });
}

/** A header's value without the characters that HTTP has no way to write. */
function writable(text: string): string {
  return text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?');
}
