import type { AnalysisResult } from './result.ts';

/**
 * Makes the texts of a finished analysis for the columns AI_SUMMARY, AI_STATUS and AI_SOURCE. The portal
 * and the nodes write the same texts.
 */
export function analysisCells(result: AnalysisResult) {
  return { aiSummary: summaryOf(result), aiStatus: 'COMPLETED', aiSource: result.source };
}

/** The summary for the teacher, in a result of either form. */
export function summaryOf(result: AnalysisResult): string {
  return result.version === 2 ? result.analysis.summary.teacher : result.analysis.summary;
}
