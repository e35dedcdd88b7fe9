export { type PrepareTransport } from './applyLayout.ts';
export { LAYOUT_FIELDS, parseLayout, type LayoutChange, type TabLayout } from './layout.ts';
export { type Preparation, type PreparedColumn } from './preparation.ts';
export { inspectSheet, prepareSheet, type SheetToPrepare } from './prepare.ts';
