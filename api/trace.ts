import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

/** The part of W3C Trace Context that the portal passes on (www.w3.org/TR/trace-context, section 3.2). */
export interface Trace {
  /** 32 hexadecimal digits, the same in every service that a request passes through. */
  readonly traceId: string;
  readonly isSampled: boolean;
}

/** A later version may add fields at the end. */
const TRACEPARENT =
  /^(?!ff)(?<version>[0-9a-f]{2})-(?<traceId>[0-9a-f]{32})-(?<parentId>[0-9a-f]{16})-(?<flags>[0-9a-f]{2})(?<more>-.*)?$/;
const LENGTH_MOST = 256;

/** @returns null if the header is not valid: then the trace begins anew (section 4.3) */
export function parseTraceparent(header: string | undefined): Trace | null {
  if (header === undefined || header.length > LENGTH_MOST) return null;
  const { version, traceId, parentId, flags, more } = TRACEPARENT.exec(header)?.groups ?? {};
  if (traceId === undefined || parentId === undefined || flags === undefined) return null;
  if (version === '00' && more !== undefined) return null;
  if (/^0+$/.test(traceId) || /^0+$/.test(parentId)) return null;
  return { traceId, isSampled: (parseInt(flags, 16) & 1) === 1 };
}

/** Sampled, so that a service behind the portal that records traces records this one. */
export function newTrace(): Trace {
  return { traceId: randomBytes(16).toString('hex'), isSampled: true };
}

/** The header for a request of the portal's: the same trace, with a new parent id. */
export function traceparentOf({ traceId, isSampled }: Trace): string {
  return `00-${traceId}-${randomBytes(8).toString('hex')}-${isSampled ? '01' : '00'}`;
}

const ofRequest = new AsyncLocalStorage<Trace>();

/** Runs some work, and everything that it awaits, as a part of a trace. */
export function withinTrace(trace: Trace, work: () => void): void {
  ofRequest.run(trace, work);
}

/** The id of the trace that this work is a part of; null: no request has begun it. */
export function currentTraceId(): string | null {
  return ofRequest.getStore()?.traceId ?? null;
}

/** The header of the trace that this work is a part of; null: no request has begun it. */
export function currentTraceparent(): string | null {
  const trace = ofRequest.getStore();
  return trace === undefined ? null : traceparentOf(trace);
}
