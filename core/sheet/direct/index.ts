export type { DirectHost } from './host.ts';
export { type DirectConflict, type DirectResult } from './result.ts';
export { previewMaterials, type CellDifference, type DirectPreview } from './preview.ts';
export { DirectRefusal, writeMaterials } from './write.ts';
