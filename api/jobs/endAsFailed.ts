import type { Transaction } from 'kysely';
import type { Database, JobError } from '../db/schema.ts';
import type { Changed, JobRules } from './event.ts';
import type { Subject } from './kinds.ts';
import { openIfTextChanged } from './openIfTextChanged.ts';
import { toFailed, type Claim } from './transitions.ts';

/**
 * Ends a job as FAILED. The job's material shows it (see KindRules).
 *
 * @param ending null: a deadline or a lease was over
 * @returns undefined if the job had moved on
 */
export async function endAsFailed(
  trx: Transaction<Database>,
  rules: JobRules,
  {
    claim,
    reason,
    ending,
    subject,
  }: {
    claim: Claim;
    reason: JobError;
    ending: string | null;
    subject: Subject | undefined;
  },
): Promise<Changed | undefined> {
  const job = await toFailed(trx, claim, reason, ending);
  if (job === undefined) return undefined;
  if (subject === undefined) return { job };
  const reporter = ending === null ? null : claim.executionId;
  const actor = reporter === null ? 'portal' : `workflow:${reporter}`;
  await subject.onFailed(actor);
  const due = await openIfTextChanged(trx, rules, job, subject);
  return { job, due, pending: rules.kinds[job.kind].writesMaterial };
}
