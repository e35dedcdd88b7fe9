export { fieldNamed, isSameColumn, ItemRefused, type RefusalCode } from './item.ts';
export { readPatiently, type DirectHost } from './patience.ts';
export { isAnalysed, readMaterials, rowText } from './read.ts';
export { type DirectResult } from './result.ts';
export { type DirectConflict, type DirectOperation, type DirectRequest } from './task.ts';
export { DirectRefusal, writeMaterials } from './write.ts';
