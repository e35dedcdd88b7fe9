export { type PrepareTransport } from './applyLayout.ts';
export { type LayoutChange } from './layout.ts';
export { type Preparation, type PreparedColumn } from './preparation.ts';
export { inspectSheet, prepareSheet, type SheetToPrepare } from './prepare.ts';
