import { closest, COLUMNS, listed, shortened } from '../../../core/index.ts';
import type { ItemFailure } from '../../shared/items/itemFailure.ts';
import { catalogFailure } from './failure.ts';

/** The failure of a filter that names a column that the catalog does not have. */
export function unknownColumn(column: string, further: readonly string[]): ItemFailure {
  const headers = [...Object.values(COLUMNS).map(({ header }) => header), ...further];
  const alike = closest(column, headers);
  const advice =
    alike === undefined ? `The catalog has: ${listed(headers)}.` : `Did you mean ${alike}?`;
  return catalogFailure('column_missing', `The catalog has no column ${shortened(column)}.`, {
    advice,
  });
}
