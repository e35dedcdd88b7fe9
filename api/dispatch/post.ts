import { sign, type PortalEvent } from '../../core/index.ts';
import { boundedText } from '../boundedText.ts';
import type { LastDelivery } from '../db/schema.ts';
import type { Portal } from '../portal.ts';
import { recordDelivery, type SubscriptionRow } from '../subscriptions/repository.ts';
import { newTrace, parseTraceparent, traceparentOf } from '../trace.ts';

/** n8n answers with the execution's id. */
const ANSWER_BYTES_MOST = 64 * 1024;

/** The identity of an event. */
export interface Sending {
  /** The same on every redelivery. */
  readonly webhookId: string;
  /** The trace that the event continues; null: it begins one. */
  readonly traceparent: string | null;
}

/**
 * Posts one event to one subscription, signed, and notes on the subscription how it went. Redirects
 * are not followed: the origin was checked, what it points to was not.
 *
 * @returns whether it was answered with 2xx
 */
export async function post(
  portal: Pick<Portal, 'db' | 'config' | 'log' | 'metrics' | 'timing'>,
  subscription: SubscriptionRow,
  { webhookId, traceparent }: Sending,
  event: Omit<PortalEvent, 'timestamp'>,
  stop: AbortSignal,
): Promise<boolean> {
  const now = new Date();
  const body = JSON.stringify({
    type: event.type,
    timestamp: now.toISOString(),
    ...(event.test === undefined ? {} : { test: event.test }),
    data: event.data,
  });
  const timestamp = Math.floor(now.getTime() / 1_000);
  const signed = sign(portal.config.n8n.secretsTo, { id: webhookId, timestamp, body });
  const trace = parseTraceparent(traceparent ?? undefined) ?? newTrace();
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
  if (!stop.aborted) {
    const failure = delivery.status === null ? 'unreachable' : 'refused';
    portal.metrics.posted(event.type, delivered ? 'delivered' : failure);
    const { traceId } = trace;
    const line = { traceId, webhookId, type: event.type, url: subscription.url, ...delivery };
    if (delivered) portal.log.info(line, 'event delivered');
    else portal.log.warn(line, 'event not delivered');
    await recordDelivery(portal.db, subscription.id, delivery);
  }
  return delivered;
}

/** undici gives the useful text in `cause`: `connect ECONNREFUSED 127.0.0.1:5678`. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
