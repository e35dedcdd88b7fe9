export { sendBatch } from './aftermath.ts';
export { readSnapshot, type FindHeader } from './read.ts';
export { openSheet, type CatalogSheet } from './sheet.ts';
export { locate, tabWithId, visibleTabs } from './tabs.ts';
