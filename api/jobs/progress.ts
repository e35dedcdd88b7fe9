import type { Transaction } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { Timing } from '../timing.ts';
import { refusal, unknownJob, type Changed, type SentClaim } from './event.ts';
import { lockJob } from './repository.ts';
import { toProgressed } from './transitions.ts';

/**
 * `job.progress`: the claim's lease begins anew. The job is locked first: the claim of this very execution
 * may be under way.
 *
 * @throws PortalError `not_found`, `job_ended`, `attempt_over`, `job_claimed`, `job_not_claimed`
 */
export async function reportProgress(
  trx: Transaction<Database>,
  timing: Timing,
  event: SentClaim & { progress: number },
): Promise<Changed> {
  const current = await lockJob(trx, event.jobId);
  if (current === undefined) throw unknownJob(event.jobId);
  const job = await toProgressed(trx, event, event.progress, timing.lease);
  if (job === undefined) throw refusal(current, event);
  return { job };
}
