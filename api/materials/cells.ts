import { AI_FIELDS } from '../../core/index.ts';
import type { AiField, MaterialRecord, RevisedField } from './repository.ts';

export function isAiField(field: string): field is AiField {
  return AI_FIELDS.some((one) => one === field);
}

/** The text of a material's cell. */
export function cellOf(row: MaterialRecord, field: RevisedField | AiField): string {
  return row[field];
}
