import * as z from 'zod/v4-mini';
import { LEVELS, subjectOf, trimmedText } from '../material/index.ts';

/** What a workflow can write. `levels`: one material in versions for several levels of ability. */
export const CONTENT_KINDS = ['lesson_plan', 'quiz', 'summary', 'worksheet', 'levels'] as const;
export type ContentKind = (typeof CONTENT_KINDS)[number];

/** A subject and a level for which the catalog lacks materials. */
const gapSchema = z.strictObject({
  subject: z.pipe(trimmedText(200, 1), z.transform(subjectOf)),
  level: z.enum(LEVELS),
});
export type Gap = z.infer<typeof gapSchema>;

/** The options of a job of the kind `generate`. A job with a gap has no material. */
export const generateOptionsSchema = z.strictObject({
  content: z.enum(CONTENT_KINDS),
  gap: z.optional(gapSchema),
});
