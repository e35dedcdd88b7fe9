import { InvalidChange, type Draft } from '../draft/draft.ts';
import type { MoveDimension } from './messages.ts';
import { dimensionBounds } from './insertDimension.ts';

/**
 * Moves rows or columns before `destinationIndex`, which is counted as the grid is before the move.
 * Formulas and named ranges follow the cells they meant.
 */
export function applyMoveDimension(draft: Draft, request: MoveDimension): object {
  const { tab, dimension, start, end, size } = dimensionBounds(draft, request.source);
  const destination = request.destinationIndex;
  if (end > size || destination < 0 || destination > size) {
    throw new InvalidChange(
      `Cannot move ${dimension === 'ROWS' ? 'rows' : 'columns'} ${start} to ${end} to ${destination}: the grid has ${size}.`,
    );
  }
  if (destination > start && destination < end) {
    throw new InvalidChange('destinationIndex must not be inside of source.');
  }
  draft.move(tab, dimension, { start, end, destination });
  return {};
}
