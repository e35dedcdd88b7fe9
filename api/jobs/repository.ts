import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import { FAILURE_TEXT, type JobKind } from '../../core/index.ts';
import { newestPage, type FoundRows, type Position } from '../db/boundedPage.ts';
import type { JobId, MaterialId, UserId } from '../db/ids.ts';
import { insertMany } from '../db/insertMany.ts';
import type { Database, JobsTable, JobStatus } from '../db/schema.ts';
import { readTogether } from '../db/together.ts';
import { fromNow, now } from '../db/time.ts';
import { currentTraceparent } from '../trace.ts';

export type JobRow = Selectable<JobsTable>;

/** A time as JSON has it: `2026-11-28T07:00:00.000Z`. */
const time = (column: keyof JobRow) =>
  sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The property of a time that a job may not have yet. */
const laterTime = (column: 'startedAt' | 'endedAt') => sql`
  case when ${sql.ref(column)} is null then '{}'
    else jsonb_build_object(${sql.lit(column)}, ${time(column)}) end`;

/**
 * The JSON of presentJob. PostgreSQL makes it, so that this process only passes it on: to read 26 columns
 * and to write them as JSON took a fifth of `GET /api/jobs/:id` (bench:api).
 */
const SHOWN = sql`(jsonb_build_object(
    'id', id, 'kind', kind, 'materialId', material_id, 'options', options, 'status', status,
    'progress', progress, 'attempt', attempt, 'executionId', execution_id, 'result', result_json,
    'error', case when error is null then null else jsonb_build_object(
      'code', error -> 'code', 'detail', error -> 'detail',
      'message', ${JSON.stringify(FAILURE_TEXT)}::jsonb -> (error ->> 'code')) end,
    'createdAt', ${time('createdAt')}, 'updatedAt', ${time('updatedAt')})
  || ${laterTime('startedAt')} || ${laterTime('endedAt')})`;

const jobsById = readTogether<string, JobRow>(async (db, ids) => {
  const rows = await db
    .selectFrom('jobs')
    .selectAll()
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
});

/** A job by its id (primary key). */
export async function findJob(db: Kysely<Database>, id: JobId): Promise<JobRow | undefined> {
  // PostgreSQL gives ids in lower case.
  return jobsById(db, id.toLowerCase());
}

/** What GET answers for a job: the body as JSON, and the person who may read it. */
export interface ShownJob {
  readonly userId: UserId | null;
  readonly json: string;
}

const shownJobsById = readTogether<string, ShownJob>(async (db, ids) => {
  const { rows } = await sql<ShownJob & { id: string }>`
    select id, user_id, ${SHOWN}::text as json from jobs where id = any(${ids}::uuid[])`.execute(
    db,
  );
  return new Map(rows.map(({ id, ...job }) => [id, job]));
});

/** A job as GET shows it, by its id (primary key). */
export async function findShownJob(db: Kysely<Database>, id: JobId): Promise<ShownJob | undefined> {
  return shownJobsById(db, id.toLowerCase());
}

/**
 * The newest job that an execution has claimed (index jobs_of_execution). An error workflow knows only the
 * execution.
 */
