import { notImplemented } from '../../http/googleError.ts';
import { InvalidChange, type Draft } from '../draft.ts';
import type { UpdateSpreadsheetProperties } from './messages.ts';

/** Renames the spreadsheet; its locale and time zone are fixed here. */
export function applyUpdateSpreadsheetProperties(
  draft: Draft,
  { properties, fields }: UpdateSpreadsheetProperties,
): object {
  if (fields === '') {
    throw new InvalidChange(
      "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)",
    );
  }
  for (const field of fields.split(',').map((name) => name.trim())) {
    if (field !== 'title')
      throw notImplemented(`updateSpreadsheetProperties with fields "${field}"`);
    if (!properties.title) throw new InvalidChange('title must not be empty.');
    draft.title = properties.title;
  }
  return {};
}
