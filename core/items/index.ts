export {
  ItemRefused,
  knownColumn,
  type ExtraFields,
  type RefusalCode,
  type Wanted,
} from './item.ts';
export { keyColumns, keyHeaders } from './key.ts';
export { rowFinder } from './rowFinder.ts';
export {
  isFinished,
  isWritten,
  requireTitle,
  tasksOf,
  type DirectOperation,
  type DirectRequest,
  type Refusals,
  type Settled,
  type Task,
} from './task.ts';
