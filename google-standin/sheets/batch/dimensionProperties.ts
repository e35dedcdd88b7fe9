import { notImplemented } from '../../http/googleError.ts';
import type { Draft } from '../draft/draft.ts';
import { changeLines, linesOf, setLines } from '../model/lines.ts';
import { dimensionBounds } from './insertDimension.ts';
import { requestedPaths } from './mask.ts';
import type { UpdateDimensionProperties } from './shapeMessages.ts';

/** Hides or shows rows or columns as a person does, and sets their size. */
export function applyUpdateDimensionProperties(
  draft: Draft,
  { range, properties, fields }: UpdateDimensionProperties,
): object {
  const { tab, dimension, start, end, size } = dimensionBounds(draft, range);
  const named = new Set(requestedPaths(fields, 'DimensionProperties').flatMap(known));
  const changed = changeLines(
    linesOf(tab, dimension),
    { start, end: Math.min(end, size) },
    (line) => ({
      ...line,
      ...(named.has('hiddenByUser') ? { hiddenByUser: properties.hiddenByUser } : {}),
      ...(named.has('pixelSize') ? { pixelSize: properties.pixelSize } : {}),
    }),
  );
  setLines(tab, dimension, changed);
  return {};
}

function known(path: string): ('hiddenByUser' | 'pixelSize')[] {
  switch (path) {
    case '*':
      return ['hiddenByUser', 'pixelSize'];
    case 'hiddenByUser':
    case 'pixelSize':
      return [path];
    // Google's reference: read-only.
    case 'hiddenByFilter':
      return [];
    default:
      throw notImplemented(`updateDimensionProperties with the field ${path}`);
  }
}
