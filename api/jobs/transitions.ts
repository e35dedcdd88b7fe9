import { sql, type Kysely } from 'kysely';
import type { JobId } from '../db/ids.ts';
import type { Database, JobError } from '../db/schema.ts';
import { fromNow, now } from '../db/time.ts';
import { currentTraceparent } from '../trace.ts';
import type { JobRow } from './repository.ts';

/**
 * Each change of a job's state is one conditional UPDATE on (id, attempt, execution_id). If it returns no
 * row, the job was in another state already, and nothing has changed.
 */

/** An attempt at a job, and the execution that has claimed it; null: none has. */
export interface Claim {
  readonly jobId: JobId;
  readonly attempt: number;
  readonly executionId: string | null;
}

const where = (db: Kysely<Database>, { jobId, attempt, executionId }: Claim) =>
  db
    .updateTable('jobs')
    .where('id', '=', jobId)
    .where('attempt', '=', attempt)
    .where('executionId', 'is not distinct from', executionId)
    .where('status', '=', 'PROCESSING');

/** queued or delivered → claimed, leased for so many milliseconds. */
export async function toClaimed(
  db: Kysely<Database>,
  claim: Claim,
  executionId: string,
  lease: number,
): Promise<JobRow | undefined> {
  return where(db, claim)
    .set({
      stage: 'claimed',
      executionId,
      leaseUntil: fromNow(lease),
      nextAt: fromNow(lease),
      startedAt: sql<Date>`coalesce(started_at, now())`,
      updatedAt: now,
    })
    .returningAll()
    .executeTakeFirst();
}

/** claimed → claimed: the lease is renewed. A late report never lowers the progress. */
export async function toProgressed(
  db: Kysely<Database>,
  claim: Claim,
  progress: number,
  lease: number,
): Promise<JobRow | undefined> {
  return where(db, claim)
    .set({
      progress: sql<number>`greatest(progress, ${progress}::int)`,
      leaseUntil: fromNow(lease),
      nextAt: fromNow(lease),
      updatedAt: now,
    })
    .returningAll()
    .executeTakeFirst();
}

const ENDED = {
  stage: 'ended',
  nextAt: null,
  leaseUntil: null,
  endedAt: now,
  updatedAt: now,
} as const;

/** claimed → COMPLETED. */
export async function toCompleted(
  db: Kysely<Database>,
  claim: Claim,
  result: object,
  ending: string,
): Promise<JobRow | undefined> {
  return where(db, claim)
    .set({
      ...ENDED,
      status: 'COMPLETED',
      progress: 100,
      resultJson: JSON.stringify(result),
      ending,
    })
    .returningAll()
    .executeTakeFirst();
}

/** Any stage → FAILED. `ending` is null if a deadline or a lease was over. */
export async function toFailed(
  db: Kysely<Database>,
  claim: Claim,
  error: JobError,
  ending: string | null,
): Promise<JobRow | undefined> {
  return where(db, claim)
    .set({ ...ENDED, status: 'FAILED', error: JSON.stringify(error), ending })
    .returningAll()
    .executeTakeFirst();
}

/** A new attempt without an execution. It is due after `pause`, and must be claimed within `claimDeadline`. */
const fresh = ({ pause, claimDeadline }: { pause: number; claimDeadline: number }) => ({
  stage: 'queued' as const,
  attempt: sql<number>`attempt + 1`,
  executionId: null,
  leaseUntil: null,
  progress: 0,
  deliveries: 0,
  deliveredTo: null,
  misses: 0,
  nextAt: fromNow(pause),
  claimDeadline: fromNow(claimDeadline + pause),
  updatedAt: now,
});

/** claimed → queued for the next attempt, `pause` milliseconds from now. */
export async function toNextAttempt(
  db: Kysely<Database>,
  claim: Claim,
  times: { pause: number; claimDeadline: number },
  ending: string | null,
): Promise<JobRow | undefined> {
  return where(db, claim)
    .set({ ...fresh(times), ending })
    .returningAll()
    .executeTakeFirst();
}

/** FAILED → queued. Only a person can start this. */
export async function toReopened(
  db: Kysely<Database>,
  { id, attempt }: { id: JobId; attempt: number },
  textHash: string | null,
  claimDeadline: number,
): Promise<JobRow | undefined> {
  return db
    .updateTable('jobs')
    .set({
      ...fresh({ pause: 0, claimDeadline }),
      status: 'PROCESSING',
      error: null,
      ending: null,
      startedAt: null,
      endedAt: null,
      textHash,
      traceparent: currentTraceparent(),
    })
    .where('id', '=', id)
    .where('attempt', '=', attempt)
    .where('status', '=', 'FAILED')
    .returningAll()
    .executeTakeFirst();
}
