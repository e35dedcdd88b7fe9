import * as z from 'zod/v4-mini';
import { givenText } from '../material/index.ts';

/** The kinds of faults in an answer. The golden set has spoilt variants of the first ten. */
export const FAULT_KINDS = [
  'invented-number',
  'foreign-quote',
  'unsupporting-quote',
  'wrong-fase',
  'invented-cp',
  'two-keys',
  'self-revealing-option',
  'beyond-grade',
  'wrong-language',
  'obeyed-instruction',
  'uncovered-objective',
  'wrong-arithmetic',
  'broken-reference',
  'wrong-draft',
  'wrong-form',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/**
 * A fault in an answer. `refuse`: Gemini repairs it, or the answer is not used. `review`: a person decides,
 * because code cannot know.
 */
export const issueSchema = z.object({
  kind: z.enum(FAULT_KINDS),
  /** Where in the answer, as in `evidence.0.quote`; empty for the answer as a whole. */
  path: givenText(200),
  verdict: z.enum(['refuse', 'review']),
  message: z.object({ id: givenText(1_000, 1), en: givenText(1_000, 1) }),
});
export type Issue = z.infer<typeof issueSchema>;
