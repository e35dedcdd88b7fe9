export { parseDecisions, PrepareError, type Decisions, type Rename } from './decisions.ts';
export { LAYOUT_FIELDS, parseLayout, type LayoutChange, type TabLayout } from './layout.ts';
export { type Candidate, type Question } from './mapping.ts';
export { type Preparation, type PreparedColumn } from './preparation.ts';
export {
  inspectSheet,
  prepareSheet,
  type PrepareTransport,
  type SheetToPrepare,
} from './prepare.ts';
export { COMMAND_LINE, oneLine, preparationText } from './text.ts';
