export { analysisCells, summaryOf } from './cells.ts';
export { capaianOf, type Capaian } from './capaian/index.ts';
export { checkAnalysis, type CheckedAnalysis } from './check.ts';
export { isThin } from './checks/index.ts';
export { FAULT_KINDS, type FaultKind, type Issue } from './issue.ts';
export { DEFAULT_MODEL, isSameModel } from './model.ts';
export { costOf, SERVICE_TIERS, type Cost, type ServiceTier } from './prices.ts';
export { analysisPrompt, analysisSource } from './prompt.ts';
export { repairPrompt } from './repair.ts';
export { analysisResponseSchema, responseSchemaOf, type ResponseSchema } from './responseSchema.ts';
export {
  analysisResultSchema,
  MOST_ISSUES,
  type AnalysisResult,
  type SecondResult,
} from './result.ts';
export { analysisSchema, PROMPT_VERSION, type Analysis } from './schema.ts';
export { commandsIn } from './text/commands.ts';
