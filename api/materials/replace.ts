import { writeAudit } from '../audit/repository.ts';
import { actorName } from '../auth/actor.ts';
import { authorize } from '../auth/authorize.ts';
import type { MaterialId } from '../db/ids.ts';
import { recordHistory } from '../history/index.ts';
import type { Caller } from '../http/caller.ts';
import type { IfMatch } from '../http/ifMatch.ts';
import { openAnalysisUnlessOpen } from '../jobs/openUnlessOpen.ts';
import { presentJob } from '../jobs/present.ts';
import type { Portal } from '../portal.ts';
import { differenceOf, readEdit } from './edit.ts';
import { inCatalog } from './inCatalog.ts';
import { queueUpdates } from './outbox.ts';
import { etagOf, presentMaterial } from './present.ts';
import { lockMaterial, updateMaterial } from './repository.ts';
import { requireCurrent } from './requireCurrent.ts';
import type { Updated } from './schemas.ts';

/**
 * Replaces the fields that people edit. The same transaction writes the history, opens an analysis of a
 * changed text, and queues `material.updated`. An edit without a difference changes nothing, not even the
 * revision.
 *
 * @param body the whole representation, core's `newMaterial`
 * @throws PortalError `not_signed_in`, `not_found`, `gone`, `stale`, `invalid`
 */
export async function replaceMaterial(
  portal: Portal,
  caller: Caller,
  id: MaterialId,
  ifMatch: IfMatch,
  body: unknown,
): Promise<{ etag: string; body: Updated }> {
  const { row, job, changed } = await portal.db.transaction().execute(async (trx) => {
    const actor = await authorize(trx, caller);
    const before = inCatalog(id, await lockMaterial(trx, id));
    requireCurrent(before, ifMatch);
    const edit = readEdit(before, body);
    const { fields, cells } = differenceOf(before, edit);
    if (cells.length === 0) return { row: before, job: undefined, changed: false };

    const row = await updateMaterial(trx, before, { fields, metadata: edit.metadata });
    const name = actorName(actor);
    const { revision } = row;
    await recordHistory(
      trx,
      cells.map((cell) => ({ ...cell, materialId: id, actor: name, revision })),
    );
    const userId = actor.kind === 'user' ? actor.userId : null;
    const job =
      row.textHash === before.textHash
        ? undefined
        : await openAnalysisUnlessOpen(trx, row, userId, portal.timing);
    await queueUpdates(trx, [row.id]);
    await writeAudit(trx, name, 'material.updated', `material:${id}`, {
      revision,
      fields: cells.map(({ field }) => field),
      ...(job && { job: job.id }),
    });
    return { row, job, changed: true };
  });
  if (changed) {
    portal.wakeDispatch();
    portal.wakeSync();
  }
  return {
    etag: etagOf(row),
    body: { material: presentMaterial(row), job: job === undefined ? null : presentJob(job) },
  };
}
