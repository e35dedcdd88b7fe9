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
export function mayRead(actor: Actor, job: JobRow): boolean {
  return actor.kind === 'service' || actor.role === 'admin' || job.userId === actor.userId;
}

/** A job that the caller may read; for any other the answer is 404, as for an unknown id. @throws PortalError */
export async function getJob({ db }: Portal, caller: Caller, id: JobId): Promise<Job> {
  const actor = await authorize(db, caller);
  const job = await findJob(db, id);
  if (job === undefined || !mayRead(actor, job)) {
    throw new PortalError('not_found', `There is no job ${id}.`);
  }
  return presentJob(job);
}
