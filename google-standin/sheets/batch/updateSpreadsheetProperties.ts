import { notImplemented } from '../../http/googleError.ts';
import { InvalidChange, type Draft } from '../draft/draft.ts';
import { requestedPaths } from './mask.ts';
import type { UpdateSpreadsheetProperties } from './messages.ts';

/** Renames the spreadsheet; its locale and time zone are fixed here. */
export function applyUpdateSpreadsheetProperties(
  draft: Draft,
  { properties, fields }: UpdateSpreadsheetProperties,
): object {
  for (const field of requestedPaths(fields, 'SpreadsheetProperties')) {
    if (field !== 'title') {
      throw notImplemented(`updateSpreadsheetProperties with the field ${field}`);
    }
    if (!properties.title) throw new InvalidChange('title must not be empty.');
    draft.title = properties.title;
  }
  return {};
}
