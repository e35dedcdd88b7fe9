export { startHousekeeping, type Housekeeping } from './schedule.ts';
