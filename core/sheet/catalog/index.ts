export { sendBatch } from './aftermath.ts';
export { readSnapshot, type FindHeader } from './read.ts';
export { openSheet, type CatalogSheet } from './sheet.ts';
export { locate, namesOf, visibleTabs } from './tabs.ts';
