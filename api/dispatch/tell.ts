import type { EventType } from '../../core/index.ts';
import { presentMaterial } from '../materials/present.ts';
import type { MaterialRow } from '../materials/repository.ts';
import type { Portal } from '../portal.ts';
import { findClaimants, findListeners } from '../subscriptions/repository.ts';
import { post } from './post.ts';

/**
 * Tells every subscription that only listens what became of a material: the event without a job.
 * Whoever claims its analysis hears of the material with that.
 *
 * @param webhookId the same on every redelivery
 * @returns whether everyone has answered with 2xx
 */
export async function tell(
  portal: Portal,
  type: EventType,
  webhookId: string,
  row: MaterialRow,
  stop: AbortSignal,
): Promise<boolean> {
  const claimant = (await findClaimants(portal.db)).get('analyze');
  const listeners = (await findListeners(portal.db, type)).filter(({ id }) => id !== claimant?.id);
  const data = { job: null, material: presentMaterial(row) };
  const told = await Promise.all(
    listeners.map((listener) => post(portal, listener, webhookId, { type, data }, stop)),
  );
  return told.every(Boolean);
}

/**
 * When to tell those again who did not answer, in milliseconds: as long again as it has waited so
 * far, within the bounds of any other post; null: not any more, a job's deadline would be over.
 */
export function againAfter(
  since: Date,
  { backoff: { first, most }, claimDeadline }: Portal['timing'],
): number | null {
  const age = Date.now() - since.getTime();
  if (age > claimDeadline) return null;
  return Math.min(most, Math.max(first, age)) * (0.5 + Math.random() / 2);
}
