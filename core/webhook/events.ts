import * as z from 'zod/v4-mini';
import { givenText, materialSchema } from '../material/index.ts';

/** The work that a job asks of a workflow. */
export const jobKindSchema = z.enum(['analyze', 'generate']);
export type JobKind = z.infer<typeof jobKindSchema>;

export const jobIdSchema = z.uuid().brand<'JobId'>();
export type JobId = z.infer<typeof jobIdSchema>;

/** The job in an event, with what a workflow needs to claim it. */
const jobOfferSchema = z.object({
  id: jobIdSchema,
  kind: jobKindSchema,
  attempt: z.int32().check(z.positive()),
  options: z.record(z.string(), z.unknown()),
});

export const EVENT_TYPES = ['material.created', 'material.updated', 'job.requested'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** The portal to n8n: one of these is posted to every subscription that asks for it. */
export const portalEventSchema = z.object({
  type: z.enum(EVENT_TYPES),
  timestamp: z.iso.datetime(),
  /** True for the sample that "listen for test event" gets: there is no such job. */
  test: z.optional(z.boolean()),
  data: z.object({ job: z.nullable(jobOfferSchema), material: z.nullable(materialSchema) }),
});
export type PortalEvent = z.infer<typeof portalEventSchema>;

/** Why a job failed, as a closed set: each has a text that a teacher understands. */
export const FAILURE_CODES = [
  'model_unavailable',
  'model_quota',
  'model_refused',
  'model_key',
  'model_not_found',
  'answer_invalid',
  'material_gone',
  'workflow_error',
  'workflow_silent',
  'workflow_absent',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

export const jobFailureSchema = z.object({
  code: z.enum(FAILURE_CODES),
  /** A description for the person in charge of the workflow. */
  message: givenText(4_000, 1),
  /** Whether the same again may succeed. */
  retryable: z.boolean(),
});
export type JobFailure = z.infer<typeof jobFailureSchema>;

const executionSchema = givenText(200, 1);
const claim = {
  jobId: jobIdSchema,
  attempt: z.int32().check(z.positive()),
  executionId: executionSchema,
};
const momentSchema = z.pipe(givenText(40), z.iso.datetime());
const event = <Type extends string, Data extends z.ZodMiniType>(type: Type, data: Data) =>
  z.object({ type: z.literal(type), timestamp: momentSchema, data });

/** n8n to the portal. `job.failed` may name the execution alone: an error workflow knows no more. */
export const jobEventSchema = z.discriminatedUnion('type', [
  event('job.started', z.object(claim)),
  event(
    'job.progress',
    z.object({ ...claim, progress: z.int().check(z.minimum(0), z.maximum(100)) }),
  ),
  event('job.completed', z.object({ ...claim, result: z.unknown() })),
  event(
    'job.failed',
    z.object({
      jobId: z.optional(claim.jobId),
      attempt: z.optional(claim.attempt),
      executionId: executionSchema,
      error: jobFailureSchema,
    }),
  ),
]);
export type JobEvent = z.infer<typeof jobEventSchema>;

/** The longest age of a start that a trigger reports. No lease lasts so long. */
export const LONGEST_AGE_MS = 60 * 60 * 1_000;

/** n8n to the portal: n8n has restarted and runs this trigger again. */
const triggerStartedSchema = event(
  'trigger.started',
  z.object({
    instanceId: executionSchema,
    workflowId: executionSchema,
    runningForMs: z.int().check(z.minimum(0), z.maximum(LONGEST_AGE_MS)),
  }),
);
export type TriggerStarted = z.infer<typeof triggerStartedSchema>;

/** Every event that n8n sends to the portal. */
export const n8nEventSchema = z.discriminatedUnion('type', [jobEventSchema, triggerStartedSchema]);
export type N8nEvent = z.infer<typeof n8nEventSchema>;
