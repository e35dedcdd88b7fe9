export { STOP_TEXT, type StopReason } from './reasons.ts';
export { recordUnplaced } from './unplaced.ts';
export {
  readCatalogState,
  reportCatalogState,
  type CatalogReport,
  type CatalogState,
} from './repository.ts';
