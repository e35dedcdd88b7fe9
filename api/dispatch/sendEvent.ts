import type { EventType } from '../../core/index.ts';
import { presentMaterial } from '../materials/present.ts';
import type { MaterialRecord } from '../materials/repository.ts';
import type { Portal } from '../portal.ts';
import { findClaimants, findListeners } from '../subscriptions/repository.ts';
import { post, type Sending } from './post.ts';

/**
 * Sends an event without a job to every subscription that only listens. The subscription that claims
 * analyses does not get it: it gets the material with its job.
 *
 * @returns whether all have answered with 2xx; false as well if nothing is posted to one of them now
 */
export async function sendEvent(
  portal: Portal,
  type: EventType,
  sending: Sending,
  row: MaterialRecord,
  stop: AbortSignal,
): Promise<boolean> {
  const claimant = (await findClaimants(portal.db)).get('analyze');
  const listeners = (await findListeners(portal.db, type)).filter(({ id }) => id !== claimant?.id);
  const data = { job: null, material: presentMaterial(row) };
  const answered = await Promise.all(
    listeners.map((listener) => post(portal, listener, sending, { type, data }, stop)),
  );
  return answered.every((one) => one === 'delivered');
}

/**
 * The pause before an event is sent again, in milliseconds: the event's age, within the bounds of `backoff`.
 * Null: it is not sent again, for the deadline of a job of that age would be over.
 *
 * @param ageMs by PostgreSQL's clock, when the event was taken
 */
export function retryAfter(
  ageMs: number,
  { backoff: { first, most }, claimDeadline }: Portal['timing'],
): number | null {
  if (ageMs > claimDeadline) return null;
  return Math.min(most, Math.max(first, ageMs)) * (0.5 + Math.random() / 2);
}
