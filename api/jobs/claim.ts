import type { Transaction } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { Timing } from '../timing.ts';
import { refusal, unknownJob, type Changed, type SentClaim } from './event.ts';
import { lockJob } from './repository.ts';
import { toClaimed } from './transitions.ts';

/**
 * `job.started`: an execution claims the attempt, on a lease. It may claim it again. A queued job is claimed
 * like a delivered one, because the claim may arrive before n8n has answered the delivery.
 *
 * @throws PortalError `not_found`, `job_ended`, `attempt_over`, `job_claimed`
 */
export async function claim(
  trx: Transaction<Database>,
  timing: Timing,
  { jobId, attempt, executionId }: SentClaim,
): Promise<Changed> {
  const job = await lockJob(trx, jobId);
  if (job === undefined) throw unknownJob(jobId);
  const unclaimed = { jobId, attempt, executionId: null };
  const claimed = await toClaimed(trx, unclaimed, executionId, timing.lease);
  if (claimed !== undefined) return { job: claimed };

  const mine =
    job.status === 'PROCESSING' && job.attempt === attempt && job.executionId === executionId;
  if (!mine) throw refusal(job, { attempt, executionId });
  return { job };
}
