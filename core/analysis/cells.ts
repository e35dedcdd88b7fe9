import type { AnalysisResult } from './schema.ts';

/**
 * The texts of a finished analysis for the portal's own columns AI_SUMMARY, AI_STATUS and
 * AI_SOURCE: the same whether the portal or a node writes them.
 */
export function analysisCells({ analysis, source }: AnalysisResult) {
  return { aiSummary: analysis.summary, aiStatus: 'COMPLETED', aiSource: source };
}
