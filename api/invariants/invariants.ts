import { sql, type RawBuilder } from 'kysely';
import { TIMING } from '../timing.ts';

/** A rule that the rows in PostgreSQL must follow, and the query that finds the rows which break it. */
export interface Invariant {
  /** Its name in the metric and in the log. */
  readonly name: string;
  /** The rule in words, for the log. It shows what people lose if a row breaks the rule. */
  readonly why: string;
  /** Selects the `id` of each row that breaks it, as a text. */
  readonly sql: RawBuilder<{ id: string }>;
}

const invariant = (name: string, why: string, query: RawBuilder<{ id: string }>): Invariant => ({
  name,
  why,
  sql: query,
});

/** How far two times may differ: two clocks differ, and the columns keep milliseconds only. */
const SLACK = sql`interval '1 second'`;

/** The time that an API needs to catch up after it was down. */
const CATCH_UP = sql`interval '1 hour'`;

/** Problems of the sheet for which a change of the portal waits, see `api/sync/unwritable.ts`. */
const HOLDING = sql`array['parked', 'protected', 'hidden', 'merged', 'not_kept', 'unusable', 'cell_error']`;

/** The time of the last restore. PostgreSQL looks it up once a statement. */
const LAST_RESTORED = sql`coalesce(
  (select max(at) from audit_log where action = 'catalog.restored'), '-infinity')`;

const milliseconds = (ms: number) => sql`${sql.lit(ms)} * interval '1 millisecond'`;

/**
 * The rules that must hold at any moment. A constraint of the database is better: it holds one open job for
 * each material and kind. This list has the rules that no constraint can express.
 */
