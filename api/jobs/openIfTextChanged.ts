import type { Transaction } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { JobRules } from './event.ts';
import type { Subject } from './kinds.ts';
import { openAnalysis } from './open.ts';
import type { JobRow } from './repository.ts';

/**
 * While a job is open no second one opens for its material; so if the text was changed meanwhile,
 * the next one opens here, in the transaction that ends it, for the same person to follow.
 *
 * @returns whether one was opened
 */
export async function openIfTextChanged(
  trx: Transaction<Database>,
  { timing }: JobRules,
  ended: JobRow,
  { id, textHash, isDeleted }: Subject,
): Promise<boolean> {
  if (ended.textHash === textHash || isDeleted) return false;
  await openAnalysis(trx, { id, textHash }, ended.userId, timing, { announce: false });
  return true;
}
