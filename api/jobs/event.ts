import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { JobId } from '../db/ids.ts';
import type { Database } from '../db/schema.ts';
import { PortalError } from '../errors.ts';
import type { Timing } from '../timing.ts';
import type { JobKinds, Subject } from './kinds.ts';
import { findJob, lockJob, type JobRow } from './repository.ts';
import type { Claim } from './transitions.ts';

/** The changes of an event besides the job: whether to wake dispatch and sync after the commit. */
export interface Changed {
  readonly job: JobRow;
  readonly due?: boolean;
  readonly pending?: boolean;
}

/** The claim of the execution that sent an event. */
export type SentClaim = Claim & { readonly executionId: string };

/** Every verb on a job gets these beside its transaction. */
export interface JobRules {
  readonly timing: Timing;
  readonly kinds: JobKinds;
}

/**
 * Locks a job with its material. Every transaction locks the material first.
 *
 * @throws PortalError `not_found`
 */
export async function lockWithSubject(
  trx: Transaction<Database>,
  { kinds }: JobRules,
  id: JobId,
): Promise<{ job: JobRow; subject: Subject | undefined }> {
  const known = await findJob(trx, id);
  if (known === undefined) throw unknownJob(id);
  const subject = await kinds[known.kind].lockSubject(trx, known.materialId);
  const job = await lockJob(trx, id);
  if (job === undefined) throw unknownJob(id);
  return { job, subject };
}

export function unknownJob(id: JobId): PortalError {
  return new PortalError('not_found', `There is no job ${id}.`);
}

/** Identifies an ending, so that the same ending is recognised when it arrives again. */
export function endingOf(type: string, claim: SentClaim, content: object): string {
  return createHash('sha256')
    .update(JSON.stringify([type, claim.jobId, claim.attempt, claim.executionId, content]))
    .digest('hex');
}

/** The error for an event that no longer applies to its job. */
export function refusal(
  job: JobRow,
  { attempt, executionId }: Omit<SentClaim, 'jobId'>,
): PortalError {
  const name = `Job ${job.id}`;
  if (job.status !== 'PROCESSING') {
    return new PortalError('job_ended', `${name} has ended as ${job.status}; nothing was changed.`);
  }
  if (job.attempt !== attempt) {
    return new PortalError(
      'attempt_over',
      `${name} is at attempt ${job.attempt}, not ${attempt}; nothing was changed.`,
    );
  }
  if (job.executionId === null) {
    return new PortalError(
      'job_not_claimed',
      `${name} has not been claimed: send job.started with execution ${executionId} first.`,
    );
  }
  return new PortalError(
    'job_claimed',
    `${name} is claimed by execution ${job.executionId}, not ${executionId}; nothing was changed.`,
  );
}
