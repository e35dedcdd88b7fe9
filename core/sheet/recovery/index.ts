export { reconcileAnswer, type Shown } from './fromAnswer.ts';
export { reconcileRead } from './fromRead.ts';
export type { Seen } from './images.ts';
export { givenUp } from './restore.ts';
export { outcomeOf, type PlanOutcome } from './outcome.ts';
