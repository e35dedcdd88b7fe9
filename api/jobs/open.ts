import type { Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { jobIdSchema, type MaterialId, type UserId } from '../db/ids.ts';
import type { Database } from '../db/schema.ts';
import type { Timing } from '../timing.ts';
import { insertJob, type JobRow } from './repository.ts';

/** The part of a material that its job keeps. */
export interface Analysed {
  readonly id: MaterialId;
  readonly textHash: string;
}

/**
 * Opens the analysis of a material as it reads now, due at once.
 *
 * @param userId the user that the job belongs to; null: an edit in the sheet opened it
 * @throws a duplicate of `jobs_one_open` if one is open already
 */
export async function openAnalysis(
  trx: Transaction<Database>,
  material: Analysed,
  userId: UserId | null,
  timing: Timing,
): Promise<JobRow> {
  return insertJob(trx, {
    id: jobIdSchema.parse(uuidv7()),
    userId,
    materialId: material.id,
    kind: 'analyze',
    textHash: material.textHash,
    claimDeadline: timing.claimDeadline,
    announce: false,
  });
}
