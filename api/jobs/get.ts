import type { Actor } from '../auth/actor.ts';
import { authorize } from '../auth/authorize.ts';
import type { JobId } from '../db/ids.ts';
import { PortalError } from '../errors.ts';
import type { Caller } from '../http/caller.ts';
import type { Portal } from '../portal.ts';
import { findJob, findShownJob, type JobRow } from './repository.ts';

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
  return { actor, job: requireReadable(actor, job, id) };
}

/** A job with its result, as JSON. @throws PortalError as `readJob` */
export async function getJob({ db }: Portal, caller: Caller, id: JobId): Promise<string> {
  const [actor, job] = await Promise.all([authorize(db, caller), findShownJob(db, id)]);
  return requireReadable(actor, job, id).json;
}

/** @throws PortalError `not_found` */
function requireReadable<Row extends Pick<JobRow, 'userId'>>(
  actor: Actor,
  job: Row | undefined,
  id: JobId,
): Row {
  if (job !== undefined && mayRead(actor, job)) return job;
  throw new PortalError('not_found', `There is no job ${id}.`);
}
