export {
  oldHistory,
  readHistory,
  recordHistory,
  type HistoryEntry,
  type HistoryRow,
} from './repository.ts';
