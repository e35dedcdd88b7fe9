import { comparable, MERGED_FIELDS, TEXT_FIELDS, type MaterialId } from '../../core/index.ts';
import { withAll } from './maps.ts';
import { type Merged } from './merge.ts';
import type { RowsRead, SyncedRow } from './rows.ts';

/** Which row is which material. */
export interface Identities {
  readonly identified: ReadonlyMap<MaterialId, SyncedRow>;
  /** Rows that need an id of their own: without one, or copies. */
  readonly unidentified: readonly SyncedRow[];
  /** Rows that get back the id that they had, by that id. */
  readonly relabelled: ReadonlyMap<MaterialId, SyncedRow>;
  /**
   * Materials with a bad id in their row: a person typed a text that is not a UUID into MATERIAL_ID. The
   * sync does not mark them as deleted: when a person clears the cell, the row gets its id back.
   */
  readonly held: ReadonlySet<MaterialId>;
}

/**
 * Finds each material's row by its id. People copy rows, so several rows may have one id. The row that is
 * most like the last known row keeps the id; of two equal rows, the upper one. The others need new ids.
 *
 * @param materials the materials with a changed row, and the materials that no row names
 */
export function matchRows(
  { first, others, withBadId }: Pick<RowsRead, 'first' | 'others' | 'withBadId'>,
  materials: ReadonlyMap<MaterialId, Merged>,
): Identities {
  const keepers = new Map<MaterialId, SyncedRow>();
  const unidentified: SyncedRow[] = [];
  for (const row of others) {
    const rival = row.id === null ? undefined : (keepers.get(row.id) ?? first.get(row.id));
    if (row.id === null || rival === undefined) unidentified.push(row);
    else {
      const known = materials.get(row.id);
      const isMoreAlike = likeness(row, known) > likeness(rival, known);
      keepers.set(row.id, isMoreAlike ? row : rival);
      unidentified.push(isMoreAlike ? rival : row);
    }
  }
  const sorted = relabel(withAll(first, keepers), materials);
  const rowsWithoutId = unidentified.filter(({ id }) => id === null);
  const reclaimed = reclaim(rowsWithoutId, sorted.identified, materials);
  const taken = new Set(reclaimed.values());
  const identified = withAll(sorted.identified, reclaimed);
  return {
    identified,
    unidentified: unidentified.filter((row) => !taken.has(row)),
    relabelled: withAll(sorted.relabelled, reclaimed),
    held: new Set(reclaim(withBadId, identified, materials).keys()),
  };
}

function likeness(row: SyncedRow, known: Merged | undefined): number {
  const base = known?.base ?? {};
  return MERGED_FIELDS.filter((field) => row.fields[field] === base[field]).length;
}

/**
 * People sort some columns and not the others: then ids are beside other materials' texts. If a row has
 * all of A's texts, and A's id is beside other texts, this row gets A's id. The ids follow the texts.
 */
function relabel(
  identified: ReadonlyMap<MaterialId, SyncedRow>,
  materials: ReadonlyMap<MaterialId, Merged>,
): Pick<Identities, 'identified' | 'relabelled'> {
  const strayed = [...materials].flatMap(([id, { base }]) => {
    const row = identified.get(id);
    const isAway = row !== undefined && base !== null && contentOf(row) !== contentIn(base);
    return isAway ? [{ id, row, content: contentIn(base) }] : [];
  });
  const owners = uniqueBy(strayed, ({ content }) => content);
  const relabelled = new Map<MaterialId, SyncedRow>();
  for (const { id, row } of strayed) {
    const owner = owners.get(contentOf(row));
    if (owner !== undefined && owner.id !== id && !relabelled.has(owner.id)) {
      relabelled.set(owner.id, row);
    }
  }
  // Another material has got this material's row. The loop above may have found another row for it.
  if (relabelled.size === 0) return { identified, relabelled };
  const taken = new Set(relabelled.values());
  const left = new Map([...identified].filter(([, row]) => !taken.has(row)));
  return { identified: withAll(left, relabelled), relabelled };
}

/** If the title is the same, this many of the seven texts may differ from the last known row. */
const MOST_DIFFERENT = 2;

/**
 * Finds the material of a row if a person cleared the row's id. The material has no other row, and no other
 * material is like this row. All seven texts are the same, or the title and all but two.
 *
 * A merge over MATERIAL_ID removes a new row's id too. Such a row matches only by all seven texts.
 */
function reclaim(
  rows: readonly SyncedRow[],
  identified: ReadonlyMap<MaterialId, SyncedRow>,
  materials: ReadonlyMap<MaterialId, Merged>,
): Map<MaterialId, SyncedRow> {
  const reclaimed = new Map<MaterialId, SyncedRow>();
  const missing = [...materials].flatMap(([id, { base, fields, deletedAt }]) =>
    deletedAt !== null || identified.has(id) ? [] : [{ id, base, last: base ?? fields }],
  );
  if (rows.length === 0 || missing.length === 0) return reclaimed;

  const rowOf = uniqueBy(rows, contentOf);
  const materialOf = uniqueBy(missing, ({ last }) => contentIn(last));
  for (const [content, { id }] of materialOf) {
    const row = rowOf.get(content);
    if (row !== undefined) reclaimed.set(id, row);
  }
  const taken = new Set(reclaimed.values());
  const rowsLeft = Map.groupBy(
    rows.filter((row) => !taken.has(row)),
    (row) => comparable(row.fields.title ?? ''),
  );
  const missingLeft = Map.groupBy(
    missing.filter(({ id, base }) => base !== null && !reclaimed.has(id)),
    ({ last }) => comparable(last.title),
  );
  for (const [title, alike] of missingLeft) {
    const candidates = rowsLeft.get(title) ?? [];
    const [material, ...otherMaterials] = alike;
    const [row, ...otherRows] = candidates;
    const isUnique = otherMaterials.length === 0 && otherRows.length === 0;
    if (material === undefined || row === undefined || !isUnique) continue;
    if (differences(row, material.last) <= MOST_DIFFERENT) reclaimed.set(material.id, row);
  }
  return reclaimed;
}

/** Key → item. Items that share a key are left out. */
function uniqueBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T> {
  const groups = Map.groupBy(items, keyOf);
  return new Map(
    [...groups].flatMap(([key, [only, ...others]]) =>
      only === undefined || others.length > 0 ? [] : [[key, only] as const],
    ),
  );
}

function differences(row: SyncedRow, base: Readonly<Record<string, string>>): number {
  return TEXT_FIELDS.filter(
    (field) => comparable(row.fields[field] ?? '') !== comparable(base[field] ?? ''),
  ).length;
}

function contentOf({ fields }: SyncedRow): string {
  return contentIn(fields);
}

function contentIn(fields: Readonly<Partial<Record<string, string>>>): string {
  return JSON.stringify(TEXT_FIELDS.map((field) => comparable(fields[field] ?? '')));
}
