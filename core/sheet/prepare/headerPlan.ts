import { COLUMNS, FIELDS, type Field, type Mapping } from '../../material/index.ts';
import { newTitles, planBatch, planTitles, type Changes, type Title } from '../batch/index.ts';
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
  const { header, rows } = snapshot;
  const renamed = mapping.renames.map(({ column, to }) => ({ column, value: to }));
  const added = addedTitles(
    rows,
    FIELDS.filter((field) => header.columns[field] !== undefined),
  );
  const titles = renamed.length > 0 ? renamed : added;
  return titles.length === 0 ? null : planTitles(id, snapshot, titles);
}

/** The columns that are added, each with its title. @param known the fields that have a column */
export function addedTitles(rows: Snapshot['rows'], known: readonly Field[]): Title[] {
  const missing = FIELDS.filter((field) => !known.includes(field));
  return newTitles(
    rows,
    missing.map((field) => COLUMNS[field].header),
  );
}
