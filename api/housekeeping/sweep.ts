import type { Kysely } from 'kysely';
import { oldSecurityEvents, overSessions, usedUpIdTokens } from '../auth/repository.ts';
import type { Retention } from '../config/config.ts';
import { deleteSome, type Deletable } from '../db/deleteSome.ts';
import type { Database } from '../db/schema.ts';
import { oldHistory } from '../history/index.ts';
import { oldIdempotencyKeys } from '../idempotency/once.ts';
import { expiredInvites } from '../invites/repository.ts';
import { oldPlans } from '../sync/plans.ts';
import { oldDeliveries } from '../webhook/repository.ts';

/** Never in this list: the audit log. The materials' history is in it only if an operator sets its days. */
function deletables(retention: Retention): Deletable[] {
  const { idempotencyKeyDays, deliveryDays, sessionDays, sheetPlanDays, historyDays } = retention;
  return [
    oldIdempotencyKeys(idempotencyKeyDays),
    oldDeliveries(deliveryDays),
    usedUpIdTokens,
    overSessions(sessionDays),
    oldSecurityEvents,
    expiredInvites,
    ...(sheetPlanDays === null ? [] : [oldPlans(sheetPlanDays)]),
    ...(historyDays === null ? [] : [oldHistory(historyDays)]),
  ];
}

/**
 * Deletes the rows that are not needed any more, batch by batch.
 *
 * @param signal stops it after the batch that runs
 * @returns how many rows of which table were deleted
 */
export async function sweep(
  db: Kysely<Database>,
  retention: Retention,
  signal: AbortSignal,
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const deletable of deletables(retention)) {
    let more = true;
    while (more && !signal.aborted) {
      const batch = await deleteSome(db, deletable);
      more = batch.more;
      counts[deletable.table] = (counts[deletable.table] ?? 0) + batch.deleted;
    }
  }
  return counts;
}
