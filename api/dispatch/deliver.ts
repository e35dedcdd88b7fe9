import { backoff } from '../../core/index.ts';
import type { Changed } from '../jobs/event.ts';
import { expire, lapse } from '../jobs/lapse.ts';
import { presentOffer } from '../jobs/present.ts';
import { giveBack, markDelivered, markMissed, markPosted, type DueJob } from '../jobs/queue.ts';
import { presentMaterial } from '../materials/present.ts';
import { findMaterial } from '../materials/repository.ts';
import type { Portal } from '../portal.ts';
import type { PostableRow } from '../subscriptions/repository.ts';
import { post } from './post.ts';

/**
 * Handles one job that is due. If its lease or its deadline is over, the job gets its next attempt or
 * fails. Otherwise the job is posted to the workflow that claims its kind.
 *
 * @param claimant the subscription of that workflow; undefined: there is none
 */
export async function deliver(
  portal: Portal,
  job: DueJob,
  claimant: PostableRow | undefined,
  stop: AbortSignal,
): Promise<void> {
  const { db, timing } = portal;
  if (job.stage === 'claimed') {
    if (job.leaseOver) settle(portal, job, await lapse(db, portal, job));
    return;
  }
  if (job.deadlineOver) {
    settle(portal, job, await expire(db, portal, job));
    return;
  }

  if (claimant !== undefined && !(await markPosted(db, job, claimant.id))) return;
  if (claimant === undefined) portal.metrics.posted('job.requested', 'no_subscription');
  const row = job.materialId === null ? undefined : await findMaterial(db, job.materialId);
  const posted =
    claimant !== undefined &&
    (await post(
      portal,
      claimant,
      // All deliveries of an attempt have one id, so that the receiver recognises a repeated one.
      { webhookId: `job_${job.id}_${job.attempt}`, traceparent: job.traceparent },
      {
        type: 'job.requested',
        data: { job: presentOffer(job), material: row === undefined ? null : presentMaterial(row) },
      },
      stop,
    ));
  if (posted === 'delivered') await markDelivered(db, job, timing.repost * 2 ** job.deliveries);
  else if (stop.aborted || posted === 'paused') await giveBack(db, job);
  else await markMissed(db, job, backoff(timing.backoff, job.misses + 1));
}

function settle(portal: Portal, due: DueJob, changed: Changed | undefined): void {
  if (changed === undefined) return;
  const { status, attempt, error } = changed.job;
  portal.log.warn(
    { job: due.id, was: due.attempt, status, attempt, error },
    'a job ran out of time',
  );
  if (changed.due === true) portal.wakeDispatch();
  if (changed.pending === true) portal.wakeSync();
}
