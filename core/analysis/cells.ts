import type { AnalysisResult } from './schema.ts';

/**
 * Makes the texts of a finished analysis for the columns AI_SUMMARY, AI_STATUS and AI_SOURCE. The portal
 * and the nodes write the same texts.
 */
export function analysisCells({ analysis, source }: AnalysisResult) {
  return { aiSummary: analysis.summary, aiStatus: 'COMPLETED', aiSource: source };
}
