import type { MaterialId, MaterialRow } from '../../core/index.ts';
import { MERGED_FIELDS } from './merge.ts';

/**
 * Of rows with one id (people copy rows), the one most like what was last seen keeps it; of equals
 * the upper. The others need an id of their own.
 *
 * @param base what was last seen of a material in the sheet, by field
 */
export function distinctRows(
  rows: readonly MaterialRow[],
  base: (id: MaterialId) => Readonly<Record<string, string>> | null,
): { identified: Map<MaterialId, MaterialRow>; unidentified: MaterialRow[] } {
  const identified = new Map<MaterialId, MaterialRow>();
  const unidentified: MaterialRow[] = [];
  for (const row of rows) {
    if (row.id === null) {
      unidentified.push(row);
      continue;
    }
    const rival = identified.get(row.id);
    if (rival === undefined) {
      identified.set(row.id, row);
      continue;
    }
    const seen = base(row.id);
    const isMoreAlike = likeness(row, seen) > likeness(rival, seen);
    identified.set(row.id, isMoreAlike ? row : rival);
    unidentified.push(isMoreAlike ? rival : row);
  }
  return { identified, unidentified };
}

function likeness(row: MaterialRow, base: Readonly<Record<string, string>> | null): number {
  if (base === null) return 0;
  return MERGED_FIELDS.filter((field) => row.fields[field] === base[field]).length;
}
