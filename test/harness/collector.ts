import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod/v4';

const attributesSchema = z
  .array(
    z.object({
      key: z.string(),
      value: z.union([
        z.object({ stringValue: z.string() }).transform((value) => value.stringValue),
        z.object({ intValue: z.coerce.number() }).transform((value) => value.intValue),
      ]),
    }),
  )
  .transform((entries) => Object.fromEntries(entries.map(({ key, value }) => [key, value])));
const spanSchema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  /** 1: internal, 2: server, 3: client. */
  kind: z.number(),
  attributes: attributesSchema,
  links: z.array(z.looseObject({ traceId: z.string(), spanId: z.string() })),
  /** `code` is 2 for an error. */
  status: z.object({ code: z.number() }),
});
const exportSchema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.looseObject({ attributes: attributesSchema }),
      scopeSpans: z.array(z.looseObject({ spans: z.array(spanSchema) })),
    }),
  ),
});

export type CollectedSpan = z.infer<typeof spanSchema>;

/** An OpenTelemetry collector: a real HTTP server that keeps the spans that are posted to it. */
export interface Collector {
  readonly url: string;
  readonly spans: CollectedSpan[];
  /** The attributes of the resource, and the headers, of the last post. */
  service: Readonly<Record<string, unknown>>;
  headers: IncomingHttpHeaders;
  /** Every body as it came. */
  readonly bodies: string[];
  /** How the next posts are answered; 200 at first. */
  answer: (res: ServerResponse) => void;
  close(): Promise<void>;
}

export async function startCollector(): Promise<Collector> {
  const server = createServer((req, res) => {
    void text(req).then((body) => {
      if (req.method !== 'POST' || req.url !== '/v1/traces') {
        res.writeHead(404).end();
        return;
      }
      collector.bodies.push(body);
      collector.headers = req.headers;
      for (const { resource, scopeSpans } of exportSchema.parse(JSON.parse(body)).resourceSpans) {
        collector.service = resource.attributes;
        collector.spans.push(...scopeSpans.flatMap(({ spans }) => spans));
      }
      collector.answer(res);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const collector: Collector = {
    url: `http://127.0.0.1:${port}`,
    spans: [],
    service: {},
    headers: {},
    bodies: [],
    answer: (res) => void res.writeHead(200, { 'Content-Type': 'application/json' }).end('{}'),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return collector;
}
