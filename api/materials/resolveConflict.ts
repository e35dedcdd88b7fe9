import { AI_FIELDS, own, REVISED_FIELDS, shortened } from '../../core/index.ts';
import { writeAudit } from '../audit/repository.ts';
import { actorName } from '../auth/actor.ts';
import { authorize } from '../auth/authorize.ts';
import type { MaterialId } from '../db/ids.ts';
import { PortalError } from '../errors.ts';
import { recordHistory } from '../history/index.ts';
import type { Caller } from '../http/caller.ts';
import { openAnalysisUnlessOpen } from '../jobs/openUnlessOpen.ts';
import { presentJob } from '../jobs/present.ts';
import type { Portal } from '../portal.ts';
import { cellOf, isAiField } from './cells.ts';
import { conflictsOf } from './conflicts.ts';
import { inCatalog } from './inCatalog.ts';
import { queueUpdates } from './outbox.ts';
import { etagOf, presentMaterial } from './present.ts';
import {
  lockMaterial,
  updateMaterial,
  updateOwn,
  type AiField,
  type MaterialChange,
  type MaterialRecord,
  type RevisedField,
} from './repository.ts';
import type { Resolved } from './schemas.ts';

/**
 * Settles a conflict. To keep the sheet's value, the API drops the portal's value, which is in the history.
 * To keep the portal's value, the API writes it as any edit, and the sync carries it to the sheet. It also
 * writes a value that the material already has: the row may have vanished, and then the sheet needs the
 * value again.
 *
 * @throws PortalError `not_signed_in`, `not_found` if there is no such conflict, `gone`
 */
export async function resolveConflict(
  portal: Portal,
  caller: Caller,
  { id, field: name }: { id: MaterialId; field: string },
  keep: 'sheet' | 'portal',
): Promise<{ etag: string; body: Resolved }> {
  const { row, job } = await portal.db.transaction().execute(async (trx) => {
    const actor = await authorize(trx, caller);
    const by = actorName(actor);
    const before = inCatalog(id, await lockMaterial(trx, id));
    const { [name]: conflict, ...conflicts } = conflictsOf(before);
    const cell = conflict === undefined ? undefined : cellNamed(before, name);
    if (conflict === undefined || cell === undefined) {
      throw new PortalError(
        'not_found',
        `Material ${id} has no conflict in the field ${shortened(name)}.`,
      );
    }

    const isEdit = keep === 'portal' && !(cell.kind === 'field' && isAiField(cell.field));
    const row = isEdit
      ? await updateMaterial(trx, before, { ...written(before, cell, conflict.portal), conflicts })
      : await updateOwn(trx, before, {
          fields:
            keep === 'portal' && cell.kind === 'field' ? { [cell.field]: conflict.portal } : {},
          conflicts,
        });
    const was = textOf(before, cell);
    if (textOf(row, cell) !== was) {
      const revision = isEdit ? row.revision : undefined;
      const entry = { field: name, before: was, after: conflict.portal };
      await recordHistory(trx, [{ ...entry, materialId: id, actor: by, revision }]);
    }
    const userId = actor.kind === 'user' ? actor.userId : null;
    const job =
      row.textHash === before.textHash
        ? undefined
        : await openAnalysisUnlessOpen(trx, row, userId, portal.timing);
    if (row.revision !== before.revision) await queueUpdates(trx, [row.id]);
    const details = { field: name, keep, ...conflict };
    await writeAudit(trx, by, 'conflict.resolved', `material:${id}`, details);
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

/** The cell of a conflict: a field, or a further column by its header. */
type Cell =
  | { readonly kind: 'field'; readonly field: RevisedField | AiField }
  | { readonly kind: 'metadata'; readonly header: string };

const METADATA = 'metadata.';

function cellNamed({ conflicts }: MaterialRecord, name: string): Cell | undefined {
  const field = [...REVISED_FIELDS, ...AI_FIELDS].find((known) => known === name);
  if (field !== undefined) return { kind: 'field', field };
  const isMetadata = name.startsWith(METADATA) && Object.hasOwn(conflicts, name);
  return isMetadata ? { kind: 'metadata', header: name.slice(METADATA.length) } : undefined;
}

function textOf(row: MaterialRecord, cell: Cell): string | null {
  if (cell.kind === 'field') return cellOf(row, cell.field);
  return own(row.metadata, cell.header) ?? null;
}

function written({ metadata }: MaterialRecord, cell: Cell, text: string): MaterialChange {
  if (cell.kind === 'field') return { fields: { [cell.field]: text } };
  const { header } = cell;
  const entries = [...Object.entries(metadata), [header, text] as const];
  return { fields: {}, metadata: Object.fromEntries(entries), rewritten: header };
}
