export { CONTENT_KINDS, generateOptionsSchema, type ContentKind, type Gap } from './options.ts';
export { generateResultSchema, resultSchemaOf, type GenerateResult } from './result.ts';
