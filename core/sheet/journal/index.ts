export {
  areCopiedSingly,
  copiedRows,
  intentChecksum,
  intentOf,
  intentPieces,
  MOST_RUNS,
  parseIntent,
  rowAfter,
  targetRows,
  zoneRows,
  type Intent,
} from './intent.ts';
export {
  columnsNeeded,
  isSameRow,
  JOURNAL_SHEET_ID,
  JOURNAL_TAB,
  journalOf,
  labelColumn,
  secondCopy,
  type Journal,
} from './journal.ts';
export {
  allKnown,
  areSkipped,
  batchNumbers,
  isCopied,
  namedRangeId,
  nextLabel,
  type KnownHidden,
  type Label,
} from './label.ts';
export { FORMULA, lineOf, type Line } from './line.ts';
export { planSchema, type Plan, type PlannedCell, type PlannedRow, type Unplaced } from './plan.ts';
export {
  lastBatchNumber,
  withLearnt,
  type Aftermath,
  type SheetState,
  type LastBatch,
  type Location,
  type Snapshot,
  type Verdict,
} from './state.ts';
