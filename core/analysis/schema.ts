import * as z from 'zod/v4-mini';
import { givenText, LEVELS, trimmedText } from '../material/index.ts';
import { modelNameSchema, tokenUsageSchema } from '../usage/index.ts';

/** Counted in AI_SOURCE: what an older prompt analysed may be analysed again. */
export const PROMPT_VERSION = 'analysis-1';

export const DIFFICULTIES = ['dasar', 'menengah', 'mahir'] as const;

const text = (most: number) => trimmedText(most, 1);

/** The analysis that Gemini must return. Its answer is checked against this schema. */
export const analysisSchema = z.object({
  /** One to three sentences, Indonesian. */
  summary: text(1_200),
  keywords: z.array(text(80)).check(z.minLength(3), z.maxLength(8)),
  /** Abilities that a pupil has afterwards. */
  objectives: z.array(text(400)).check(z.minLength(1), z.maxLength(5)),
  /** The phase the text itself is fit for, which may differ from the catalog's. */
  level: z.enum(LEVELS),
  difficulty: z.enum(DIFFICULTIES),
  /** Claims with the words of the material that show them, to the letter. */
  evidence: z
    .array(z.object({ claim: text(400), quote: text(1_000) }))
    .check(z.minLength(1), z.maxLength(5)),
});
export type Analysis = z.infer<typeof analysisSchema>;

/** The schema of the analysis as Gemini's `responseSchema` (an OpenAPI 3.0 subset: ai.google.dev/api/caching#Schema). */
export const ANALYSIS_RESPONSE_SCHEMA = {
  type: 'object',
  properties: {
    summary: { type: 'string', description: 'Ringkasan satu sampai tiga kalimat' },
    keywords: { type: 'array', items: { type: 'string' }, minItems: 3, maxItems: 8 },
    objectives: {
      type: 'array',
      items: { type: 'string', description: 'Tujuan pembelajaran: yang dapat dilakukan murid' },
      minItems: 1,
      maxItems: 5,
    },
    level: { type: 'string', format: 'enum', enum: [...LEVELS] },
    difficulty: { type: 'string', format: 'enum', enum: [...DIFFICULTIES] },
    evidence: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          claim: { type: 'string' },
          quote: { type: 'string', description: 'Kutipan persis dari materi, tanpa perubahan' },
        },
        required: ['claim', 'quote'],
      },
      minItems: 1,
      maxItems: 5,
    },
  },
  required: ['summary', 'keywords', 'objectives', 'level', 'difficulty', 'evidence'],
} as const;

/** A job's result: what `job.completed` carries for kind `analyze`. */
export const analysisResultSchema = z.object({
  analysis: analysisSchema,
  /** `<prompt version>:<text hash>` of what was analysed; the column AI_SOURCE. */
  source: givenText(100).check(z.regex(/^[\w.-]+:[0-9a-f]{64}$/)),
  /** The model that was asked. */
  model: modelNameSchema,
  /** The model that answered, as Gemini names it; absent from older nodes. */
  modelVersion: z.optional(modelNameSchema),
  usage: tokenUsageSchema,
});
export type AnalysisResult = z.infer<typeof analysisResultSchema>;
