import * as z from 'zod/v4-mini';
import { trimmedText } from '../material/index.ts';

/** The name of a model, as Gemini gives it. */
export const modelNameSchema = trimmedText(200, 1);

/** Tokens that Gemini counted for one answer, repairs included. */
export const tokenUsageSchema = z.object({
  promptTokens: z.int().check(z.minimum(0)),
  outputTokens: z.int().check(z.minimum(0)),
  totalTokens: z.int().check(z.minimum(0)),
  /** The tokens of `outputTokens` that the model thought with; absent from older nodes. */
  thoughtTokens: z.optional(z.int().check(z.minimum(0))),
});
export type TokenUsage = z.infer<typeof tokenUsageSchema>;
