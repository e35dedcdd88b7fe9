import {
  MERGED_FIELDS,
  own,
  type CellChange,
  type Changes,
  type MaterialId,
  type RowChange,
} from '../../core/index.ts';
import type { Identities } from './matchRows.ts';
import { metadataKey, type Merged } from './merge.ts';

/** The sheet's rows by identity, as one cycle sees them. */
interface SheetRows extends Identities {
  readonly nextRow: number;
}

/**
 * Collects everything that the sheet lacks: pending fields of materials with a row, ids for rows without
 * one, and materials that were never there.
 *
 * @param materials those with something pending; others may be left out
 * @param newId makes a material's id
 * @param at written to UPDATED_AT, ISO 8601
 */
export function pendingChanges(
  { identified, unidentified, relabelled, nextRow }: SheetRows,
  materials: ReadonlyMap<MaterialId, Merged>,
  newId: () => MaterialId,
  at: string,
): Changes {
  const cells: CellChange[] = unidentified.map(({ row }) => {
    const materialId = newId();
    return { row, materialId, field: 'id', value: materialId, revision: 0 };
  });
  for (const [materialId, { row }] of relabelled) {
    cells.push({ row, materialId, field: 'id', value: materialId, revision: 0 });
  }
  const appended: RowChange[] = [];

  for (const [materialId, { fields, metadata, base, pending, deletedAt }] of materials) {
    const row = identified.get(materialId)?.row;
    if (row !== undefined) {
      const changed = changedCells(fields, metadata, pending);
      for (const { field, value, revision } of changed) {
        cells.push({ row, materialId, field, value, revision });
      }
      if (changed.length > 0) {
        cells.push({ row, materialId, field: 'updatedAt', value: at, revision: 0 });
      }
    } else if (base === null && deletedAt === null) {
      appended.push({
        materialId,
        fields: { ...fields, id: materialId, updatedAt: at },
        metadata,
        revisions: pending,
      });
    }
  }
  return {
    cells,
    rows: appended,
    nextRow,
    metadataHeaders: [...new Set(appended.flatMap(({ metadata }) => Object.keys(metadata)))],
  };
}

function changedCells(
  fields: Merged['fields'],
  metadata: Merged['metadata'],
  pending: Merged['pending'],
): { field: string; value: string; revision: number }[] {
  return Object.entries(pending).flatMap(([field, revision]) => {
    const merged = MERGED_FIELDS.find((name) => name === field);
    if (merged !== undefined) return [{ field, value: fields[merged], revision }];
    const name = field.startsWith(metadataKey('')) ? field.slice(metadataKey('').length) : null;
    return name === null ? [] : [{ field, value: own(metadata, name) ?? '', revision }];
  });
}
