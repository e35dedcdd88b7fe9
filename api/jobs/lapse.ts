import type { Kysely } from 'kysely';
import { backoff } from '../../core/index.ts';
import type { Database } from '../db/schema.ts';
import { endAsFailed } from './endAsFailed.ts';
import { lockWithSubject, type Changed, type JobRules } from './event.ts';
import type { JobRow } from './repository.ts';
import { toNextAttempt } from './transitions.ts';

/**
 * Handles a job whose lease is over: its workflow has crashed, or did not report. The job gets its next
 * attempt; after the last attempt it becomes FAILED.
 *
 * @param due the job as it was taken from the queue
 * @returns undefined if the execution reported meanwhile
 */
export async function lapse(
  db: Kysely<Database>,
  rules: JobRules,
  due: JobRow,
): Promise<Changed | undefined> {
  return db.transaction().execute(async (trx) => {
    const { timing } = rules;
    const { job, subject } = await lockWithSubject(trx, rules, due.id);
    const renewed = (job.leaseUntil?.getTime() ?? 0) !== (due.leaseUntil?.getTime() ?? 0);
    if (renewed || job.stage !== 'claimed') return undefined;
    const claim = { jobId: job.id, attempt: due.attempt, executionId: due.executionId };
    if (due.attempt < timing.attempts) {
      const pause = backoff(timing.nextAttempt, due.attempt);
      const times = { pause, claimDeadline: timing.claimDeadline };
      const queued = await toNextAttempt(trx, claim, times, null);
      return queued && { job: queued };
    }
    const reason = {
      code: 'workflow_silent' as const,
      detail: `Execution ${due.executionId} claimed attempt ${due.attempt} and did not report before its lease ended. A restart of n8n ends it early.`,
    };
    return endAsFailed(trx, rules, { claim, reason, ending: null, subject });
  });
}

/**
 * Ends a job as FAILED because no workflow has claimed it before its deadline.
 *
 * @returns undefined if a workflow has just claimed it
 */
export async function expire(
  db: Kysely<Database>,
  rules: JobRules,
  due: JobRow,
): Promise<Changed | undefined> {
  return db.transaction().execute(async (trx) => {
    const { subject } = await lockWithSubject(trx, rules, due.id);
    const claim = { jobId: due.id, attempt: due.attempt, executionId: null };
    const reason = {
      code: 'workflow_absent' as const,
      detail:
        due.deliveries > 0
          ? `Posted ${due.deliveries} times, but no execution claimed attempt ${due.attempt}.`
          : `No subscription took attempt ${due.attempt}: is the workflow published, and n8n up?`,
    };
    return endAsFailed(trx, rules, { claim, reason, ending: null, subject });
  });
}
