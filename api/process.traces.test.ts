import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawnApi } from '../test/harness/apiProcess.ts';
import { startCollector, type Collector } from '../test/harness/collector.ts';
import { testDatabase } from '../test/harness/database.ts';
import { testConfig, until } from '../test/harness/portal.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let collector: Collector;
beforeAll(async () => {
  database = await testDatabase();
  collector = await startCollector();
});
afterAll(async () => {
  await collector.close();
  await database.drop();
});

/**
 * A module that the process begins with: it prints each file of OpenTelemetry's SDK that is loaded.
 * @redis/client loads `@opentelemetry/api` wherever it is installed.
 */
const WATCH = `import { registerHooks } from 'node:module';
registerHooks({ load(url, context, next) {
  if (/@opentelemetry.(?!api\\/)/.test(url)) process.stderr.write('loaded ' + url + '\\n');
  return next(url, context);
} });`;

/** Runs the API until it has synced once, with one request. @returns what it loaded and its exit code */
async function run(more: Record<string, string>) {
  const api = spawnApi(testConfig(database.url, 'http://127.0.0.1:1'), ['ignore', 'pipe', 'pipe'], {
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(WATCH)}`,
    ...more,
  });
  const { stdout, stderr } = api.child;
  if (stdout === null || stderr === null) throw new Error('The process has no output.');
  const loaded = text(stderr);
  let out = '';
  stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
  const url = await until(() => /"url":"([^"]+)"/.exec(out)?.[1]);
  await fetch(`${url}/api/openapi.json`);
  await until(() => out.includes('sync has stopped'));
  const exitCode = await api.end('SIGTERM');
  return { exitCode, loaded: await loaded };
}

it('a process without OTEL_EXPORTER_OTLP_ENDPOINT loads nothing of OpenTelemetry’s SDK', async () => {
  const { exitCode, loaded } = await run({ OTEL_EXPORTER_OTLP_ENDPOINT: '' });
  expect({ exitCode, loaded }).toEqual({ exitCode: 0, loaded: '' });
});

it('a process that is asked to stop sends the spans of its requests and of its sync before it ends', async () => {
  const { exitCode, loaded } = await run({ OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/` });
  expect(exitCode).toBe(0);
  expect(loaded).toContain('exporter-trace-otlp-http');
  const names = collector.spans.map(({ name }) => name);
  expect(names).toContain('GET /openapi.json');
  const cycle = collector.spans.find(({ name }) => name === 'sync cycle');
  expect(cycle?.status.code).toBe(2);
  expect(collector.spans.filter(({ parentSpanId }) => parentSpanId === cycle?.spanId)).not.toEqual(
    [],
  );
});
