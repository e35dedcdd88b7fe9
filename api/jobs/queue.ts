import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { JobKind } from '../../core/index.ts';
import type { JobId, SubscriptionId } from '../db/ids.ts';
import type { Database, SubscribedWorkflow } from '../db/schema.ts';
import { takeDue, type Taking } from '../db/takeDue.ts';
import { ageMs, fromNow, now } from '../db/time.ts';
import type { JobRow } from './repository.ts';

/** A job that is due, and which of its clocks has run out, by PostgreSQL's time. */
export interface DueJob extends JobRow {
  readonly leaseOver: boolean;
  readonly deadlineOver: boolean;
}

/**
 * Takes jobs that are due (index jobs_due).
 *
 * @param paused of these kinds, only jobs that a lease or a deadline has ended. 10,000 jobs that wait behind
 * a pause make the query read 10,000 rows (7 ms), and write none.
 */
export async function takeJobs(
  db: Kysely<Database>,
  taking: Taking,
  paused: readonly JobKind[] = [],
): Promise<DueJob[]> {
  return take(
    db,
    taking,
    sql`kind <> all(${[...paused]}::job_kind[]) or stage = 'claimed' or claim_deadline <= now()`,
  );
}

/** Takes the job of these kinds that has been due longest, to probe a circuit (index jobs_due). */
export async function takeProbe(
  db: Kysely<Database>,
  taken: number,
  kinds: readonly JobKind[],
): Promise<DueJob[]> {
  return take(db, { limit: 1, taken }, sql`kind = any(${[...kinds]}::job_kind[])`);
}

async function take(
  db: Kysely<Database>,
  taking: Taking,
  which: RawBuilder<unknown>,
): Promise<DueJob[]> {
  const where = sql<boolean>`status = 'PROCESSING' and (${which})`;
  const more = sql`, coalesce(lease_until <= now(), false) as lease_over,
    claim_deadline <= now() as deadline_over`;
  return takeDue<'jobs', Pick<DueJob, 'leaseOver' | 'deadlineOver'>>(
    db,
    { table: 'jobs', key: 'id', dueAt: 'nextAt', where, more },
    taking,
  );
}

/** The attempt that was posted, if no execution has claimed it. */
const unclaimed = (db: Kysely<Database>, { id, attempt }: { id: JobId; attempt: number }) =>
  db
    .updateTable('jobs')
    .where('id', '=', id)
    .where('attempt', '=', attempt)
    .where('executionId', 'is', null)
    .where('status', '=', 'PROCESSING');

/** When the queue looks at the job next: `ms` from now, but not after its claim deadline. */
const dueIn = (ms: number) => sql<Date>`least(${fromNow(ms)}, claim_deadline)`;

/**
 * Records the subscription that an attempt is posted to.
 *
 * @returns false if an execution has claimed it meanwhile
 */
export async function markPosted(
  db: Kysely<Database>,
  job: { id: JobId; attempt: number },
  subscription: SubscriptionId,
): Promise<boolean> {
  const { numUpdatedRows } = await unclaimed(db, job)
    .set({ deliveredTo: subscription })
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Ends now the leases of the jobs that a workflow has claimed. Reads all jobs that are not ended (index
 * jobs_due).
 *
 * @param latestLease milliseconds from now: a lease that lasts longer is left
 * @returns how many leases were ended
 */
export async function releaseClaims(
  db: Kysely<Database>,
  workflow: Pick<SubscribedWorkflow, 'instanceId' | 'id'>,
  latestLease: number,
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('jobs')
    .set({ leaseUntil: now, nextAt: now })
    .where('status', '=', 'PROCESSING')
    .where('stage', '=', 'claimed')
    .where('leaseUntil', '>', now)
    .where('leaseUntil', '<=', fromNow(latestLease))
    .where('deliveredTo', 'in', (subscriptions) =>
      subscriptions
        .selectFrom('subscriptions')
        .select('subscriptions.id')
        .where(sql<boolean>`workflow @> ${JSON.stringify(workflow)}::jsonb`),
    )
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Posted and answered with 2xx: looked at again in `again` milliseconds if nobody claims it. */
export async function markDelivered(
  db: Kysely<Database>,
  job: { id: JobId; attempt: number },
  again: number,
): Promise<void> {
  await unclaimed(db, job)
    .set({
      stage: 'delivered',
      deliveries: sql<number>`deliveries + 1`,
      misses: 0,
      nextAt: dueIn(again),
    })
    .execute();
}

/** Not posted, or not answered with 2xx: tried again in `again` milliseconds. */
export async function markMissed(
  db: Kysely<Database>,
  job: { id: JobId; attempt: number },
  again: number,
): Promise<void> {
  await unclaimed(db, job)
    .set({ misses: sql<number>`misses + 1`, nextAt: dueIn(again) })
    .execute();
}

/** Returns a job to the queue, because this instance stops: any instance may take it. */
export async function giveBack(
  db: Kysely<Database>,
  job: { id: JobId; attempt: number },
): Promise<void> {
  await unclaimed(db, job).set({ nextAt: now }).execute();
}

/**
 * Posts waiting jobs at once when a subscription for them appears. Reads all jobs that are not ended (index
 * jobs_due).
 */
export async function hasten(db: Kysely<Database>, kinds: readonly JobKind[]): Promise<void> {
  if (kinds.length === 0) return;
  await db
    .updateTable('jobs')
    .set({ nextAt: now, misses: 0 })
    .where('status', '=', 'PROCESSING')
    .where('stage', '=', 'queued')
    .where('misses', '>', 0)
    .where('kind', 'in', [...kinds])
    .execute();
}

/** A job of a new material, and its age by PostgreSQL's clock. */
export interface CreatedJob extends JobRow {
  readonly ageMs: number;
}

/** Takes jobs of new materials of which `material.created` was not sent yet (index jobs_to_announce). */
export async function takeCreated(db: Kysely<Database>, taking: Taking): Promise<CreatedJob[]> {
  const more = sql`, ${ageMs('created_at')} as age_ms`;
  return takeDue<'jobs', Pick<CreatedJob, 'ageMs'>>(
    db,
    { table: 'jobs', key: 'id', dueAt: 'announceAt', more },
    taking,
  );
}

/** @param again milliseconds from now; null: all subscriptions have it */
export async function markCreatedSent(
  db: Kysely<Database>,
  id: JobId,
  again: number | null,
): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ announceAt: again === null ? null : fromNow(again) })
    .where('id', '=', id)
    .execute();
}
