import { z } from 'zod/v4';
import { CONTENT_KINDS, givenText, jobIdSchema, materialIdSchema } from '../../core/index.ts';
import { contentIdSchema, userIdSchema } from '../db/ids.ts';
import { CONTENT_STATUSES } from '../db/schema.ts';
import { pageQuerySchema, pageSchema } from '../http/page.ts';

export const listQuerySchema = z.object({
  ...pageQuerySchema.shape,
  status: z.enum(CONTENT_STATUSES).optional(),
  kind: z.enum(CONTENT_KINDS).optional(),
  materialId: z.optional(materialIdSchema),
  subject: z.optional(givenText(200)),
  level: z.optional(givenText(200)),
});
export type ListQuery = z.infer<typeof listQuerySchema>;
export const paramsSchema = z.object({ id: contentIdSchema });

/** A content as lists give it. */
const listedContentSchema = z
  .strictObject({
    id: contentIdSchema,
    /** Null: it fills a gap. */
    materialId: z.nullable(materialIdSchema),
    /** The subject of the material when the workflow generated the content, or the subject of the gap. */
    subject: z.string(),
    level: z.string(),
    kind: z.enum(CONTENT_KINDS),
    title: z.string(),
    status: z.enum(CONTENT_STATUSES),
    /** The job that it is the result of. */
    jobId: jobIdSchema,
    /** The person's id; null also if that person is gone. */
    decidedBy: userIdSchema.nullable(),
    /** Null: it is a draft. */
    decidedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'ListedContent' });
export type ListedContent = z.infer<typeof listedContentSchema>;

export const contentPageSchema = pageSchema(listedContentSchema);

export const contentSchema = z
  .strictObject({
    ...listedContentSchema.shape,
    /** Its form depends on the kind. `record` refuses an object with a key `constructor`. */
    body: z.looseObject({}),
  })
  .meta({ id: 'Content' });
export type Content = z.infer<typeof contentSchema>;
