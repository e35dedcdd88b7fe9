export { checkInvariants } from './check.ts';
export { INVARIANTS } from './invariants.ts';
export type { Finding } from './repository.ts';
export { startInvariantChecks } from './schedule.ts';
