export * from './batch/index.ts';
export * from './catalog/index.ts';
export * from './journal/index.ts';
export { givenUp, outcomeOf, type PlanOutcome } from './recovery/index.ts';
export * from './direct/index.ts';
export * from './prepare/index.ts';
