import type { Kysely } from 'kysely';
import { overSessions, usedUpIdTokens } from '../auth/repository.ts';
import { deleteSome } from '../db/deleteSome.ts';
import type { Database } from '../db/schema.ts';
import { oldIdempotencyKeys } from '../idempotency/once.ts';
import { oldDeliveries } from '../webhook/repository.ts';

/** Never in this list: the audit log and the materials' history. */
const OVER = [oldIdempotencyKeys, oldDeliveries, usedUpIdTokens, overSessions];

/**
 * Deletes the rows that are not needed any more, batch by batch.
 *
 * @param signal stops it after the batch that runs
 * @returns how many rows of which table were deleted
 */
export async function sweep(
  db: Kysely<Database>,
  signal: AbortSignal,
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const deletable of OVER) {
    let more = true;
    while (more && !signal.aborted) {
      const batch = await deleteSome(db, deletable);
      more = batch.more;
      counts[deletable.table] = (counts[deletable.table] ?? 0) + batch.deleted;
    }
  }
  return counts;
}
