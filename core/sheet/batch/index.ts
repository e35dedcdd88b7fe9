export {
  newTitles,
  planBatch,
  planLabel,
  planRollback,
  planTitles,
  type CellChange,
  type Changes,
  type RowChange,
  type Title,
} from './plan.ts';
export { batchOf, type Batch } from './requests.ts';
