import type { Transaction } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { MaterialRecord } from '../materials/repository.ts';
import { openAnalysis } from './open.ts';
import type { JobRow } from './repository.ts';
import type { Timing } from './timing.ts';

/**
 * While a job is open no second one opens for its material; so if the text was changed meanwhile,
 * the next one opens here, in the transaction that ends it, for the same person to follow.
 *
 * @returns whether one was opened
 */
export async function openIfTextChanged(
  trx: Transaction<Database>,
  timing: Timing,
  ended: JobRow,
  material: MaterialRecord,
): Promise<boolean> {
  if (ended.text_hash === material.text_hash || material.deleted_at !== null) return false;
  await openAnalysis(trx, material, ended.user_id, timing, { announce: false });
  return true;
}
