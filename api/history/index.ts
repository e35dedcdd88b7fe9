export { readHistory, recordHistory, type HistoryEntry, type HistoryRow } from './repository.ts';
