import { sql, type Kysely, type RawBuilder } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { EDITABLE_FIELDS } from '../../core/index.ts';
import type { JobId } from '../db/ids.ts';
import type { Database } from '../db/schema.ts';
import { fromNow } from '../db/time.ts';
import type { JobRow } from '../jobs/repository.ts';
import { currentTraceparent } from '../trace.ts';
import { firstCells } from './edit.ts';
import type { MaterialRecord } from './repository.ts';

/** A new material, and the job that analyses it. */
export interface NewWithAnalysis {
  readonly record: MaterialRecord;
  readonly jobId: JobId;
  /** In milliseconds. */
  readonly claimDeadline: number;
  /** The name of the actor in the history and in the audit log. */
  readonly actor: string;
  /** Whether the caller may write. */
  readonly isAuthorized: RawBuilder<boolean>;
  /** How many jobs the caller may still open; null: there is no limit. */
  readonly room: RawBuilder<number> | null;
}

/**
 * Writes a new material with its history, its analysis and its audit entry, if the caller may write and may
 * open a job. One statement does all that, and by itself it is a transaction. Seven statements took three
 * times the CPU time of this process (bench:api).
 *
 * @returns the job; `room` below 1: nothing was written; undefined: the caller may not write
 */
export async function insertWithAnalysis(
  db: Kysely<Database>,
  { record, jobId, claimDeadline, actor, isAuthorized, room }: NewWithAnalysis,
): Promise<(JobRow & { readonly room: number }) | undefined> {
  const columns = sql.join(EDITABLE_FIELDS.map((field) => sql.ref(field)));
  const texts = sql.join(EDITABLE_FIELDS.map((field) => sql`${record[field]}::text`));
  const cells = firstCells(record, actor).map(({ field, after }) => ({
    id: uuidv7(),
    field,
    after,
  }));
  const { rows } = await sql<JobRow & { room: number }>`
    with allowed as materialized (
      select ${room ?? sql`1`} as room where ${isAuthorized}
    ), material as (
      insert into materials (id, ${columns}, metadata, pending, text_hash, created_by)
      select ${record.id}::uuid, ${texts}, ${JSON.stringify(record.metadata)}::jsonb,
        ${JSON.stringify(record.pending)}::jsonb, ${record.textHash}, ${record.createdBy}::bigint
      from allowed where room >= 1
      returning id, revision, text_hash, created_by
    ), history as (
      insert into material_history (id, material_id, actor, field, after, revision)
      select cell.id, material.id, ${actor}, field, after, revision
      from material, jsonb_to_recordset(${JSON.stringify(cells)}::jsonb)
        as cell(id uuid, field text, after text)
    ), audit as (
      insert into audit_log (actor, action, subject, details)
      select ${actor}, 'material.created', 'material:' || id, ${JSON.stringify({ job: jobId })}::jsonb
      from material
    ), job as (
      insert into jobs (id, user_id, material_id, kind, text_hash, next_at, claim_deadline, announce_at,
        traceparent)
      select ${jobId}::uuid, created_by, id, 'analyze', text_hash, now(), ${fromNow(claimDeadline)}, now(),
        ${currentTraceparent()}
      from material
      returning *
    )
    select allowed.room, job.* from allowed left join job on true`.execute(db);
  return rows[0];
}
