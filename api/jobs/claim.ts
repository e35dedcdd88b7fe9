import type { Transaction } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { Timing } from '../timing.ts';
import { refusal, unknownJob, type Changed, type SentClaim } from './event.ts';
import { findJob } from './repository.ts';
import { toClaimed } from './transitions.ts';

/**
 * `job.started`: the execution claims the attempt, on a lease; the same execution may say so again.
 * A claim may come before the answer to the post it follows, so a queued job is claimed like a
 * delivered one.
 *
 * @throws PortalError `not_found`, `job_ended`, `attempt_over`, `job_claimed`
 */
export async function claim(
  trx: Transaction<Database>,
  timing: Timing,
  { jobId, attempt, executionId }: SentClaim,
): Promise<Changed> {
  const unclaimed = { jobId, attempt, executionId: null };
  const claimed = await toClaimed(trx, unclaimed, executionId, timing.lease);
  if (claimed !== undefined) return { job: claimed };

  const job = await findJob(trx, jobId);
  if (job === undefined) throw unknownJob(jobId);
  const mine =
    job.status === 'PROCESSING' && job.attempt === attempt && job.executionId === executionId;
  if (!mine) throw refusal(job, { attempt, executionId });
  return { job };
}
