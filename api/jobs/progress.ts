import type { Transaction } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { Timing } from '../timing.ts';
import { refusal, unknownJob, type Changed, type SentClaim } from './event.ts';
import { findJob } from './repository.ts';
import { toProgressed } from './transitions.ts';

/**
 * `job.progress`: the claim's lease begins anew.
 *
 * @throws PortalError `not_found`, `job_ended`, `attempt_over`, `job_claimed`, `job_not_claimed`
 */
export async function reportProgress(
  trx: Transaction<Database>,
  timing: Timing,
  event: SentClaim & { progress: number },
): Promise<Changed> {
  const job = await toProgressed(trx, event, event.progress, timing.lease);
  if (job !== undefined) return { job };
  const current = await findJob(trx, event.jobId);
  if (current === undefined) throw unknownJob(event.jobId);
  throw refusal(current, event);
}
