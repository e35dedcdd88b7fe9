import type { AnalysisResult } from './schema.ts';

/**
 * What a finished analysis writes into the portal's own columns AI_SUMMARY, AI_STATUS and AI_SOURCE:
 * the same whether the portal or a node writes them.
 */
export function analysisCells({ analysis, source }: AnalysisResult) {
  return { aiSummary: analysis.summary, aiStatus: 'COMPLETED', aiSource: source };
}
