import {
  comparable,
  isAnalysisOf,
  MERGED_FIELDS,
  own,
  type MaterialId,
  type MergedField,
} from '../../core/index.ts';
import type { SavedMaterial } from './material.ts';

/** The changes that a restore makes in the current catalog. */
export interface Comparison {
  /** Not in the catalog, or deleted there, or without a row in the sheet. */
  readonly added: readonly SavedMaterial[];
  readonly changed: ReadonlyArray<{
    readonly saved: SavedMaterial;
    readonly fields: readonly MergedField[];
  }>;
  readonly unchanged: readonly SavedMaterial[];
  /** Made since, or deleted when the backup was made: left as they are. */
  readonly onlyInCatalog: readonly SavedMaterial[];
  /**
   * Materials with other texts in their further columns than in the backup. They are left: sync reads these
   * columns and never writes them to a row that exists.
   */
  readonly otherMetadata: readonly SavedMaterial[];
}

/**
 * Finds the restored materials that need an analysis. When the backup was made, no analysis of their
 * present texts had ended or failed for good.
 */
export function awaitingAnalysis({ added, changed }: Comparison): SavedMaterial[] {
  return [...added, ...changed.map(({ saved }) => saved)].filter(
    (saved) => saved.aiStatus !== 'FAILED' && !isAnalysisOf(saved.aiSource, saved),
  );
}

/**
 * Compares as sync does: what it would take for the same text is not a change.
 *
 * @param catalog the materials that are in the catalog, by id
 */
export function compare(
  backup: readonly SavedMaterial[],
  catalog: ReadonlyMap<MaterialId, SavedMaterial>,
): Comparison {
  const known = backup.flatMap((saved) => {
    const now = catalog.get(saved.id);
    return now === undefined ? [] : [{ saved, now, fields: differing(saved, now) }];
  });
  const ids = new Set(backup.map(({ id }) => id));
  return {
    added: backup.filter(({ id }) => !catalog.has(id)),
    changed: known.filter(({ fields }) => fields.length > 0),
    unchanged: known.filter(({ fields }) => fields.length === 0).map(({ saved }) => saved),
    onlyInCatalog: [...catalog.values()].filter(({ id }) => !ids.has(id)),
    otherMetadata: known
      .filter(({ saved, now }) => hasOtherMetadata(saved, now))
      .map(({ saved }) => saved),
  };
}

function differing(saved: SavedMaterial, now: SavedMaterial): MergedField[] {
  return MERGED_FIELDS.filter((field) => comparable(saved[field]) !== comparable(now[field]));
}

function hasOtherMetadata({ metadata: a }: SavedMaterial, { metadata: b }: SavedMaterial): boolean {
  const names = [...Object.keys(a), ...Object.keys(b)];
  return names.some((name) => comparable(own(a, name) ?? '') !== comparable(own(b, name) ?? ''));
}
