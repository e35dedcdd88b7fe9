import { COLUMNS, FIELDS, type Header } from '../../material/index.ts';
import { cellText } from '../cell.ts';
import { planBatch, type Changes } from '../plan.ts';
import { NOTHING_TO_MEND, type Plan } from '../planned.ts';
import { rowKey } from '../rows.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Mapping } from './mapping.ts';

export const NOTHING: Changes = {
  cells: [],
  rows: [],
  mending: NOTHING_TO_MEND,
  nextRow: 0,
  metadataHeaders: [],
};

/**
 * The next batch that brings the header to what is wanted: the renames first, in a later one the
 * columns that are missing, so that each can be undone by itself.
 *
 * @param mapping null: the tab is empty
 * @returns null if nothing is left to do
 */
export function headerPlan(id: string, snapshot: Snapshot, mapping: Mapping | null): Plan | null {
  if (mapping === null || snapshot.header === null) return planBatch(id, snapshot, NOTHING);
  const columns = missingColumns(snapshot, snapshot.header.columns);
  const { row } = snapshot.header;
  const cells = snapshot.rows[row] ?? [];
  if (mapping.renames.length === 0 && columns.length === 0) return null;
  const blank = planBatch(
    id,
    { ...snapshot, header: { row, columns: {}, names: {}, metadata: [] } },
    NOTHING,
  );
  if (blank === null) return null;
  if (mapping.renames.length === 0) return { ...blank, columns };
  const key = rowKey(cells, blank.keyColumns);
  return {
    ...blank,
    columns: [],
    cells: mapping.renames.map(({ column, to }) => ({
      row,
      column,
      header: cellText(cells[column]),
      key,
      expected: cells[column] ?? '',
      value: to,
      restores: false,
      change: null,
    })),
  };
}

/**
 * The columns that the header lacks, beyond every cell of the sheet: a header must not come to stand
 * over what somebody wrote in a column without one.
 */
export function missingColumns({ rows }: Snapshot, columns: Header['columns']): Plan['columns'] {
  const end = Math.max(0, ...rows.map((cells) => cells.length));
  return FIELDS.filter((field) => columns[field] === undefined).map((field, offset) => ({
    column: end + offset,
    header: COLUMNS[field].header,
  }));
}
