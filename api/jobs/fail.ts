import type { Transaction } from 'kysely';
import { backoff, type JobFailure } from '../../core/index.ts';
import type { JobId } from '../db/ids.ts';
import type { Database } from '../db/schema.ts';
import { PortalError } from '../errors.ts';
import { endAsFailed } from './endAsFailed.ts';
import { endingOf, lockWithSubject, refusal, type Changed, type JobRules } from './event.ts';
import { findJobOfExecution } from './repository.ts';
import { toNextAttempt } from './transitions.ts';

/**
 * `job.failed`: the job gets its next attempt if that may succeed and attempts are left. Otherwise it becomes
 * FAILED with the reason. An error workflow names only its execution: then the API
 * finds the job by the execution that has claimed it.
 *
 * @throws PortalError `not_found`, `job_ended`, `attempt_over`, `job_claimed`, `job_not_claimed`
 */
export async function fail(
  trx: Transaction<Database>,
  rules: JobRules,
  event: {
    jobId?: JobId | undefined;
    attempt?: number | undefined;
    executionId: string;
    error: JobFailure;
  },
): Promise<Changed> {
  const { executionId, error } = event;
  const id = event.jobId ?? (await findJobOfExecution(trx, executionId))?.id;
  if (id === undefined) {
    throw new PortalError('not_found', `Execution ${executionId} has claimed no job.`);
  }
  const { timing } = rules;
  const { job, subject } = await lockWithSubject(trx, rules, id);
  const claim = { jobId: id, attempt: event.attempt ?? job.attempt, executionId };
  const ending = endingOf('job.failed', claim, error);
  if (job.ending === ending) return { job };
  if (job.stage !== 'claimed' || job.attempt !== claim.attempt || job.executionId !== executionId) {
    throw refusal(job, claim);
  }

  if (error.retryable && job.attempt < timing.attempts) {
    const pause = backoff(timing.nextAttempt, job.attempt);
    const times = { pause, claimDeadline: timing.claimDeadline };
    const queued = await toNextAttempt(trx, claim, times, ending);
    if (queued === undefined) throw refusal(job, claim);
    return { job: queued };
  }
  const reason = { code: error.code, detail: error.message };
  const failed = await endAsFailed(trx, rules, { claim, reason, ending, subject });
  if (failed === undefined) throw refusal(job, claim);
  return failed;
}
