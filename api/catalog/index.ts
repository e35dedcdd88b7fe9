export { STOP_TEXT } from './reasons.ts';
export { recordUnplaced } from './unplaced.ts';
export {
  readCatalogState,
  reportCatalogState,
  type CatalogReport,
  type CatalogState,
} from './repository.ts';
