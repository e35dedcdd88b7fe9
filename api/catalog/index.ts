export { STOP_TEXT, type StopReason } from './reasons.ts';
export {
  readCatalogState,
  reportCatalogState,
  type CatalogReport,
  type CatalogState,
} from './repository.ts';
