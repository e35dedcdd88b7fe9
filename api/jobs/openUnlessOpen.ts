import type { Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { jobIdSchema, type UserId } from '../db/ids.ts';
import type { Database } from '../db/schema.ts';
import type { Timing } from '../timing.ts';
import type { Analysed } from './open.ts';
import { insertJobUnlessOpen, type JobRow } from './repository.ts';

/**
 * Opens the analysis of a material whose text has changed, if none is open. If one is, it finds the
 * changed text at its end, and the next one opens there (see openIfTextChanged).
 *
 * @param material locked, as it reads now
 * @param userId the user that the job belongs to; null: an edit in the sheet opened it
 * @returns undefined if one is open already
 */
export async function openAnalysisUnlessOpen(
  trx: Transaction<Database>,
  material: Analysed,
  userId: UserId | null,
  timing: Timing,
): Promise<JobRow | undefined> {
  return insertJobUnlessOpen(trx, {
    id: jobIdSchema.parse(uuidv7()),
    userId,
    materialId: material.id,
    kind: 'analyze',
    textHash: material.textHash,
    claimDeadline: timing.claimDeadline,
    announce: false,
  });
}
