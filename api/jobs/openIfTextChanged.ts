import type { Transaction } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { JobRules } from './event.ts';
import type { Subject } from './kinds.ts';
import { openAnalysis } from './open.ts';
import type { JobRow } from './repository.ts';

/**
 * Opens the next analysis if the material's text has changed while the job was open: a material has one
 * open analysis at most. It happens in the transaction that ends the job. The new job has the same user.
 *
 * @returns whether a job was opened
 */
export async function openIfTextChanged(
  trx: Transaction<Database>,
  { timing, kinds }: JobRules,
  ended: JobRow,
  { material }: Subject,
): Promise<boolean> {
  if (!kinds[ended.kind].writesMaterial || material === null || material.isDeleted) return false;
  if (ended.textHash === material.textHash) return false;
  await openAnalysis(trx, material, ended.userId, timing);
  return true;
}
