import { markAnnounced } from '../jobs/queue.ts';
import type { JobRow } from '../jobs/repository.ts';
import { presentMaterial } from '../materials/present.ts';
import { findMaterial } from '../materials/repository.ts';
import type { Portal } from '../portal.ts';
import { findClaimants, findListeners } from '../subscriptions/repository.ts';
import { post } from './post.ts';

/**
 * Tells every subscription that only listens that a material was created: the event without a job.
 * Whoever claims the job hears of the material with it. If one does not answer, all are told again,
 * under the same webhook-id, until the job's deadline.
 */
export async function announce(portal: Portal, job: JobRow, stop: AbortSignal): Promise<void> {
  const { db, timing } = portal;
  const row = job.material_id === null ? undefined : await findMaterial(db, job.material_id);
  const claimant = (await findClaimants(db)).get(job.kind);
  const listeners = (await findListeners(db, 'material.created')).filter(
    ({ id }) => id !== claimant?.id,
  );
  if (row === undefined || listeners.length === 0) {
    await markAnnounced(db, job.id, null);
    return;
  }
  const data = { job: null, material: presentMaterial(row) };
  const told = await Promise.all(
    listeners.map((listener) =>
      post(portal, listener, `created_${row.id}`, { type: 'material.created', data }, stop),
    ),
  );
  const age = Date.now() - job.created_at.getTime();
  if (stop.aborted) await markAnnounced(db, job.id, 0);
  else if (told.every(Boolean) || age > timing.claimDeadline) await markAnnounced(db, job.id, null);
  else await markAnnounced(db, job.id, backoff(age, timing));
}

/** As long again as it has waited so far, within the bounds of any other post. */
function backoff(age: number, { backoff: { first, most } }: Portal['timing']): number {
  return Math.min(most, Math.max(first, age)) * (0.5 + Math.random() / 2);
}
