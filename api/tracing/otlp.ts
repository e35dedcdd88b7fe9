/** The one module that imports OpenTelemetry. It is loaded only where spans are exported. */
import { setTimeout as after } from 'node:timers/promises';
import {
  ROOT_CONTEXT,
  SpanKind as Kind,
  SpanStatusCode,
  trace as otel,
  TraceFlags,
  type Context,
  type Span as OtelSpan,
  type SpanContext,
  type Tracer as OtelTracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base';
import type { Logger } from '../log.ts';
import type { Attributes, Span, SpanKind, Trace, Tracer } from '../trace.ts';

export interface OpenTracer extends Tracer {
  /** Sends the last spans, or gives them up after some seconds. */
  close(): Promise<void>;
}

/** `OTEL_SERVICE_NAME` replaces it. */
const SERVICE_NAME = 'digital-materi-api';
/** A text of an attribute is cut here: a statement for 500 materials has thousands of characters. */
const TEXT_MOST = 1_000;
/** How long the last spans may take to be sent when an instance stops. */
const FLUSH_MS = 3_000;

const KINDS = { server: Kind.SERVER, client: Kind.CLIENT, internal: Kind.INTERNAL } as const;

/**
 * Records spans and posts them in batches. At most 2,048 wait; further ones are dropped. Variables of
 * the environment change this, such as `OTEL_BSP_MAX_QUEUE_SIZE`: the SDK reads them.
 */
export function openOtlp(url: string, log: Logger): OpenTracer {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': SERVICE_NAME }).merge(
      detectResources({ detectors: [envDetector] }),
    ),
    spanLimits: { attributeValueLengthLimit: TEXT_MOST },
    spanProcessors: [new BatchSpanProcessor(noted(new OTLPTraceExporter({ url }), log))],
  });
  const tracer = provider.getTracer(SERVICE_NAME);
  return {
    begin: (name, kind, parent) => begin(tracer, name, kind, contextOf(parent)),
    async close() {
      const patience = new AbortController();
      const sent = provider.shutdown().catch(() => undefined);
      const late = after(FLUSH_MS, 'late' as const, { signal: patience.signal, ref: false });
      const outcome = await Promise.race([sent, late.catch(() => undefined)]);
      patience.abort();
      if (outcome === 'late') log.warn('the last spans were not sent in time');
    },
  };
}

function contextOf(parent: Trace | null): Context {
  return parent === null
    ? ROOT_CONTEXT
    : otel.setSpanContext(ROOT_CONTEXT, { ...spanContextOf(parent), isRemote: true });
}

function begin(
  tracer: OtelTracer,
  name: string,
  kind: SpanKind,
  parent: Context,
  attributes: Attributes = {},
): Span {
  const span = tracer.startSpan(name, { kind: KINDS[kind], attributes }, parent);
  return {
    trace: traceOf(span),
    begin: (child, ofChild, its) =>
      begin(tracer, child, ofChild, otel.setSpan(ROOT_CONTEXT, span), its),
    rename: (to) => void span.updateName(to),
    set: (more) => void span.setAttributes(more),
    link: (other) => void span.addLink({ context: spanContextOf(other) }),
    end(failure) {
      if (failure !== undefined) {
        span.setAttribute('error.type', failure);
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
    },
  };
}

function traceOf(span: OtelSpan): Trace {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return { traceId, spanId, isSampled: (traceFlags & TraceFlags.SAMPLED) !== 0 };
}

function spanContextOf({ traceId, spanId, isSampled }: Trace): SpanContext {
  return { traceId, spanId, traceFlags: isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE };
}

/** Logs the first failure after a success, and the first success after that. */
function noted(exporter: SpanExporter, log: Logger): SpanExporter {
  let isFailing = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const { error } = result;
        const failed = error !== undefined;
        // The error also has the collector's answer, of any length: only its message is logged.
        if (failed && !isFailing) {
          log.warn({ reason: error.message.slice(0, 200) }, 'spans cannot be exported');
        } else if (!failed && isFailing) log.info('spans are exported again');
        isFailing = failed;
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}
