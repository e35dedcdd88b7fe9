import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createApp } from '../app.ts';
import { partsWithoutDatabase } from '../../test/harness/withoutDatabase.ts';

let isOverloaded = false;
let server: Server;
let port: number;
beforeAll(async () => {
  const load = { isOverloaded: () => isOverloaded };
  server = createServer(createApp({ ...partsWithoutDatabase(), load })).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.close();
});

const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);

it('answers 503 with Retry-After while the instance is overloaded, and as before afterwards', async () => {
  isOverloaded = true;
  const answer = await get('/api/openapi.json');
  expect(answer.status).toBe(503);
  expect(answer.headers.get('Retry-After')).toBe('5');
  expect(answer.headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
  expect(await answer.json()).toMatchObject({
    type: '/problems/overloaded',
    requestId: answer.headers.get('X-Request-Id'),
  });
  isOverloaded = false;
  expect((await get('/api/openapi.json')).status).toBe(200);
});

it('still answers livez while the instance is overloaded', async () => {
  isOverloaded = true;
  expect([(await get('/livez')).status, (await get('/problems/gone')).status]).toEqual([200, 503]);
});

it('answers 503 before the body has arrived', async () => {
  isOverloaded = true;
  const socket = connect(port, '127.0.0.1');
  socket.write('POST /api/auth/refresh HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n');
  const answer = text(socket);
  await new Promise((resolve) => socket.once('data', resolve));
  socket.end();
  expect(await answer).toMatch(/^HTTP\/1\.1 503 /);
});
