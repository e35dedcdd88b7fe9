import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import express from 'express';
import pino from 'pino';
import { until } from '../../test/harness/portal.ts';
import { accessLog } from './accessLog.ts';

it('logs a request whose client has gone as aborted, and not with a status that nobody got', async () => {
  const lines: Array<Record<string, unknown>> = [];
  const write = (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>);
  const app = express();
  app.use(accessLog(pino({}, { write })));
  let arrived = false;
  app.get('/waits', () => (arrived = true));
  const server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.write('GET /waits HTTP/1.1\r\nHost: x\r\n\r\n');
  await until(() => arrived);
  client.destroy();
  await until(() => lines.length > 0);
  server.close();
  expect(lines).toMatchObject([{ msg: 'request aborted', res: { status: null } }]);
});
