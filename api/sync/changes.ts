import {
  cellText,
  isFormula,
  type CellChange,
  type Changes,
  type MaterialId,
  type MaterialRow,
  type PlannedCell,
  type RowChange,
  type Snapshot,
} from '../../core/index.ts';
import { MERGED_FIELDS, type Merged } from './merge.ts';
import { place } from './settle.ts';

/** The sheet's rows by identity, as one cycle sees them. */
export interface SheetRows {
  readonly identified: ReadonlyMap<MaterialId, MaterialRow>;
  readonly unidentified: readonly MaterialRow[];
  readonly nextRow: number;
}

/**
 * Everything that the sheet lacks: pending fields of materials that have a row, ids of rows that
 * have none, and materials that were never there.
 *
 * @param newId makes a material's id
 * @param at written to UPDATED_AT, ISO 8601
 */
export function pendingChanges(
  snapshot: Snapshot,
  rows: SheetRows,
  materials: ReadonlyMap<MaterialId, Merged>,
  undo: readonly PlannedCell[],
  newId: () => MaterialId,
  at: string,
): Changes {
  const cells: CellChange[] = rows.unidentified.map(({ row }) => {
    const materialId = newId();
    return { row, materialId, field: 'id', value: materialId, revision: 0 };
  });
  const appended: RowChange[] = [];

  for (const [materialId, { fields, metadata, base, pending }] of materials) {
    const row = rows.identified.get(materialId)?.row;
    if (row !== undefined) {
      const changed = MERGED_FIELDS.filter((field) => pending[field] !== undefined);
      for (const field of changed) {
        const revision = pending[field] ?? 0;
        cells.push({ row, materialId, field, value: fields[field], revision });
      }
      if (changed.length > 0) {
        cells.push({ row, materialId, field: 'updatedAt', value: at, revision: 0 });
      }
    } else if (base === null) {
      appended.push({
        materialId,
        fields: { ...fields, id: materialId, updatedAt: at },
        metadata,
        revisions: pending,
      });
    }
  }
  const taken = new Set(undo.map(place));
  return {
    // A cell that is put back now is written, if it still must be, once a read has shown it.
    cells: cells.filter(({ row, field }) => {
      const column = snapshot.header?.columns[field];
      return column !== undefined && !taken.has(place({ row, column }));
    }),
    rows: appended,
    undo,
    nextRow: rows.nextRow,
    metadataHeaders: [...new Set(appended.flatMap(({ metadata }) => Object.keys(metadata)))],
  };
}

/** The sheet as it will be when everything is put back: what people wrote, without our mistakes. */
export function withUndone(snapshot: Snapshot, undo: readonly PlannedCell[]): Snapshot['rows'] {
  const rows = snapshot.rows.map((cells) => [...cells]);
  for (const { row, column, value, expected } of undo) {
    const cells = rows[row];
    if (cells === undefined || isFormula(cells[column])) continue;
    if (cellText(cells[column]) === cellText(expected)) cells[column] = value;
  }
  return rows;
}
