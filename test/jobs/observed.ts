import type pg from 'pg';
import { z } from 'zod/v4';

const timeSchema = z.number().nullable();
const rowSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(['analyze', 'generate']),
  material: z.string().nullable(),
  status: z.enum(['PROCESSING', 'COMPLETED', 'FAILED']),
  stage: z.enum(['queued', 'delivered', 'claimed', 'ended']),
  attempt: z.number(),
  execution: z.string().nullable(),
  progress: z.number(),
  deliveries: z.number(),
  misses: z.number(),
  isDelivered: z.boolean(),
  nextAt: timeSchema,
  claimDeadline: z.number(),
  leaseUntil: timeSchema,
  hasEnding: z.boolean(),
  textHash: z.string().nullable(),
  error: z.string().nullable(),
  result: z.string().nullable(),
  drafts: z.number(),
  retries: z.number(),
  startedAt: timeSchema,
  endedAt: timeSchema,
  updatedAt: z.number(),
});
export type JobSeen = z.infer<typeof rowSchema>;

const seenSchema = z.strictObject({
  jobs: z.array(rowSchema),
  materials: z.array(
    z.strictObject({
      id: z.string(),
      textHash: z.string(),
      aiStatus: z.string(),
      analysisJob: z.string().nullable(),
    }),
  ),
});
/** What PostgreSQL holds. Times are in milliseconds since 1970, to the microsecond. */
export type Seen = z.infer<typeof seenSchema>;

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;

const SEE = `
  select json_build_object(
    'jobs', (select coalesce(json_agg(job order by job.id), '[]') from (
      select id, kind, material_id as material, status, stage, attempt, execution_id as execution,
        progress, deliveries, misses, delivered_to is not null as "isDelivered",
        ${ms('next_at')} as "nextAt", ${ms('claim_deadline')} as "claimDeadline",
        ${ms('lease_until')} as "leaseUntil", ending is not null as "hasEnding",
        text_hash as "textHash", error ->> 'code' as error,
        coalesce(result_json #>> '{analysis,summary,teacher}', result_json ->> 'title') as result,
        (select count(*) from contents where job_id = jobs.id) as drafts,
        (select count(*) from audit_log
          where action = 'job.retried' and subject = 'job:' || jobs.id::text) as retries,
        ${ms('started_at')} as "startedAt", ${ms('ended_at')} as "endedAt",
        ${ms('updated_at')} as "updatedAt"
      from jobs) as job),
    'materials', (select coalesce(json_agg(material order by material.id), '[]') from (
      select id, text_hash as "textHash", ai_status as "aiStatus", analysis_job_id as "analysisJob"
      from materials) as material)) as seen`;

export async function see(client: pg.Client): Promise<Seen> {
  const { rows } = await client.query<{ seen: unknown }>(SEE);
  return seenSchema.parse(rows[0]?.seen);
}
