import { COLUMNS, FIELDS, type Field, type Mapping } from '../../material/index.ts';
import { planBatch, planHeader, type Changes } from '../batch/index.ts';
import type { Plan, Snapshot } from '../journal/index.ts';

export const NOTHING: Changes = { cells: [], rows: [], nextRow: 0, metadataHeaders: [] };

/**
 * Plans the next batch for the header: first the renames, then the missing columns. In two batches,
 * each can be rolled back alone.
 *
 * @param mapping null: the tab is empty
 * @returns null if nothing is left to do
 */
export function headerPlan(id: string, snapshot: Snapshot, mapping: Mapping | null): Plan | null {
  if (mapping === null || snapshot.header === null) return planBatch(id, snapshot, NOTHING);
  const { renames } = mapping;
  const { columns } = snapshot.header;
  const missing = FIELDS.filter((field) => columns[field] === undefined);
  if (renames.length > 0) return planHeader(id, snapshot, { renamed: renames, added: [] });
  if (missing.length === 0) return null;
  return planHeader(id, snapshot, { renamed: [], added: missing.map((f) => COLUMNS[f].header) });
}

/** Where planHeader adds the columns of all other fields: to the right of every cell of the sheet. */
export function addedColumns({ rows }: Snapshot, known: readonly Field[]): Map<Field, number> {
  const end = rows.reduce((width, cells) => Math.max(width, cells.length), 0);
  const missing = FIELDS.filter((field) => !known.includes(field));
  return new Map(missing.map((field, offset) => [field, end + offset]));
}
