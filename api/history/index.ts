export { recordHistory, type HistoryEntry } from './repository.ts';
