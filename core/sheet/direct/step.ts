import {
  COLUMNS,
  comparable,
  FIELDS,
  listed,
  type Field,
  type Header,
  type MaterialId,
} from '../../material/index.ts';
import { cellText, isFormula, type CellValue } from '../cell.ts';
import type { CellChange, Changes, RowChange } from '../plan.ts';
import { NOTHING_TO_MEND, type PlannedCell } from '../planned.ts';
import { materialRows, rowKey, type MaterialRow } from '../rows.ts';
import type { Snapshot } from '../snapshot.ts';
import { ItemRefused } from './item.ts';
import {
  keyColumns,
  keyNames,
  keyOfRow,
  requireTitle,
  type DirectRequest,
  type KeyColumns,
  type Task,
} from './task.ts';

/** What the tasks still ask of the sheet as one read found it. */
export interface Step {
  readonly changes: Changes;
  /** Cells of further columns, which `Changes` has no place for. */
  readonly further: readonly PlannedCell[];
  /** Tasks that need nothing more. */
  readonly done: readonly Task[];
  readonly refused: ReadonlyArray<{ readonly task: Task; readonly error: ItemRefused }>;
}

/** Finds each task's row anew, by its key: rows and columns may have moved since the last read. */
export function nextStep(
  tasks: readonly Task[],
  request: DirectRequest,
  snapshot: Snapshot,
  at: string,
): Step {
  const { header } = snapshot;
  const { materials, nextRow } =
    header === null ? { materials: [], nextRow: 1 } : materialRows(snapshot.rows, header);
  const find = rowFinder(materials, request, header);
  const cells: CellChange[] = [];
  const further: PlannedCell[] = [];
  const rows: RowChange[] = [];
  const done: Task[] = [];
  const refused: { task: Task; error: ItemRefused }[] = [];

  for (const task of tasks) {
    try {
      const row = task.isCreated ? undefined : find(task);
      if (row === undefined && !task.isCreated) {
        rows.push(newRow(task, request, header, at));
        continue;
      }
      // Nothing else than this very task knows the id of a row that it alone may have made.
      if (task.key === null) task.isCreated = true;
      const isThere = row === undefined || task.isCreated;
      const change = isThere ? null : changesOf(task, row, snapshot, at);
      if (change === null) done.push(task);
      else {
        cells.push(...change.cells);
        further.push(...change.further);
      }
    } catch (error) {
      if (!(error instanceof ItemRefused)) throw error;
      refused.push({ task, error });
    }
  }
  const changes = { cells, rows, mending: NOTHING_TO_MEND, nextRow, metadataHeaders: [] };
  return { changes, further, done, refused };
}

type FindRow = (task: Task) => MaterialRow | undefined;

function rowFinder(
  materials: readonly MaterialRow[],
  request: DirectRequest,
  header: Header | null,
): FindRow {
  const byId = Map.groupBy(materials, ({ id }) => id?.toLowerCase());
  const columns: KeyColumns | null =
    request.operation === 'create' ? null : keyColumns(request.key ?? ['id'], header);
  const byKey = Map.groupBy(materials, (row) =>
    columns === null ? undefined : keyOfRow(row, columns),
  );

  return (task) => {
    // A row that this very task made is known by its id, whatever people have made of its key since.
    const found = byId.get(task.id) ?? (task.key === null ? undefined : byKey.get(task.key));
    const [row, second] = found ?? [];
    const twin = row?.id == null ? [] : (byId.get(row.id.toLowerCase()) ?? []);
    if (second !== undefined) throw ambiguous(found ?? [], 'match');
    if (twin.length > 1) throw ambiguous(twin, 'have one MATERIAL_ID,');
    return row;
  };
}

function ambiguous(rows: readonly MaterialRow[], what: string): ItemRefused {
  const numbers = rows.map(({ row }) => row + 1);
  const last = numbers.pop() ?? '';
  return new ItemRefused(
    'ambiguous',
    `Rows ${listed(numbers.map(String))} and ${last} ${what} and which is meant cannot be told. ` +
      'Make their keys differ, or match by MATERIAL_ID.',
  );
}

function newRow(
  task: Task,
  { operation, key }: DirectRequest,
  header: Header | null,
  at: string,
): RowChange {
  if (operation === 'update') {
    const columns = keyColumns(key ?? ['id'], header);
    throw new ItemRefused(
      'not_found',
      `No row of the sheet has this ${keyNames(columns, header)}. Create it first.`,
    );
  }
  requireTitle(task, header);
  const { fields, metadata } = task.wanted;
  return {
    materialId: task.id,
    fields: { ...fields, id: task.id, updatedAt: at },
    metadata,
    revisions: {},
  };
}

interface RowChanges {
  readonly cells: readonly CellChange[];
  readonly further: readonly PlannedCell[];
}

/** Null: the row shows all that is wanted, or what is left must not be written. */
function changesOf(
  task: Task,
  { row, id }: MaterialRow,
  snapshot: Snapshot,
  at: string,
): RowChanges | null {
  const { header } = snapshot;
  const line = snapshot.rows[row] ?? [];
  if (header === null) return null;
  const materialId: MaterialId = id ?? task.id;
  task.id = materialId;
  const cells: CellChange[] = [];
  const further: PlannedCell[] = [];
  const isWritten = (name: string, current: CellValue | undefined, value: string): boolean => {
    if (task.settled.has(name)) return false;
    if (isFormula(current)) task.formulas.add(name);
    const isLeft = isFormula(current) || comparable(cellText(current)) === comparable(value);
    if (isLeft) task.settled.add(name);
    return !isLeft;
  };

  for (const field of FIELDS) {
    const value = task.wanted.fields[field];
    const column = header.columns[field];
    if (value === undefined) continue;
    if (column === undefined && !COLUMNS[field].added) throw vanished(field);
    const current = column === undefined ? '' : line[column];
    if (!isWritten(field, current, value)) continue;
    cells.push({ row, materialId, field, value, revision: 0 });
  }
  for (const [name, value] of Object.entries(task.wanted.metadata)) {
    const column = header.metadata.find((candidate) => candidate.name === name)?.column;
    if (column === undefined) throw vanished(name);
    if (!isWritten(name, line[column], value)) continue;
    const change = { materialId, field: name, revision: 0 };
    const expected = line[column] ?? '';
    const key = rowKey(line, header.columns);
    further.push({ row, column, header: name, key, expected, value, restores: false, change });
  }
  if (cells.length + further.length === 0) return null;
  const own = (field: Field, value: string) =>
    cells.push({ row, materialId, field, value, revision: 0 });
  if (id === null) own('id', materialId);
  own('updatedAt', at);
  return { cells, further };
}

function vanished(name: string): ItemRefused {
  return new ItemRefused(
    'column_missing',
    `The column "${name}" has gone from the sheet meanwhile.`,
  );
}
