import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** The part of W3C Trace Context that the portal passes on (www.w3.org/TR/trace-context, section 3.2). */
export interface Trace {
  /** 32 hexadecimal digits, the same in every service that a request passes through. */
  readonly traceId: string;
  /** 16 hexadecimal digits: the step of the trace that the next one has as its parent. */
  readonly spanId: string;
  readonly isSampled: boolean;
}

export type Attributes = Readonly<Record<string, string | number>>;

/** `server`: answers a request; `client`: asks another process and waits for it. */
export type SpanKind = 'server' | 'client' | 'internal';

/**
 * One recorded step of a trace. An attribute never holds a value of a person or a secret: the
 * collector of the traces may be another company's.
 */
export interface Span {
  readonly trace: Trace;
  begin(name: string, kind: SpanKind, attributes?: Attributes): Span;
  rename(name: string): void;
  set(attributes: Attributes): void;
  /** Refers to another trace that has led to this step. */
  link(other: Trace): void;
  /** @param failure a short code, such as an SQLSTATE; left out: the step has not failed */
  end(failure?: string): void;
}

/** Records steps. Without `OTEL_EXPORTER_OTLP_ENDPOINT` there is none, and traces only pass through. */
export interface Tracer {
  /** @param parent null: the step begins a trace */
  begin(name: string, kind: SpanKind, parent: Trace | null): Span;
}

/** A later version may add fields at the end. */
const TRACEPARENT =
  /^(?!ff)(?<version>[0-9a-f]{2})-(?<traceId>[0-9a-f]{32})-(?<spanId>[0-9a-f]{16})-(?<flags>[0-9a-f]{2})(?<more>-.*)?$/;
const LENGTH_MOST = 256;

/** @returns null if the header is not valid: then the trace begins anew (section 4.3) */
export function parseTraceparent(header: string | null | undefined): Trace | null {
  if (header === undefined || header === null || header.length > LENGTH_MOST) return null;
  const { version, traceId, spanId, flags, more } = TRACEPARENT.exec(header)?.groups ?? {};
  if (traceId === undefined || spanId === undefined || flags === undefined) return null;
  if (version === '00' && more !== undefined) return null;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return null;
  return { traceId, spanId, isSampled: (parseInt(flags, 16) & 1) === 1 };
}

/** randomUUID takes its random bits from a pool: randomBytes(16) took 3 % of a small request (bench:api). */
const randomId = (digits: 16 | 32): string => randomUUID().replaceAll('-', '').slice(-digits);

/**
 * The next step of a trace, where no tracer records it.
 *
 * @param parent null: the trace begins. It is sampled, so that a service behind the portal that
 *   records traces records this one.
 */
export function nextStep(parent: Trace | null): Trace {
  const traceId = parent?.traceId ?? randomId(32);
  return {
    traceId,
    spanId: randomId(16),
    isSampled: parent?.isSampled ?? true,
  };
}

/** The header for a request of the portal's that is this step. */
export function traceparentOf({ traceId, spanId, isSampled }: Trace): string {
  return `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`;
}

/** The step that some work belongs to. */
interface Step {
  readonly trace: Trace;
  /** Null: nobody records it. */
  readonly span: Span | null;
}

const ofWork = new AsyncLocalStorage<Step>();

/** Runs some work, and everything that it awaits, as a part of a step. */
export function withinStep<T>(step: Step, work: () => T): T {
  return ofWork.run(step, work);
}

/** Runs some work as a step, and ends its span. @param span null: nobody records the step */
export async function recorded<T>(span: Span | null, work: () => Promise<T>): Promise<T> {
  if (span === null) return work();
  try {
    const result = await withinStep({ trace: span.trace, span }, work);
    span.end();
    return result;
  } catch (error) {
    span.end(failureOf(error));
    throw error;
  }
}

/** The recorded step that this work is a part of; null: there is none. */
export function currentSpan(): Span | null {
  return ofWork.getStore()?.span ?? null;
}

/** The id of the trace that this work is a part of; null: it is a part of none. */
export function currentTraceId(): string | null {
  return ofWork.getStore()?.trace.traceId ?? null;
}

/** The header of the trace that this work is a part of; null: it is a part of none. */
export function currentTraceparent(): string | null {
  const step = ofWork.getStore();
  return step === undefined ? null : traceparentOf(step.trace);
}

/** The name of an error for a span. Its message may quote a row or an address. */
function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return 'error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
