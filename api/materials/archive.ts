import { writeAudit } from '../audit/repository.ts';
import { actorName, type Actor } from '../auth/actor.ts';
import { authorize } from '../auth/authorize.ts';
import type { MaterialId } from '../db/ids.ts';
import { PortalError } from '../errors.ts';
import { recordHistory } from '../history/index.ts';
import type { Caller } from '../http/caller.ts';
import type { IfMatch } from '../http/ifMatch.ts';
import type { Portal } from '../portal.ts';
import { inCatalog } from './inCatalog.ts';
import { queueUpdates } from './outbox.ts';
import { etagOf, presentMaterial } from './present.ts';
import { lockMaterial, updateMaterial, type MaterialRecord } from './repository.ts';
import { requireCurrent } from './requireCurrent.ts';
import type { Archived } from './schemas.ts';

/**
 * Archives a material, or restores it. The API writes or clears ARCHIVED_AT like any edit, and the sync
 * carries it to the sheet. It neither opens nor ends a job. A material that is already archived, or already
 * restored, does not change: its ARCHIVED_AT and its revision stay.
 *
 * @throws PortalError `not_signed_in`, `forbidden`, `not_found`, `gone`, `stale`
 */
export async function setArchived(
  portal: Portal,
  caller: Caller,
  id: MaterialId,
  ifMatch: IfMatch,
  isArchived: boolean,
): Promise<{ etag: string; body: Archived }> {
  const { row, changed } = await portal.db.transaction().execute(async (trx) => {
    const actor = await authorize(trx, caller);
    const before = inCatalog(id, await lockMaterial(trx, id));
    requireMayArchive(actor, before);
    requireCurrent(before, ifMatch);
    if ((before.archivedAt !== '') === isArchived) return { row: before, changed: false };

    const archivedAt = isArchived ? new Date().toISOString() : '';
    const row = await updateMaterial(trx, before, { fields: { archivedAt } });
    const { revision } = row;
    const name = actorName(actor);
    const change = { field: 'archivedAt', before: before.archivedAt, after: archivedAt };
    await recordHistory(trx, [{ ...change, materialId: id, actor: name, revision }]);
    await queueUpdates(trx, [id]);
    const action = isArchived ? 'material.archived' : 'material.restored';
    await writeAudit(trx, name, action, `material:${id}`, { revision });
    return { row, changed: true };
  });
  if (changed) {
    portal.wakeDispatch();
    portal.wakeSync();
  }
  return { etag: etagOf(row), body: { material: presentMaterial(row) } };
}

/**
 * Lets only the author, admins and service keys go on. The author is the person that added the material in the
 * portal. A row that people typed into the sheet has no author. A service key writes any material, and it
 * can take this change back.
 *
 * @throws PortalError `forbidden` for any other teacher
 */
export function requireMayArchive(actor: Actor, { id, createdBy }: MaterialRecord): void {
  if (actor.kind === 'service' || actor.role === 'admin' || createdBy === actor.userId) return;
  throw new PortalError(
    'forbidden',
    `Only the person that added material ${id}, or an admin, may archive or restore it.`,
  );
}
