import { markAnnounced } from '../jobs/queue.ts';
import type { JobRow } from '../jobs/repository.ts';
import { findMaterial } from '../materials/repository.ts';
import { markTold, type MaterialUpdate } from '../materials/updates.ts';
import type { Portal } from '../portal.ts';
import { againAfter, tell } from './tell.ts';

/**
 * Tells that a material was created. If one does not answer, all are told again, under the same
 * webhook-id, until the job's deadline.
 */
export async function announce(portal: Portal, job: JobRow, stop: AbortSignal): Promise<void> {
  const { db, timing } = portal;
  const row = job.material_id === null ? undefined : await findMaterial(db, job.material_id);
  const told =
    row === undefined || (await tell(portal, 'material.created', `created_${row.id}`, row, stop));
  if (told) await markAnnounced(db, job.id, null);
  else await markAnnounced(db, job.id, stop.aborted ? 0 : againAfter(job.created_at, timing));
}

/** Tells that people have changed a material, as it reads now; likewise again. */
export async function announceUpdate(
  portal: Portal,
  update: MaterialUpdate,
  stop: AbortSignal,
): Promise<void> {
  const { db, timing } = portal;
  const row = await findMaterial(db, update.material_id);
  const webhookId = `updated_${update.material_id}_${update.revision}`;
  const told = row === undefined || (await tell(portal, 'material.updated', webhookId, row, stop));
  if (told) await markTold(db, update, null);
  else await markTold(db, update, stop.aborted ? 0 : againAfter(update.since, timing));
}
