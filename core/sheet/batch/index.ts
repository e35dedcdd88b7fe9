export {
  planBatch,
  planHeader,
  planLabel,
  planRollback,
  type CellChange,
  type Changes,
  type RowChange,
} from './plan.ts';
export { batchOf, type Batch } from './requests.ts';
