import * as z from 'zod/v4-mini';
import { LEVELS, trimmedText } from '../material/index.ts';

const text = (most: number) => trimmedText(most, 1);

/**
 * The analysis of the prompt `analysis-1`. The database and older nodes have results of this form, so the
 * portal and Materi Catalog still read them. Nothing writes it any more.
 */
export const firstAnalysisSchema = z.object({
  /** One to three sentences, Indonesian. */
  summary: text(1_200),
  keywords: z.array(text(80)).check(z.minLength(3), z.maxLength(8)),
  /** Abilities that a pupil has afterwards. */
  objectives: z.array(text(400)).check(z.minLength(1), z.maxLength(5)),
  /** The phase the text itself is fit for, which may differ from the catalog's. */
  level: z.enum(LEVELS),
  difficulty: z.enum(['dasar', 'menengah', 'mahir']),
  /** Claims with the words of the material that show them, to the letter. */
  evidence: z
    .array(z.object({ claim: text(400), quote: text(1_000) }))
    .check(z.minLength(1), z.maxLength(5)),
});
export type FirstAnalysis = z.infer<typeof firstAnalysisSchema>;
