import type { Transaction } from 'kysely';
import { writeAudits } from '../audit/repository.ts';
import { actorName } from '../auth/actor.ts';
import { authorize, requirePerson } from '../auth/authorize.ts';
import { isDuplicate } from '../db/connect.ts';
import type { JobId } from '../db/ids.ts';
import { inSavepoint } from '../db/savepoint.ts';
import type { Database } from '../db/schema.ts';
import { PortalError } from '../errors.ts';
import type { Caller } from '../http/caller.ts';
import { problemOf } from '../http/problem.ts';
import type { Portal } from '../portal.ts';
import { lockWithSubject, unknownJob } from './event.ts';
import { mayRead } from './get.ts';
import { presentJob, presentListedJob } from './present.ts';
import { findJobs, type JobRow } from './repository.ts';
import { requireRoom, roomFor } from './room.ts';
import type { BulkRetryAnswer, BulkRetryResult, Job } from './schemas.ts';
import { toReopened } from './transitions.ts';

/**
 * A person opens a FAILED job again, for the material as it reads now.
 *
 * @throws PortalError `not_signed_in`, `forbidden`, `not_found`, `job_not_failed`, `job_open`,
 *   `too_many_open_jobs`
 */
export async function retryJob(portal: Portal, caller: Caller, id: JobId): Promise<Job> {
  const [outcome] = await retryEach(portal, caller, [id]);
  if (outcome === undefined || outcome instanceof PortalError) throw outcome ?? unknownJob(id);
  return presentJob(outcome);
}

/**
 * A person opens many FAILED jobs again, in one transaction. A job that cannot be opened says why, and the
 * others are opened. The same request again finds no FAILED job, so it changes nothing.
 *
 * @throws PortalError `not_signed_in`, `forbidden`
 */
export async function retryJobs(
  portal: Portal,
  caller: Caller,
  { ids }: { readonly ids: readonly JobId[] },
): Promise<BulkRetryAnswer> {
  const outcomes = await retryEach(portal, caller, ids);
  const results = outcomes.map((outcome, index): BulkRetryResult => {
    const id = ids[index] ?? '';
    if (!(outcome instanceof PortalError)) {
      return { id, status: 'retried', job: presentListedJob(outcome) };
    }
    const { code, message, fields } = outcome;
    return { id, status: 'refused', job: null, problem: problemOf(code, message, fields) };
  });
  const retried = results.filter(({ status }) => status === 'retried').length;
  return { counts: { retried, refused: results.length - retried }, results };
}

/**
 * Retries jobs one after the other. The locks come in the order of every transaction: people, then the
 * material of each job and the job, in the order of the materials' ids.
 *
 * @returns the open job or the error for each id, in their order
 */
async function retryEach(
  portal: Portal,
  caller: Caller,
  ids: readonly JobId[],
): Promise<Array<JobRow | PortalError>> {
  const outcomes = await portal.db.transaction().execute(async (trx) => {
    const actor = requirePerson(await authorize(trx, caller));
    const known = (await findJobs(trx, ids)).filter((job) => mayRead(actor, job));
    const rooms = new Map<JobRow['userId'], number>();
    const owners = new Set(known.map(({ userId }) => userId));
    for (const owner of [...owners].sort((a, b) => (a ?? 0) - (b ?? 0))) {
      rooms.set(owner, await roomFor(trx, portal, owner));
    }
    const outcomes = new Map<string, JobRow | PortalError>();
    const audits = [];
    for (const { id, userId, error } of known) {
      const room = rooms.get(userId) ?? 0;
      const outcome = await reopen(trx, portal, id, room).catch(asPortalError);
      outcomes.set(id, outcome);
      if (outcome instanceof PortalError) continue;
      rooms.set(userId, room - 1);
      const details = { attempt: outcome.attempt, error: error?.code };
      audits.push({ action: 'job.retried', subject: `job:${id}`, details });
    }
    await writeAudits(trx, actorName(actor), audits);
    return outcomes;
  });
  if ([...outcomes.values()].some((one) => !(one instanceof PortalError))) portal.wakeDispatch();
  return ids.map((id) => outcomes.get(id.toLowerCase()) ?? unknownJob(id));
}

/** @throws PortalError `job_not_failed`, `job_open`, `too_many_open_jobs` */
async function reopen(
  trx: Transaction<Database>,
  portal: Portal,
  id: JobId,
  room: number,
): Promise<JobRow> {
  const { job, subject } = await lockWithSubject(trx, portal, id);
  if (job.status !== 'FAILED') {
    throw new PortalError(
      'job_not_failed',
      `Job ${id} is ${job.status}: only one that has FAILED can be tried again.`,
    );
  }
  requireRoom(room);
  const hash = subject?.material?.textHash ?? job.textHash;
  const reopened = await inSavepoint(trx, () =>
    toReopened(trx, job, hash, portal.timing.claimDeadline),
  ).catch((error: unknown) => {
    const isOpen = isDuplicate(error, 'jobs_one_open') || isDuplicate(error, 'jobs_one_open_gap');
    if (!isOpen) throw error;
    throw new PortalError(
      'job_open',
      'A newer job for this material or gap is open: follow that one.',
    );
  });
  if (reopened === undefined) throw new Error(`Job ${id} is locked, and is not FAILED any more.`);
  return reopened;
}

function asPortalError(error: unknown): PortalError {
  if (error instanceof PortalError) return error;
  throw error;
}
