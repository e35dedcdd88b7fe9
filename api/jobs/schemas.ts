import { z } from 'zod/v4';
import {
  FAILURE_CODES,
  generateOptionsSchema,
  givenText,
  jobIdSchema,
  jobKindSchema,
  materialIdSchema,
} from '../../core/index.ts';
import { JOB_STATUSES } from '../db/schema.ts';
import { itemProblemSchema } from '../http/problem.ts';
import { pageQuerySchema, pageSchema } from '../http/page.ts';

export const listQuerySchema = z.object({
  ...pageQuerySchema.shape,
  status: z.enum(JOB_STATUSES).optional(),
  kind: z.optional(jobKindSchema),
  materialId: z.optional(materialIdSchema),
});
export const paramsSchema = z.object({ id: jobIdSchema });

/** The execution that works on the job already; without it the job is posted to a workflow. */
const executionId = z.optional(givenText(200, 1));

/** A job that an admin or a workflow opens. */
export const openBodySchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('analyze'), materialId: materialIdSchema, executionId }),
    z
      .strictObject({
        kind: z.literal('generate'),
        /** Exactly one of this and `options.gap`. */
        materialId: z.optional(materialIdSchema),
        options: generateOptionsSchema,
        executionId,
      })
      .check(({ value: { materialId, options }, issues }) => {
        if ((materialId === undefined) !== (options.gap === undefined)) return;
        const message =
          options.gap === undefined
            ? 'must be given if options.gap is not'
            : 'must not be given together with options.gap';
        issues.push({ code: 'custom', path: ['materialId'], input: materialId, message });
      }),
  ])
  .meta({ id: 'NewJob' });

/** A job as lists give it. */
const listedJobSchema = z
  .strictObject({
    id: jobIdSchema,
    kind: jobKindSchema,
    /** Null: the job fills a gap, which `options` name. */
    materialId: z.nullable(materialIdSchema),
    /** Such as `{ "content": "quiz" }`. */
    options: z.record(z.string(), z.unknown()),
    status: z.enum(JOB_STATUSES),
    progress: z.number().min(0).max(100),
    /** `message` is what a teacher reads; `detail` is for the designer of the workflow. */
    error: z
      .strictObject({
        code: z.enum(FAILURE_CODES),
        message: z.strictObject({ id: z.string(), en: z.string() }),
        detail: z.string(),
      })
      .nullable(),
    attempt: z.int(),
    executionId: z.string().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    startedAt: z.iso.datetime().optional(),
    endedAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'ListedJob' });
export type ListedJob = z.infer<typeof listedJobSchema>;

export const jobPageSchema = pageSchema(listedJobSchema);

export const jobSchema = z
  .strictObject({
    ...listedJobSchema.shape,
    result: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'Job' });
export type Job = z.infer<typeof jobSchema>;

export const bulkRetryBodySchema = z
  .strictObject({
    /** Such as those of `GET /api/jobs?status=FAILED`. An id that comes twice has one result twice. */
    ids: z.array(jobIdSchema).min(1).max(200),
  })
  .meta({ id: 'BulkRetry' });

const bulkRetryResultSchema = z
  .strictObject({
    id: z.string(),
    status: z.enum(['retried', 'refused']),
    /** The job as it is now. Null: it was refused. */
    job: listedJobSchema.nullable(),
    /** Why it was refused. */
    problem: itemProblemSchema.optional(),
  })
  .meta({ id: 'BulkRetryResult' });
export type BulkRetryResult = z.infer<typeof bulkRetryResultSchema>;

export const bulkRetryAnswerSchema = z
  .strictObject({
    counts: z.strictObject({ retried: z.int(), refused: z.int() }),
    /** One for each id, in their order. */
    results: z.array(bulkRetryResultSchema),
  })
  .meta({ id: 'BulkRetryAnswer' });
export type BulkRetryAnswer = z.infer<typeof bulkRetryAnswerSchema>;

/** A job as a callback's answer has it: the offer, and the status now. */
export const answeredJobSchema = z.strictObject({
  id: jobIdSchema,
  kind: jobKindSchema,
  attempt: z.int(),
  options: z.record(z.string(), z.unknown()),
  status: z.enum(JOB_STATUSES),
});
export type AnsweredJob = z.infer<typeof answeredJobSchema>;
