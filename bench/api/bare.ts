/**
 * The server that the others are compared with: node:http alone. It reads the request's body and answers
 * each path with the bytes that the API answered there, which it gets as a message from its parent.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod/v4';

const answersSchema = z.record(z.string(), z.string());

process.once('message', (message) => {
  const given = Object.entries(answersSchema.parse(message));
  const answers = new Map(given.map(([start, text]) => [start, Buffer.from(text)]));
  const server = createServer((req, res) => {
    const { method = '', url = '' } = req;
    const start = [...answers.keys()].find((one) => `${method} ${url}`.startsWith(one)) ?? '';
    const body = answers.get(start) ?? Buffer.alloc(0);
    req.resume().once('end', () => {
      res.writeHead(method === 'POST' ? 201 : 200, {
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Length': body.length,
      });
      res.end(body);
    });
  });
  server.listen(0, '127.0.0.1', () => {
    process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
});
