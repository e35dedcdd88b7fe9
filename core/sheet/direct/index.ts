export { readPatiently, type DirectHost } from './patience.ts';
export { type DirectConflict, type DirectResult } from './result.ts';
export { type DirectOperation, type DirectRequest } from './task.ts';
export { DirectRefusal, writeMaterials } from './write.ts';
