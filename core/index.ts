export * from './analysis/index.ts';
export * from './backoff/index.ts';
export * from './google/index.ts';
export * from './items/index.ts';
export * from './material/index.ts';
export * from './sheet/index.ts';
export * from './summary/index.ts';
export * from './webhook/index.ts';
