import { connect } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  SERVICE_KEY,
  someMaterial,
  startHarness,
  until,
  type Harness,
} from '../../test/harness/portal.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const BOMB = Buffer.from(JSON.stringify(someMaterial({ description: ' '.repeat(50_000_000) })));

/** Sends bytes, which `harness.request` has no way to. */
async function post(bytes: Buffer, headers: Record<string, string>) {
  const response = await fetch(`${harness.portal.url}/api/materials`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${SERVICE_KEY}`,
      'Content-Type': 'application/json',
      ...headers,
    },
    body: new Uint8Array(bytes),
  });
  const answer: unknown = await response.json();
  return { status: response.status, body: answer };
}

describe('A body that grows', () => {
  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
    ['GZIP', gzipSync],
    ['gzip, gzip', (bytes) => gzipSync(gzipSync(bytes))],
  ])('refuses a compressed body with 415 and never unpacks it: %s', async (encoding, pack) => {
    expect(await post(pack(BOMB), { 'Content-Encoding': encoding })).toMatchObject({
      status: 415,
      body: { type: '/problems/unsupported-media-type' },
    });
  });

  it('refuses a compressed body without Content-Encoding as no JSON', async () => {
    expect(await post(gzipSync(BOMB), {})).toMatchObject({ status: 400 });
  });

  it.each([
    ['5,000 keys of a material', () => someMaterial(keys(5_000)), 422],
    ['5,000 keys of metadata', () => someMaterial({ metadata: keys(5_000) }), 422],
    ['5,000 keys that have one hash in old engines', () => someMaterial(colliding(5_000)), 422],
    ['60,000 values', () => someMaterial({ x: Array.from({ length: 60_000 }, () => 0) }), 413],
    ['33 levels', () => deep(33), 400],
  ])('refuses a body that grows with a small answer: %s', async (_, body, status) => {
    const answer = await post(Buffer.from(JSON.stringify(body())), {});
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body).length).toBeLessThan(10_000);
  });

  it.each([
    ['5,000 parameters', Array.from({ length: 900 }, (_, n) => `k${n}=1`).join('&')],
    ['one parameter 1,500 times', Array.from({ length: 1_500 }, () => 'limit=1').join('&')],
    ['brackets in brackets', `a${'[b]'.repeat(2_000)}=1`],
    ['an index of a billion', 'limit[1000000000]=1'],
  ])('answers a query that grows: %s', async (_, query) => {
    const path = `/api/materials?${query}`;
    const { status } = await harness.request('GET', path, { token: SERVICE_KEY });
    expect([200, 422]).toContain(status);
  });
});

it('answers other requests while 50 bodies arrive drop by drop', async () => {
  const { port } = new URL(harness.portal.url);
  const sockets = Array.from({ length: 50 }, () => connect(Number(port), '127.0.0.1'));
  for (const socket of sockets) {
    socket.on('error', () => undefined);
    socket.write(
      `POST /api/materials HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${SERVICE_KEY}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{',
    );
  }
  await until(() => sockets.every(({ bytesWritten }) => bytesWritten > 100));
  for (let n = 0; n < 10; n += 1) {
    for (const socket of sockets) socket.write(' ');
    await harness.add();
  }
  for (const socket of sockets) socket.destroy();
});

const keys = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, 'x']));

/**
 * Names with one and the same hash in simple hash functions (h * 31 + c). `Aa` and `BB` have one hash, and
 * so have words made of them.
 */
function colliding(count: number): Record<string, number> {
  const name = (n: number) =>
    Array.from({ length: 14 }, (_, bit) => ((n >> bit) & 1 ? 'Aa' : 'BB')).join('');
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [name(n), n]));
}

function deep(levels: number): object {
  return Array.from({ length: levels }).reduce<object>((inner) => ({ inner }), {});
}
