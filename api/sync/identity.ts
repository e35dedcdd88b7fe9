import { comparable, TEXT_FIELDS, type MaterialId, type MaterialRow } from '../../core/index.ts';
import { MERGED_FIELDS, type Merged } from './merge.ts';

/** Which row is which material. */
export interface Identities {
  readonly identified: Map<MaterialId, MaterialRow>;
  /** Rows that need an id of their own: without one, or copies. */
  readonly unidentified: MaterialRow[];
  /** Our own row once more: it is emptied. */
  readonly doubled: MaterialRow[];
  /** Rows whose id was sorted away from them, by the id that is theirs. */
  readonly relabelled: Map<MaterialId, MaterialRow>;
}

/**
 * Tells rows by their id. Of rows with one id (people copy rows), the one most like what was last
 * seen keeps it, of equals the upper; the others need an id of their own. Where a new row of the
 * portal's stands twice before it was ever confirmed, it landed twice, and is one material.
 */
export function identify(
  rows: readonly MaterialRow[],
  materials: ReadonlyMap<MaterialId, Merged>,
): Identities {
  const identified = new Map<MaterialId, MaterialRow>();
  const unidentified: MaterialRow[] = [];
  const doubled: MaterialRow[] = [];
  for (const row of rows) {
    const rival = row.id === null ? undefined : identified.get(row.id);
    if (row.id === null) unidentified.push(row);
    else if (rival === undefined) identified.set(row.id, row);
    else {
      const known = materials.get(row.id);
      const isOurs =
        known !== undefined && known.base === null && contentOf(row) === contentOf(rival);
      const isMoreAlike = likeness(row, known) > likeness(rival, known);
      identified.set(row.id, isMoreAlike ? row : rival);
      (isOurs ? doubled : unidentified).push(isMoreAlike ? rival : row);
    }
  }
  return { identified, unidentified, doubled, relabelled: relabel(identified, materials) };
}

function likeness(row: MaterialRow, known: Merged | undefined): number {
  const base = known?.base ?? {};
  return MERGED_FIELDS.filter((field) => row.fields[field] === base[field]).length;
}

/**
 * People sort some columns and not the others: then ids stand beside other materials' texts. A row
 * whose texts are, to the letter, what was last seen of one other material, while that material's
 * own id stands beside other texts, is that material's. The ids follow the texts.
 */
function relabel(
  identified: Map<MaterialId, MaterialRow>,
  materials: ReadonlyMap<MaterialId, Merged>,
): Map<MaterialId, MaterialRow> {
  const strayed = [...identified].filter(([id, row]) => {
    const base = materials.get(id)?.base;
    return base != null && contentOf(row) !== contentIn(base);
  });
  const owners = new Map<string, MaterialId | null>();
  for (const [id] of strayed) {
    const content = contentIn(materials.get(id)?.base ?? {});
    owners.set(content, owners.has(content) ? null : id);
  }
  const relabelled = new Map<MaterialId, MaterialRow>();
  for (const [id, row] of strayed) {
    const owner = owners.get(contentOf(row));
    if (owner != null && owner !== id && !relabelled.has(owner)) relabelled.set(owner, row);
  }
  // Whoever lost its row to its owner and got none back keeps what is left: a row without an id.
  const taken = new Set(relabelled.values());
  for (const [id, row] of strayed) if (taken.has(row)) identified.delete(id);
  for (const [owner, row] of relabelled) identified.set(owner, row);
  return relabelled;
}

function contentOf({ fields }: MaterialRow): string {
  return contentIn(fields);
}

function contentIn(fields: Readonly<Partial<Record<string, string>>>): string {
  return JSON.stringify(TEXT_FIELDS.map((field) => comparable(fields[field] ?? '')));
}
