export { startBackups, type Backups } from './schedule.ts';
