import type { Material } from '../../core/index.ts';
import { AI_FIELDS, EDITABLE_FIELDS, shortened } from '../../core/index.ts';
import { writeAudit } from '../audit/repository.ts';
import { actorName, type Presented } from '../auth/actor.ts';
import { authorize } from '../auth/authorize.ts';
import type { MaterialId } from '../db/ids.ts';
import { PortalError } from '../errors.ts';
import { recordHistory } from '../history/index.ts';
import { openAnalysisUnlessOpen } from '../jobs/openUnlessOpen.ts';
import { presentJob, type Job } from '../jobs/present.ts';
import type { Portal } from '../portal.ts';
import { cellOf, isAiField } from './cells.ts';
import { conflictsOf, type Conflict } from './conflicts.ts';
import { inCatalog } from './inCatalog.ts';
import { etagOf, presentMaterial } from './present.ts';
import { lockMaterial, updateMaterial, updateOwn } from './repository.ts';
import { noteUpdates } from './updates.ts';

export interface Resolved {
  readonly etag: string;
  readonly body: {
    readonly material: Material;
    /** Those that are left. */
    readonly conflicts: Record<string, Conflict>;
    /** The analysis that the changed text has opened. */
    readonly job: Job | null;
  };
}

/**
 * Settles a conflict. The sheet's value stands already, so to keep it is to drop the other, which is
 * in the history; the portal's is written as any edit is, and goes to the sheet. That it may stand
 * in the material already changes nothing: of a row that has vanished, it is to be written again.
 *
 * @throws PortalError `not_signed_in`, `not_found` if there is no such conflict, `gone`
 */
export async function resolveConflict(
  portal: Portal,
  presented: Presented,
  { id, field: name }: { id: MaterialId; field: string },
  keep: 'sheet' | 'portal',
): Promise<Resolved> {
  const { row, job } = await portal.db.transaction().execute(async (trx) => {
    const actor = await authorize(trx, presented);
    const by = actorName(actor);
    const before = inCatalog(id, await lockMaterial(trx, id));
    const field = [...EDITABLE_FIELDS, ...AI_FIELDS].find((known) => known === name);
    const { [field ?? 'title']: conflict, ...conflicts } = conflictsOf(before);
    if (conflict === undefined || field === undefined) {
      throw new PortalError(
        'not_found',
        `Material ${id} has no conflict in the field ${shortened(name)}.`,
      );
    }

    const stands = cellOf(before, field);
    const change = { fields: keep === 'portal' ? { [field]: conflict.portal } : {}, conflicts };
    const row =
      keep === 'sheet' || isAiField(field)
        ? await updateOwn(trx, before, change)
        : await updateMaterial(trx, before, change);
    if (cellOf(row, field) !== stands) {
      const revision = isAiField(field) ? undefined : row.revision;
      const cell = { field, before: stands, after: conflict.portal };
      await recordHistory(trx, [{ ...cell, materialId: id, actor: by, revision }]);
    }
    const userId = actor.kind === 'user' ? actor.userId : null;
    const job =
      row.text_hash === before.text_hash
        ? undefined
        : await openAnalysisUnlessOpen(trx, row, userId, portal.timing);
    if (row.revision !== before.revision) await noteUpdates(trx, [row.id]);
    await writeAudit(trx, by, 'conflict.resolved', `material:${id}`, { field, keep, ...conflict });
    return { row, job };
  });
  portal.wakeDispatch();
  portal.wakeSync();
  return {
    etag: etagOf(row),
    body: {
      material: presentMaterial(row),
      conflicts: conflictsOf(row),
      job: job === undefined ? null : presentJob(job),
    },
  };
}
