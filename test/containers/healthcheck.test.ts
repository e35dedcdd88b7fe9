import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';

const server = createServer();
afterEach(() => {
  server.removeAllListeners('request');
  server.close();
});

async function listen(status: number): Promise<string> {
  server.on('request', (_req, res) => res.writeHead(status, { location: '/' }).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/readyz`;
}

const check = (url: string) =>
  new Promise<number | null>((done) => {
    const child = execFile(process.execPath, ['docker/healthcheck.mjs', url], () => {
      done(child.exitCode);
    });
  });

describe('docker/healthcheck.mjs', () => {
  it.each([
    [200, 0],
    [503, 1],
    [302, 1],
    [404, 1],
  ])('answers a status of %i with exit code %i', async (status, code) => {
    expect(await check(await listen(status))).toBe(code);
  });

  it('answers exit code 1 if nothing listens', async () => {
    expect(await check('http://127.0.0.1:1/readyz')).toBe(1);
  });
});
