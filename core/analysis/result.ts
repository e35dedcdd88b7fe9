import * as z from 'zod/v4-mini';
import { givenText } from '../material/index.ts';
import { modelNameSchema, tokenUsageSchema } from '../usage/index.ts';
import { firstAnalysisSchema } from './firstSchema.ts';
import { issueSchema } from './issue.ts';
import { costSchema } from './prices.ts';
import { analysisSchema } from './schema.ts';

/** The most issues that a result keeps. */
export const MOST_ISSUES = 50;

const common = {
  /** `<prompt version>:<text hash>` of what was analysed; the column AI_SOURCE. */
  source: givenText(100).check(z.regex(/^[\w.-]+:[0-9a-f]{64}$/)),
  /** The model that was asked. */
  model: modelNameSchema,
  /** The model that answered, as Gemini names it; absent from older nodes. */
  modelVersion: z.optional(modelNameSchema),
  usage: tokenUsageSchema,
};

/** A result of the prompt `analysis-1`, which has no `version`. */
const firstResultSchema = z.object({
  version: z.optional(z.undefined()),
  analysis: firstAnalysisSchema,
  ...common,
});

export const secondResultSchema = z.object({
  version: z.literal(2),
  analysis: analysisSchema,
  /** What a person should look at: the faults that the checks found and did not refuse, and others. */
  issues: z.array(issueSchema).check(z.maxLength(MOST_ISSUES)),
  ...common,
  /** Absent if the price of the model is not known. */
  cost: z.optional(costSchema),
});

/** A job's result: what `job.completed` carries for kind `analyze`. Results of older nodes have the first form. */
export const analysisResultSchema = z.discriminatedUnion('version', [
  firstResultSchema,
  secondResultSchema,
]);
export type AnalysisResult = z.infer<typeof analysisResultSchema>;
export type SecondResult = z.infer<typeof secondResultSchema>;
