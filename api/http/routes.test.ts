import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import { z } from 'zod/v4';
import { mount, route, type Answer } from './route.ts';

const refused = () => {
  throw new Error('No route of these tests asks for a caller.');
};
const authentication = {
  readCaller: refused,
  requireSignature: refused,
  requireOperator: refused,
};
const responses = { 200: z.strictObject({ count: z.int() }), 204: null };

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

/** The status of a route's answer, and the error if there is one. */
async function ask(answer: Answer & { body?: string }, checksAnswers: boolean) {
  let error: unknown = null;
  const one = route(
    { name: 'getOne', summary: 'One.', method: 'GET', path: '/one', caller: 'anyone', responses },
    () => answer,
  );
  const app = express().use(mount([one], authentication, checksAnswers));
  app.use((thrown: unknown, _req: unknown, res: express.Response, next: express.NextFunction) => {
    error = thrown;
    if (res.headersSent) next(thrown);
    else res.status(500).end();
  });
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server?.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const { status } = await fetch(`http://127.0.0.1:${port}/one`);
  return { status, error: error instanceof Error ? error.message : error };
}

describe('A route in tests', () => {
  it.each<[string, Answer & { body?: string }, string]>([
    [
      'with a status that it does not declare',
      { status: 201, body: '{"count":1}' },
      'GET /one answers 201, which it does not declare.',
    ],
    ['with a field of another type', { body: '{"count":"one"}' }, 'count'],
    ['with a field that it does not declare', { body: '{"count":1,"extra":1}' }, 'extra'],
    ['without the declared body', {}, 'GET /one answers 200 with another body.'],
    [
      'with a body where it declares none',
      { status: 204, body: '{}' },
      'GET /one answers 204 with another body.',
    ],
  ])('answers 500 in tests if a route answers %s', async (_, answer, message) => {
    const { status, error } = await ask(answer, true);
    expect(status).toBe(500);
    expect(error).toContain(message);
  });

  it.each<Answer & { body?: string }>([
    { body: '{"count":1}' },
    { status: 204 },
    { headers: { 'Content-Type': 'text/html' }, body: '<p>1</p>' },
  ])('sends the declared answer %j in tests', async (answer) => {
    expect(await ask(answer, true)).toEqual({ status: answer.status ?? 200, error: null });
  });
});

it('sends an undeclared answer unchecked outside of tests', async () => {
  expect(await ask({ body: '{"count":"one"}' }, false)).toEqual({ status: 200, error: null });
});
