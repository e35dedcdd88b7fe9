import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * `mute`: takes requests and never answers. `drips`: answers a GET byte by byte, for ever.
 * `breaks off`: cuts the connection in the middle of an upload of catalog.json.
 */
export type S3Fault = 'none' | 'mute' | 'drips' | 'breaks off';

export interface S3StandIn {
  readonly url: string;
  /** Objects by `bucket/key`. */
  readonly objects: Map<string, Buffer>;
  /** What was asked for, as `PUT /bucket/key`. */
  readonly requests: string[];
  /** How it fails, from now on. */
  fault: S3Fault;
  close(): Promise<void>;
}

/** Fewer than S3's 1,000, so that a list of a few sets has several pages. */
const PAGE = 4;

/**
 * What a backup uses of S3, path style: PutObject, GetObject, ListObjectsV2 with pages, DeleteObject.
 * A request without a signature is refused; signatures are not verified.
 */
export async function startS3(): Promise<S3StandIn> {
  const objects = new Map<string, Buffer>();
  const requests: string[] = [];
  const standIn = { fault: 'none' as S3Fault };
  const server = createServer((request, response) => {
    if (!isSpoiled(standIn.fault, request, response)) {
      void answer(request, response, objects, requests);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(standIn, {
    url: `http://127.0.0.1:${port}`,
    objects,
    requests,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

/** Whether the fault took the request, which is then never answered as S3 would. */
function isSpoiled(fault: S3Fault, request: IncomingMessage, response: ServerResponse): boolean {
  const { method, url = '' } = request;
  if (fault === 'mute') return true;
  if (fault === 'breaks off' && method === 'PUT' && url.includes('catalog.json')) {
    request.once('data', () => request.destroy());
    return true;
  }
  if (fault === 'drips' && method === 'GET' && !url.includes('list-type')) {
    response.writeHead(200, { 'content-length': '1000000' });
    const drip = setInterval(() => response.write('x'), 20);
    response.once('close', () => clearInterval(drip));
    return true;
  }
  return false;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  objects: Map<string, Buffer>,
  requests: string[],
): Promise<void> {
  const url = new URL(request.url ?? '', 'http://s3');
  const path = decodeURIComponent(url.pathname).slice(1);
  requests.push(`${request.method} ${path}`);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const send = (status: number, body: string | Buffer = '') => {
    response.writeHead(status, { 'content-type': 'application/xml' });
    response.end(body);
  };
  const refuse = (status: number, code: string) =>
    send(
      status,
      `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
    );

  if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=')) {
    refuse(403, 'AccessDenied');
  } else if (url.searchParams.get('list-type') === '2') {
    send(200, listing(path.replace(/\/$/, ''), url.searchParams, objects));
  } else if (request.method === 'PUT') {
    objects.set(path, Buffer.concat(chunks));
    send(200);
  } else if (request.method === 'GET') {
    const found = objects.get(path);
    if (found === undefined) refuse(404, 'NoSuchKey');
    else send(200, found);
  } else if (request.method === 'DELETE') {
    objects.delete(path);
    send(204);
  } else refuse(405, 'MethodNotAllowed');
}

function listing(bucket: string, query: URLSearchParams, objects: Map<string, Buffer>): string {
  const prefix = query.get('prefix') ?? '';
  const after = query.get('continuation-token') ?? '';
  const keys = [...objects.keys()]
    .filter((path) => path.startsWith(`${bucket}/${prefix}`))
    .map((path) => path.slice(bucket.length + 1))
    .filter((key) => key > after)
    .sort();
  const page = keys.slice(0, PAGE);
  const isCut = keys.length > PAGE;
  const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
  const next = `<NextContinuationToken>${page.at(-1) ?? ''}</NextContinuationToken>`;
  return (
    `<?xml version="1.0"?><ListBucketResult><Name>${bucket}</Name>${contents}` +
    `<IsTruncated>${isCut}</IsTruncated>${isCut ? next : ''}</ListBucketResult>`
  );
}
