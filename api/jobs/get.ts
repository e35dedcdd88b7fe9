import type { Actor } from '../auth/actor.ts';
import { authorize } from '../auth/authorize.ts';
import type { JobId } from '../db/ids.ts';
import { PortalError } from '../errors.ts';
import type { Caller } from '../http/caller.ts';
import type { Portal } from '../portal.ts';
import { presentJob } from './present.ts';
import { findJob, type JobRow } from './repository.ts';
import type { Job } from './schemas.ts';

/** Teachers see their own jobs, admins and services all. */
export function mayRead(actor: Actor, job: Pick<JobRow, 'userId'>): boolean {
  return actor.kind === 'service' || actor.role === 'admin' || job.userId === actor.userId;
}

/**
 * Reads a job for its caller. A job that the caller may not read is answered like an unknown one.
 *
 * @throws PortalError `not_signed_in`, `not_found`
 */
export async function readJob(
  { db }: Portal,
  caller: Caller,
  id: JobId,
): Promise<{ actor: Actor; job: JobRow }> {
  const [actor, job] = await Promise.all([authorize(db, caller), findJob(db, id)]);
  if (job !== undefined && mayRead(actor, job)) return { actor, job };
  throw new PortalError('not_found', `There is no job ${id}.`);
}

/** A job with its result. @throws PortalError as `readJob` */
export async function getJob(portal: Portal, caller: Caller, id: JobId): Promise<Job> {
  const { job } = await readJob(portal, caller, id);
  return presentJob(job);
}