export const INVARIANTS: readonly Invariant[] = [
  invariant(
    'job_ended_without_an_end',
    'A job that has ended has the time of its end, and its result if it is COMPLETED.',
    // Reads the whole table once a night.
    sql`select id::text from jobs
      where (status <> 'PROCESSING') <> (ended_at is not null)
        or (status = 'COMPLETED') <> (result_json is not null)`,
  ),
  invariant(
    'job_past_its_deadline',
    'An open job is claimed by its deadline and reports before its lease ends. Otherwise it fails or gets its next attempt.',
    // Index jobs_due.
    sql`select id::text from jobs
      where status = 'PROCESSING'
        and case stage when 'claimed' then lease_until else claim_deadline end < now() - ${CATCH_UP}`,
  ),
  invariant(
    'job_with_too_many_attempts',
    'A job has three attempts, and one more for each time that a person tried it again.',
    // Reads both tables once a night.
    sql`select jobs.id::text from jobs
      left join (
        select subject, count(*) as retries from audit_log where action = 'job.retried' group by subject
      ) as retried on retried.subject = 'job:' || jobs.id::text
      where jobs.attempt > ${sql.lit(TIMING.attempts)} + coalesce(retried.retries, 0)`,
  ),
  invariant(
    'material_created_without_job',
    'A material that the API has accepted exists, and a job was opened with it.',
    // Reads the audit log and the jobs once a night.
    sql`select distinct subject as id from audit_log
      where action = 'material.created' and not exists (
        select from jobs where 'material:' || jobs.material_id::text = audit_log.subject
          and jobs.id::text = coalesce(audit_log.details ->> 'job', jobs.id::text)
      )`,
  ),
  invariant(
    'analysis_not_shown',
    'The portal shows the result of the newest completed analysis of a material.',
    // Reads the materials once a night; then the primary key and index jobs_of_material of jobs. A material
    // that was restored from a backup has an analysis, but its job is not in the database.
    sql`select materials.id::text from materials
      left join jobs as shown on shown.id = materials.analysis_job_id
      where shown.material_id <> materials.id
        or shown.kind <> 'analyze' or shown.status <> 'COMPLETED'
        or exists (
          select from jobs as newer
          where newer.material_id = materials.id and newer.kind = 'analyze'
            and newer.status = 'COMPLETED'
            and (shown.id is null or newer.ended_at > shown.ended_at)
            and newer.ended_at > ${LAST_RESTORED}
        )`,
  ),
  invariant(
    'change_waits_for_the_sheet',
    'While the sync is well, a change of the portal is in the sheet within an hour.',
    // Indexes materials_unsettled and material_history_newest. Each change has a history of its time. With
    // 200 problems or more, the status has only the first ones.
    sql`select materials.id::text from materials, catalog_state
      where catalog_state.state = 'ok' and catalog_state.last_sync_at > now() - interval '5 minutes'
        and coalesce(catalog_state.problem_count, 0) < 200
        and not exists (
          select from jsonb_array_elements(catalog_state.problems) as problem
          where problem ->> 'kind' = any(${HOLDING})
        )
        and materials.deleted_at is null and materials.pending <> '{}'
        and materials.missing_since is null and materials.conflicts = '{}'
        and materials.updated_at < now() - ${CATCH_UP}
        and not exists (
          select from material_history as change
          where change.material_id = materials.id and change.at > now() - ${CATCH_UP}
        )`,
  ),
  invariant(
    'change_without_history',
    'Each change of a material is in its history, so nothing that it replaced is lost.',
    // Reads the materials once a night; then index material_history_newest. The history may be kept for 30
    // days only. A conflict that was settled and a restore may change a revision and no text.
    sql`select materials.id::text from materials
      where materials.revision > 1 and materials.updated_at > now() - interval '30 days'
        and not exists (
          select from material_history as change
          where change.material_id = materials.id and change.at >= materials.updated_at - ${SLACK}
        )
        and materials.updated_at - ${SLACK} > ${LAST_RESTORED}
        and not exists (
          select from audit_log
          where action = 'conflict.resolved' and subject = 'material:' || materials.id::text
            and at >= materials.updated_at - ${SLACK}
        )`,
  ),
  invariant(
    'event_past_its_deadline',
    'An event is sent, or given up, by the deadline of a job.',
    // Index jobs_to_announce; all updates that wait.
    sql`select id::text from jobs where announce_at is not null
        and created_at < now() - ${milliseconds(TIMING.claimDeadline)} - ${CATCH_UP}
      union all
      select material_id::text from material_updates
      where since < now() - ${milliseconds(TIMING.claimDeadline)} - ${CATCH_UP}`,
  ),
  invariant(
    'plan_left_open',
    'The sync settles each batch before it sends a later one.',
    // Index sheet_writes_open; then the whole table once a night.
    sql`select id::text from sheet_writes as plan
      where settled_at is null and created_at < now() - interval '10 minutes'
        and exists (
          select from sheet_writes as later
          where later.created_at > plan.created_at + interval '10 minutes'
            and later.settled_at < now() - interval '10 minutes'
        )`,
  ),
  invariant(
    'session_without_successor',
    'A refresh token that was used has one successor, in the same session.',
    // Reads the whole table once a night; then its primary key.
    sql`select id::text from sessions
      where expires_at > now() and ended_at is null and (
        (rotated_at is null) <> (successor is null)
        or successor is not null and not exists (
          select from sessions as next where next.id = sessions.successor
            and next.family = sessions.family and next.user_id = sessions.user_id
        ))`,
  ),
  invariant(
    'disabled_person_is_signed_in',
    'An account that an admin has disabled has no running session.',
    // Reads the disabled users; then index sessions_user.
    sql`select sessions.id::text from sessions join users on users.id = sessions.user_id
      where users.disabled_at is not null
        and sessions.ended_at is null and sessions.expires_at > now()`,
  ),
  invariant(
    'no_admin_left',
    'Once there was an admin, there is always an admin whose account is enabled.',
    // Reads the users, and the audit log once a night.
    sql`select 'users' as id
      where not exists (select from users where role = 'admin' and disabled_at is null)
        and (exists (select from users where role = 'admin')
          or exists (select from audit_log where action = 'user.role_changed'))`,
  ),
];
