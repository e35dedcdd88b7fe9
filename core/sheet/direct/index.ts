export type { DirectHost } from './host.ts';
export { type DirectConflict, type DirectResult } from './result.ts';
export { DirectRefusal, writeMaterials } from './write.ts';
