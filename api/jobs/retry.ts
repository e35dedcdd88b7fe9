import { writeAudit } from '../audit/repository.ts';
import { actorName } from '../auth/actor.ts';
import { authorize, requirePerson } from '../auth/authorize.ts';
import { isDuplicate } from '../db/connect.ts';
import type { JobId } from '../db/ids.ts';
import { PortalError } from '../errors.ts';
import type { Caller } from '../http/caller.ts';
import type { Portal } from '../portal.ts';
import { lockWithSubject } from './event.ts';
import { mayRead } from './get.ts';
import { presentJob } from './present.ts';
import type { Job } from './schemas.ts';
import { toReopened } from './transitions.ts';

/**
 * A person opens a FAILED job again, for the material as it reads now.
 *
 * @throws PortalError `not_signed_in`, `forbidden`, `not_found`, `job_not_failed`, `job_open`
 */
export async function retryJob(portal: Portal, caller: Caller, id: JobId): Promise<Job> {
  const job = await portal.db
    .transaction()
    .execute(async (trx) => {
      const actor = requirePerson(await authorize(trx, caller));
      const { job, subject } = await lockWithSubject(trx, portal, id);
      if (!mayRead(actor, job)) throw new PortalError('not_found', `There is no job ${id}.`);
      const hash = subject?.material?.textHash ?? job.textHash;
      const reopened = await toReopened(trx, job, hash, portal.timing.claimDeadline);
      if (reopened === undefined) {
        throw new PortalError(
          'job_not_failed',
          `Job ${id} is ${job.status}: only one that has FAILED can be tried again.`,
        );
      }
      const details = { attempt: reopened.attempt, error: job.error?.code };
      await writeAudit(trx, actorName(actor), 'job.retried', `job:${id}`, details);
      return reopened;
    })
    .catch((error: unknown) => {
      const isOpen = isDuplicate(error, 'jobs_one_open') || isDuplicate(error, 'jobs_one_open_gap');
      if (!isOpen) throw error;
      throw new PortalError(
        'job_open',
        'A newer job for this material or gap is open: follow that one.',
      );
    });
  portal.wakeDispatch();
  return presentJob(job);
}
