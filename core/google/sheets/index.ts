export {
  ANSWER_FIELDS,
  parseAnswer,
  type HiddenBy,
  type HiddenRows,
  type ShownRange,
} from './answer.ts';
export {
  cellAt,
  cellText,
  columnLetters,
  digest,
  gridSize,
  isFormula,
  tabRange,
  type Cells,
  type CellValue,
} from './cell.ts';
export {
  freezeRows,
  LAYOUT_FIELDS,
  listRule,
  parseLayout,
  setRule,
  type CellRule,
  type TabLayout,
} from './layout.ts';
export { backOff, isPassing, readPatiently, yieldTurn, type Patience } from './patience.ts';
export { rectanglesOf } from './rectangles.ts';
export {
  clearCells,
  copyCells,
  gridRange,
  insertLines,
  textValue,
  writeCells,
} from './requests.ts';
export { runsOf, type Run } from './runs.ts';
export { isCovered, parseShape, SHAPE_FIELDS, type TabShape } from './shape.ts';
export {
  SheetError,
  type CellData,
  type GridRange,
  type SheetErrorKind,
  type SheetRequest,
  type SheetTransport,
  type SpreadsheetDescription,
  type ValueRange,
} from './transport.ts';