export async function findJobOfExecution(
  db: Kysely<Database>,
  executionId: string,
): Promise<JobRow | undefined> {
  return db
    .selectFrom('jobs')
    .selectAll()
    .where('executionId', '=', executionId)
    .orderBy(sql`stage = 'claimed'`, 'desc')
    .orderBy('updatedAt', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/**
 * A job as lists have it: without its result, which may be long, and without the columns of the
 * queue.
 */
export type ListedJobRow = Pick<JobRow, (typeof LISTED)[number]>;

const LISTED = [
  'id',
  'kind',
  'materialId',
  'options',
  'status',
  'progress',
  'error',
  'attempt',
  'executionId',
  'createdAt',
  'updatedAt',
  'startedAt',
  'endedAt',
] as const satisfies ReadonlyArray<keyof JobRow>;

/**
 * Newest first, by one of the indexes jobs_newest, jobs_of_user, jobs_of_material, jobs_not_completed and
 * jobs_that_generate.
 *
 * @param filter `userId` null: everybody's jobs
 */
export async function listJobs(
  db: Kysely<Database>,
  filter: {
    limit: number;
    after: Position | null;
    userId: UserId | null;
    materialId?: MaterialId | undefined;
    status?: JobStatus | undefined;
    kind?: JobKind | undefined;
  },
): Promise<FoundRows<ListedJobRow>> {
  let query = db.selectFrom('jobs').select(LISTED);
  if (filter.userId !== null) query = query.where('userId', '=', filter.userId);
  if (filter.materialId !== undefined) query = query.where('materialId', '=', filter.materialId);
  if (filter.status !== undefined) query = query.where('status', '=', filter.status);
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind);
  return newestPage(db, query, filter);
}

export interface NewJob {
  readonly id: JobId;
  readonly userId: UserId | null;
  /** Null: the options name a gap. */
  readonly materialId: MaterialId | null;
  readonly kind: JobKind;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Null: there is no material. */
  readonly textHash: string | null;
  /** From now, in milliseconds. */
  readonly claimDeadline: number;
  readonly announce: boolean;
  /** From now, in milliseconds; left out: at once. */
  readonly dueIn?: number;
}

const valuesOf = (job: NewJob) => ({
  id: job.id,
  userId: job.userId,
  materialId: job.materialId,
  kind: job.kind,
  options: JSON.stringify(job.options ?? {}),
  textHash: job.textHash,
  nextAt: job.dueIn === undefined ? now : fromNow(job.dueIn),
  claimDeadline: fromNow(job.claimDeadline),
  announceAt: job.announce ? now : null,
  traceparent: currentTraceparent(),
});

const inserted = (trx: Transaction<Database>, job: NewJob) =>
  trx.insertInto('jobs').values(valuesOf(job)).returningAll();

/** Writes a new job. */
export async function insertJob(trx: Transaction<Database>, job: NewJob): Promise<JobRow> {
  return inserted(trx, job).executeTakeFirstOrThrow();
}

/**
 * Writes a new job, unless the material has an open job of the kind, or the gap one of the kind and the
 * content (indexes jobs_one_open and jobs_one_open_gap).
 */
export async function insertJobUnlessOpen(
  trx: Transaction<Database>,
  job: NewJob,
): Promise<JobRow | undefined> {
  return inserted(trx, job)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
}

/**
 * Writes many new jobs. A material that has an open job of the kind gets no other one.
 *
 * @returns how many were written
 */
export async function insertJobsUnlessOpen(
  trx: Transaction<Database>,
  jobs: readonly NewJob[],
): Promise<number> {
  return insertMany(trx, 'jobs', jobs.map(valuesOf), (query) =>
    query.onConflict((conflict) =>
      conflict.columns(['materialId', 'kind']).where('status', '=', 'PROCESSING').doNothing(),
    ),
  );
}

/**
 * Writes the jobs of one request. A material that has an open job of the kind gets no other one.
 *
 * @param jobs at most 1,000, so that one statement takes them
 * @returns the id of each new job, by its material
 */
export async function openJobsUnlessOpen(
  trx: Transaction<Database>,
  jobs: readonly NewJob[],
): Promise<ReadonlyMap<MaterialId, JobId>> {
  if (jobs.length === 0) return new Map();
  const rows = await trx
    .insertInto('jobs')
    .values(jobs.map(valuesOf))
    .onConflict((conflict) =>
      conflict.columns(['materialId', 'kind']).where('status', '=', 'PROCESSING').doNothing(),
    )
    .returning(['id', 'materialId'])
    .execute();
  return new Map(
    rows.flatMap(({ id, materialId }) => (materialId === null ? [] : [[materialId, id] as const])),
  );
}

/**
 * Reads the person and the error of each job (primary key). The order is the one in which requests lock jobs:
 * by material, and the jobs of gaps by their gap.
 */
export async function findJobs(
  db: Kysely<Database>,
  ids: readonly JobId[],
): Promise<Array<Pick<JobRow, 'id' | 'userId' | 'error'>>> {
  return db
    .selectFrom('jobs')
    .select(['id', 'userId', 'error'])
    .where('id', 'in', [...ids])
    .orderBy('materialId')
    .orderBy('kind')
    .orderBy(sql`options::text`)
    .orderBy('id')
    .execute();
}

/** How many jobs a person may still open: the transaction locks that until it ends (migration 020). */
export const roomOf = (user: UserId, most: number) => sql<number>`room_for_jobs(${user}, ${most})`;

/** How many jobs of a person have not ended, at most `most` (index jobs_open_of_user). */
export async function countOpenJobs(
  db: Kysely<Database>,
  user: UserId,
  most: number,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from jobs where user_id = ${user} and status = 'PROCESSING' limit ${most}
    ) as open`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Locks a job for as long as the transaction lasts; its material is locked before it. */
export async function lockJob(trx: Transaction<Database>, id: JobId): Promise<JobRow | undefined> {
  return trx.selectFrom('jobs').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}
