import { backoff, sign, type PortalEvent } from '../../core/index.ts';
import { boundedText } from '../boundedText.ts';
import type { LastDelivery } from '../db/schema.ts';
import { hasten } from '../jobs/queue.ts';
import type { Portal } from '../portal.ts';
import {
  beginProbe,
  MISSES_MOST,
  recordDelivery,
  type PostableRow,
} from '../subscriptions/repository.ts';
import { nextStep, parseTraceparent, traceparentOf } from '../trace.ts';

/** n8n answers with the execution's id. */
const ANSWER_BYTES_MOST = 64 * 1024;

/** The identity of an event. */
export interface Sending {
  /** The same on every redelivery. */
  readonly webhookId: string;
  /** The trace that the event continues; null: it begins one. */
  readonly traceparent: string | null;
}

/** `paused`: nothing was posted, for the circuit of the subscription is open. */
export type Posted = 'delivered' | 'missed' | 'paused';

/**
 * Posts one event to one subscription, signed, and notes on the subscription how it went. Redirects
 * are not followed: the origin was checked, what it points to was not.
 *
 * If a subscription's server does not answer, or answers 5xx, 5 times in a row, its circuit opens: nothing is
 * posted for a pause, and then one event as a probe. The pauses grow as `timing.backoff` says. All instances
 * share the circuit, for the row of the subscription is read before each post and written after it in any
 * case.
 */
export async function post(
  portal: Pick<Portal, 'db' | 'config' | 'log' | 'metrics' | 'timing' | 'tracer' | 'wakeDispatch'>,
  subscription: PostableRow,
  { webhookId, traceparent }: Sending,
  event: Omit<PortalEvent, 'timestamp'>,
  stop: AbortSignal,
): Promise<Posted> {
  const { circuit, misses } = subscription;
  if (circuit === 'open') return 'paused';
  const isProbe = circuit === 'half_open';
  if (isProbe && !(await beginProbe(portal.db, subscription.id, portal.timing.taken))) {
    return 'paused';
  }
  const now = new Date();
  const body = JSON.stringify({
    type: event.type,
    timestamp: now.toISOString(),
    ...(event.test === undefined ? {} : { test: event.test }),
    data: event.data,
  });
  const timestamp = Math.floor(now.getTime() / 1_000);
  const signed = sign(portal.config.n8n.secretsTo, { id: webhookId, timestamp, body });
  const parent = parseTraceparent(traceparent);
  const span = portal.tracer?.begin(`POST ${event.type}`, 'client', parent);
  const trace = span?.trace ?? nextStep(parent);
  const delivery: LastDelivery = { at: now.toISOString(), status: null, error: null };
  try {
    const response = await fetch(subscription.url, {
      method: 'POST',
      headers: {
        ...signed,
        'Content-Type': 'application/json',
        'User-Agent': 'digital-materi-portal',
        traceparent: traceparentOf(trace),
      },
      body,
      redirect: 'error',
      signal: AbortSignal.any([stop, AbortSignal.timeout(portal.timing.post)]),
    });
    delivery.status = response.status;
    // Read to its end, so that the connection serves the next post too; what it says is not used.
    await boundedText(response, ANSWER_BYTES_MOST).catch(() => undefined);
  } catch (error) {
    delivery.error = reason(error);
  }
  const delivered = delivery.status !== null && delivery.status >= 200 && delivery.status < 300;
  const outcome = delivered ? 'delivered' : delivery.status === null ? 'unreachable' : 'refused';
  if (delivery.status !== null) span?.set({ 'http.response.status_code': delivery.status });
  span?.end(delivered ? undefined : outcome);
  if (!stop.aborted) {
    portal.metrics.posted(event.type, outcome);
    const { traceId } = trace;
    const { url, kinds } = subscription;
    const isReached = delivery.status !== null && delivery.status < 500;
    const pauses = isProbe ? misses - MISSES_MOST + 2 : 1;
    const pauseMs = backoff(portal.timing.backoff, Math.max(1, pauses));
    const change = { isReached, wasProbe: isProbe, pauseMs };
    const pausedUntil = await recordDelivery(portal.db, subscription.id, delivery, change);
    const line = { traceId, webhookId, type: event.type, url, ...delivery, pausedUntil };
    if (delivered) portal.log.info(line, 'event delivered');
    else portal.log.warn(line, 'event not delivered');
    if (isProbe && isReached) {
      // The event is delivered, whatever becomes of the others.
      await hasten(portal.db, kinds).catch((err: unknown) =>
        portal.log.warn({ err }, 'waiting jobs follow at their own time'),
      );
      portal.wakeDispatch();
    }
  }
  return delivered ? 'delivered' : 'missed';
}

/** undici gives the useful text in `cause`: `connect ECONNREFUSED 127.0.0.1:5678`. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
