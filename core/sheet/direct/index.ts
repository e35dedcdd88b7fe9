export { readPatiently, type DirectHost } from './patience.ts';
export { type DirectConflict, type DirectResult } from './result.ts';
export { DirectRefusal, writeMaterials } from './write.ts';
