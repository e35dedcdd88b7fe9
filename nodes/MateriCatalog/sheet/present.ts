import type { IDataObject } from 'n8n-workflow';
import { FIELDS, type MaterialRow } from '../../../core/index.ts';

/** A row as workflows have a material, with the number of its row as people count. */
export function presentRow({ row, id, fields, metadata }: MaterialRow): IDataObject {
  const texts = Object.fromEntries(FIELDS.map((field) => [field, fields[field] ?? '']));
  return { ...texts, id, metadata: { ...metadata }, rowNumber: row + 1 };
}
