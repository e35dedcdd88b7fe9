import type { Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { jobIdSchema, type UserId } from '../db/ids.ts';
import type { Database } from '../db/schema.ts';
import type { MaterialRecord } from '../materials/repository.ts';
import { insertJob, type JobRow } from './repository.ts';
import type { Timing } from './timing.ts';

/**
 * Opens the analysis of a material as it reads now, due at once.
 *
 * @param userId who follows it; null: opened by an edit in the sheet
 * @param announce whether `material.created` is sent to subscriptions that only listen
 * @throws a duplicate of `jobs_one_open` if one is open already
 */
export async function openAnalysis(
  trx: Transaction<Database>,
  material: MaterialRecord,
  userId: UserId | null,
  timing: Timing,
  { announce }: { announce: boolean },
): Promise<JobRow> {
  return insertJob(trx, {
    id: jobIdSchema.parse(uuidv7()),
    userId,
    materialId: material.id,
    kind: 'analyze',
    textHash: material.text_hash,
    claimDeadline: timing.claimDeadline,
    announce,
  });
}
