export { STOP_TEXT } from './reasons.ts';
export { recordUnplaced } from './unplaced.ts';
export { lastMinute, stateOf } from './status.ts';
export {
  countWaiting,
  readCatalogState,
  reportCatalogState,
  type CatalogReport,
  type CatalogState,
} from './repository.ts';
