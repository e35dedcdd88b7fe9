export { analysisCells } from './cells.ts';
export { checkAnalysis, type CheckedAnalysis, type Issue } from './check.ts';
export { DEFAULT_MODEL, isSameModel } from './model.ts';
export { analysisPrompt, analysisSource } from './prompt.ts';
export { repairPrompt } from './repair.ts';
export {
  analysisSchema,
  ANALYSIS_RESPONSE_SCHEMA,
  analysisResultSchema,
  PROMPT_VERSION,
  type Analysis,
  type AnalysisResult,
} from './schema.ts';
