import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger } from '../log.ts';
import { openTracer } from './openTracer.ts';
import { startCollector, type Collector } from '../../test/harness/collector.ts';
import { SERVICE_KEY, someMaterial, startHarness, until } from '../../test/harness/portal.ts';

/** A log of its own: an export that is given up may still fail later. */
function keptLog() {
  const lines: { msg: string; reason?: string }[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]);
  return {
    log: createLogger('info', { write }),
    lines,
    logged: (msg: string) => lines.filter((line) => line.msg === msg),
  };
}

let collector: Collector;
beforeAll(async () => {
  process.env['OTEL_BSP_SCHEDULE_DELAY'] = '5';
  collector = await startCollector();
});
afterAll(() => collector.close());

const html = { 'Content-Type': 'text/html' };

describe('requests are answered, and the instance stops, while the collector', () => {
  it.each<[string, ((res: ServerResponse) => void) | null, string | undefined]>([
    ['refuses connections', null, undefined],
    ['does not answer', () => undefined, undefined],
    ['answers a page', (res) => void res.writeHead(200, html).end('<p>'), undefined],
    ['answers 500', (res) => void res.writeHead(500).end('rahasia'), 'Internal Server Error'],
    ['closes the connection', (res) => void res.destroy(), undefined],
    ['redirects', (res) => void res.writeHead(307, { Location: '/' }).end(), 'Temporary Redirect'],
    ['answers without an end', (res) => void res.writeHead(200).write('{'), undefined],
    ['answers 5 MB', (res) => void res.writeHead(200).end('x'.repeat(5_000_000)), 'OTLP export'],
  ])('%s', async (_, answer, reason) => {
    const tracesUrl =
      answer === null ? 'http://127.0.0.1:1/v1/traces' : `${collector.url}/v1/traces`;
    const { log, lines, logged } = keptLog();
    const posts = collector.bodies.length;
    if (answer !== null) collector.answer = answer;
    const harness = await startHarness({ log, config: { tracesUrl } });
    for (let request = 0; request < 5; request += 1) {
      const { status } = await harness.request('POST', '/api/materials', {
        token: SERVICE_KEY,
        body: someMaterial(),
      });
      expect(status).toBe(201);
    }
    if (answer !== null) await until(() => collector.bodies.length > posts);
    if (reason !== undefined) {
      const line = await until(() => logged('spans cannot be exported')[0]);
      expect(line.reason).toContain(reason);
    }
    await harness.stop();
    expect(logged('stopped')).toHaveLength(1);
    expect(logged('spans cannot be exported').length).toBeLessThan(2);
    expect(JSON.stringify(lines)).not.toContain('rahasia');
  });
});

it('at most the queue and what is on its way is kept while the collector does not answer', async () => {
  const held: ServerResponse[] = [];
  collector.answer = (res) => void held.push(res);
  const before = collector.spans.length;
  const tracer = await openTracer({ tracesUrl: `${collector.url}/v1/traces` }, keptLog().log);
  const record = (spans: number) => {
    for (let one = 0; one < spans; one += 1) tracer?.begin('step', 'internal', null).end();
  };
  record(512);
  await until(() => held.length > 0);
  record(20_000);
  const closing = tracer?.close();
  await until(() => collector.spans.length - before >= 512 + 2_048);
  for (const res of held) res.writeHead(200).end('{}');
  await closing;
  expect(collector.spans.length - before).toBe(512 + 2_048);
});

it('the log says once that spans cannot be exported, and once that they are again', async () => {
  const { log, logged } = keptLog();
  collector.answer = (res) => void res.writeHead(400).end();
  const tracer = await openTracer({ tracesUrl: `${collector.url}/v1/traces` }, log);
  for (let post = 1; post <= 3; post += 1) {
    const { length } = collector.bodies;
    tracer?.begin('step', 'internal', null).end();
    await until(() => collector.bodies.length > length);
  }
  collector.answer = (res) => void res.writeHead(200).end('{}');
  await until(() => {
    tracer?.begin('step', 'internal', null).end();
    return logged('spans are exported again').length > 0;
  });
  await tracer?.close();
  expect(logged('spans cannot be exported')).toHaveLength(1);
  expect(logged('spans are exported again')).toHaveLength(1);
});
