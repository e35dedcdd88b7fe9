import type { Transaction } from 'kysely';
import type { Database, JobError } from '../db/schema.ts';
import type { MaterialRecord } from '../materials/repository.ts';
import { writeAnalysis } from '../materials/writeAnalysis.ts';
import type { Changed } from './event.ts';
import { openIfTextChanged } from './openIfTextChanged.ts';
import type { Timing } from './timing.ts';
import { toFailed, type Claim } from './transitions.ts';

/**
 * Ends a job as FAILED, and says so in the material's AI_STATUS; the last good summary stays.
 *
 * @param material the job's, locked
 * @param ending null: a deadline or a lease was over
 * @returns undefined if the job had moved on
 */
export async function endAsFailed(
  trx: Transaction<Database>,
  timing: Timing,
  {
    claim,
    reason,
    ending,
    material,
  }: {
    claim: Claim;
    reason: JobError;
    ending: string | null;
    material: MaterialRecord | undefined;
  },
): Promise<Changed | undefined> {
  const job = await toFailed(trx, claim, reason, ending);
  if (job === undefined) return undefined;
  if (material === undefined) return { job };
  const reporter = ending === null ? null : claim.executionId;
  const actor = reporter === null ? 'portal' : `workflow:${reporter}`;
  await writeAnalysis(trx, material, { aiStatus: 'FAILED' }, actor);
  const due = await openIfTextChanged(trx, timing, job, material);
  return { job, due, pending: true };
}
