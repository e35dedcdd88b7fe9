export { CARBON_SHEET_ID, CARBON_TAB } from './carbon.ts';
export { cellText, isFormula, tabRange, type CellValue } from './cell.ts';
export { lastBatch, outcomeOf, type LastBatch, type PlanOutcome, type Verdict } from './confirm.ts';
export { planBatch, type CellChange, type Changes, type RowChange } from './plan.ts';
export {
  NOTHING_TO_MEND,
  plan,
  type Mending,
  type Plan,
  type PlannedCell,
  type PlannedRow,
} from './planned.ts';
export {
  materialRows,
  rowKey,
  type MaterialRow,
  type MaterialRows,
  type RowProblem,
} from './rows.ts';
export { openSheet, type CatalogSheet } from './sheet.ts';
export { lastBatchNumber, type Snapshot } from './snapshot.ts';
export { tabWithId, visibleTabs } from './tab.ts';
export {
  SheetError,
  type SheetErrorKind,
  type SheetRequest,
  type SheetTransport,
  type SpreadsheetDescription,
  type ValueRange,
  type ValueRender,
} from './transport.ts';
export * from './direct/index.ts';
export * from './prepare/index.ts';
