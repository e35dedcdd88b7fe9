import type { AiField, EditableField, MaterialRecord } from './repository.ts';

const AI_COLUMN = {
  aiSummary: 'ai_summary',
  aiStatus: 'ai_status',
  aiSource: 'ai_source',
} as const satisfies Record<AiField, keyof MaterialRecord>;

export function isAiField(field: string): field is AiField {
  return Object.hasOwn(AI_COLUMN, field);
}

/** What a material's cell says. */
export function cellOf(row: MaterialRecord, field: EditableField | AiField): string {
  return isAiField(field) ? row[AI_COLUMN[field]] : row[field];
}
