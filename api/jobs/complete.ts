import type { Transaction } from 'kysely';
import { z } from 'zod/v4';
import type { Database } from '../db/schema.ts';
import { validate } from '../validate.ts';
import {
  endingOf,
  lockWithSubject,
  refusal,
  type Changed,
  type JobRules,
  type SentClaim,
} from './event.ts';
import { openIfTextChanged } from './openIfTextChanged.ts';
import { toCompleted } from './transitions.ts';

/**
 * `job.completed`: the result, and what the job's kind writes with it, in one transaction. A result that
 * is not valid leaves the job claimed, so that the workflow can still send a right one, or fail.
 *
 * @throws PortalError `not_found`, `job_ended`, `attempt_over`, `job_claimed`, `job_not_claimed`,
 *   `invalid` with paths under `data.result`
 */
export async function complete(
  trx: Transaction<Database>,
  rules: JobRules,
  event: SentClaim & { result?: unknown },
): Promise<Changed> {
  const { job, subject } = await lockWithSubject(trx, rules, event.jobId);
  const kind = rules.kinds[job.kind];
  const resultSchema = kind.resultSchema(job);
  const claimed =
    job.stage === 'claimed' &&
    job.attempt === event.attempt &&
    job.executionId === event.executionId;
  if (!claimed) {
    const again = z.safeParse(resultSchema, event.result);
    const same = again.success && job.ending === endingOf('job.completed', event, again.data);
    if (same) return { job };
    throw refusal(job, event);
  }

  const result = validate(resultSchema, event.result, 'data.result');
  const ending = endingOf('job.completed', event, result);
  const completed = await toCompleted(trx, event, result, ending);
  if (completed === undefined) throw refusal(job, event);
  if (subject === undefined) return { job: completed };

  await subject.onCompleted(completed, result, `workflow:${event.executionId}`);
  const due = await openIfTextChanged(trx, rules, completed, subject);
  return { job: completed, due, pending: kind.writesMaterial };
}
