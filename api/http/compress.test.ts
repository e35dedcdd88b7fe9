import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startIssuer, type Issuer } from '../../test/harness/issuer.ts';
import {
  SERVICE_KEY,
  startHarness,
  someMaterial,
  type Harness,
} from '../../test/harness/portal.ts';

let issuer: Issuer;
let harness: Harness;
/** The address of a material with a long description. */
let long: string;
beforeAll(async () => {
  issuer = await startIssuer();
  harness = await startHarness({ google: { rootUrl: issuer.url } });
  const { material } = await harness.add(SERVICE_KEY, { description: 'Daun hijau. '.repeat(500) });
  for (let count = 0; count < 3; count += 1) await harness.add();
  long = `/api/materials/${material.id}`;
});
afterAll(async () => {
  await harness.stop();
  await issuer.close();
});

/** fetch would decompress. */
function ask(method: string, path: string, headers: Record<string, string> = {}, body?: object) {
  const { hostname, port } = new URL(harness.portal.url);
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; bytes: Buffer }>(
    (resolve, reject) => {
      const asked = request(
        {
          hostname,
          port,
          method,
          path,
          headers: {
            Authorization: `Bearer ${SERVICE_KEY}`,
            ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
            ...headers,
          },
        },
        (res) => {
          const { statusCode: status = 0 } = res;
          buffer(res).then((bytes) => resolve({ status, headers: res.headers, bytes }), reject);
        },
      );
      asked.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
    },
  );
}

describe('An answer', () => {
  it.each([
    ['a material of 6 KB', () => long, 'gzip', 'gzip'],
    ['a material of 6 KB', () => long, 'gzip, deflate, br', 'br'],
    ['a material of 6 KB', () => long, 'identity', undefined],
    ['a material of 6 KB', () => long, 'gzip;q=0', undefined],
    ['a list', () => '/api/materials', 'gzip', 'gzip'],
    ['the OpenAPI document', () => '/api/openapi.json', 'gzip', 'gzip'],
    ['a script of the page', () => '/api/docs/swagger-ui-bundle.js', 'gzip', 'gzip'],
    ['an answer of less than 1 kB', () => '/api/catalog/none', 'gzip', undefined],
    ['livez', () => '/livez', 'gzip', undefined],
  ])('%s: %s', async (_name, path, accepted, coding) => {
    const { headers } = await ask('GET', path(), { 'Accept-Encoding': accepted });
    expect(headers['content-encoding']).toBe(coding);
    expect(headers['vary']).toContain('Accept-Encoding');
  });

  it.each([
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
  ])(
    'gives an answer in %s the same body and ETag as without compression',
    async (coding, decompress) => {
      const [plain, packed] = [
        await ask('GET', long),
        await ask('GET', long, { 'Accept-Encoding': coding }),
      ];
      expect(decompress(packed.bytes).equals(plain.bytes)).toBe(true);
      expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 5);
      expect(packed.headers['etag']).toBe(plain.headers['etag']);
      expect(packed.headers['content-length']).toBe(String(packed.bytes.length));
      expect(plain.headers['content-length']).toBe(String(plain.bytes.length));
    },
  );

  it('answers 304 without a change, also for an answer that would be compressed', async () => {
    const { headers } = await ask('GET', long, { 'Accept-Encoding': 'gzip' });
    const again = await ask('GET', long, {
      'Accept-Encoding': 'gzip',
      'If-None-Match': String(headers['etag']),
    });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
    expect(again.headers['content-encoding']).toBeUndefined();
  });

  it('changes a material with the ETag of a compressed answer', async () => {
    const { material } = await harness.add(SERVICE_KEY, { description: 'Akar. '.repeat(500) });
    const path = `/api/materials/${material.id}`;
    const { headers } = await ask('GET', path, { 'Accept-Encoding': 'gzip' });
    const changed = await ask('PUT', path, { 'If-Match': String(headers['etag']) }, someMaterial());
    expect(changed.status).toBe(200);
  });

  it('answers HEAD without a body, with the headers of GET and no wrong length', async () => {
    for (const accepted of ['identity', 'gzip']) {
      const head = await ask('HEAD', long, { 'Accept-Encoding': accepted });
      const get = await ask('GET', long, { 'Accept-Encoding': accepted });
      expect([head.status, head.bytes.length]).toEqual([200, 0]);
      expect([undefined, get.headers['content-length']]).toContain(head.headers['content-length']);
      for (const name of ['etag', 'content-type', 'vary', 'cache-control']) {
        expect(head.headers[name]).toBe(get.headers[name]);
      }
    }
  });
});

describe('Answers that are never compressed', () => {
  it('never compresses a session, and forbids it to proxies', async () => {
    const headers = { 'Accept-Encoding': 'gzip, br' };
    // The picture makes the answer longer than 1 kB.
    const picture = `https://lh3.googleusercontent.com/${'a'.repeat(1_500)}`;
    const idToken = issuer.token({ picture });
    const session = await ask('POST', '/api/auth/google', headers, { idToken });
    expect(session.status).toBe(200);
    expect(session.bytes.length).toBeGreaterThan(1_024);
    expect(session.headers['content-encoding']).toBeUndefined();
    expect(session.headers['cache-control']).toBe('no-store, no-transform');
  });

  it('never compresses a stream of events', async () => {
    const { job } = await harness.add(SERVICE_KEY);
    const aborted = new AbortController();
    const answer = await fetch(`${harness.portal.url}/api/jobs/${job.id}/events`, {
      headers: { Authorization: `Bearer ${SERVICE_KEY}`, 'Accept-Encoding': 'gzip, br' },
      signal: aborted.signal,
    });
    expect(answer.headers.get('Content-Encoding')).toBeNull();
    expect(answer.headers.get('Cache-Control')).toBe('no-store, no-transform');
    const first = await answer.body?.getReader().read();
    expect(Buffer.from(first?.value ?? []).toString('utf8')).toMatch(/^id: /);
    aborted.abort();
  });
});
