import { z } from 'zod/v4';
import {
  FAILURE_CODES,
  givenText,
  jobIdSchema,
  jobKindSchema,
  materialIdSchema,
} from '../../core/index.ts';
import { JOB_STATUSES } from '../db/schema.ts';
import { pageQuerySchema, pageSchema } from '../http/page.ts';

export const listQuerySchema = z.object({
  ...pageQuerySchema.shape,
  status: z.enum(JOB_STATUSES).optional(),
  materialId: z.optional(materialIdSchema),
});
export const paramsSchema = z.object({ id: jobIdSchema });

/** A job that an admin or a workflow opens. */
export const openBodySchema = z
  .strictObject({
    kind: jobKindSchema,
    materialId: materialIdSchema,
    /** The execution that works on the job already; without it the job is posted to a workflow. */
    executionId: z.optional(givenText(200, 1)),
  })
  .meta({ id: 'NewJob' });

/** A job as lists give it. */
const listedJobSchema = z
  .strictObject({
    id: jobIdSchema,
    kind: jobKindSchema,
    materialId: z.nullable(materialIdSchema),
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

/** A job as a callback's answer has it: the offer, and the status now. */
export const answeredJobSchema = z.strictObject({
  id: jobIdSchema,
  kind: jobKindSchema,
  attempt: z.int(),
  options: z.record(z.string(), z.unknown()),
  status: z.enum(JOB_STATUSES),
});
export type AnsweredJob = z.infer<typeof answeredJobSchema>;
