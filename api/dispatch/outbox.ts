import { markCreatedSent, type CreatedJob } from '../jobs/queue.ts';
import { markUpdateSent, type DueUpdate } from '../materials/outbox.ts';
import { findMaterial } from '../materials/repository.ts';
import type { Portal } from '../portal.ts';
import { retryAfter, sendEvent } from './sendEvent.ts';

/**
 * Sends `material.created`. If a subscription does not answer, the event goes to all of them again, under
 * the same webhook-id, until the job's deadline.
 */
export async function sendCreated(
  portal: Portal,
  job: CreatedJob,
  stop: AbortSignal,
): Promise<void> {
  const { db, timing } = portal;
  const row = job.materialId === null ? undefined : await findMaterial(db, job.materialId);
  const isSent =
    row === undefined ||
    (await sendEvent(
      portal,
      'material.created',
      { webhookId: `created_${row.id}`, traceparent: job.traceparent },
      row,
      stop,
    ));
  if (isSent) await markCreatedSent(db, job.id, null);
  else await markCreatedSent(db, job.id, stop.aborted ? 0 : retryAfter(job.ageMs, timing));
}

/** Sends `material.updated` with the material as it is now, and sends it again like `material.created`. */
export async function sendUpdated(
  portal: Portal,
  update: DueUpdate,
  stop: AbortSignal,
): Promise<void> {
  const { db, timing } = portal;
  const { materialId, revision, traceparent } = update;
  const row = await findMaterial(db, materialId);
  const sending = { webhookId: `updated_${materialId}_${revision}`, traceparent };
  const isSent =
    row === undefined || (await sendEvent(portal, 'material.updated', sending, row, stop));
  if (isSent) await markUpdateSent(db, update, null);
  else await markUpdateSent(db, update, stop.aborted ? 0 : retryAfter(update.ageMs, timing));
}
