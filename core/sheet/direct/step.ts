import {
  columnIndex,
  COLUMNS,
  comparable,
  fieldOfColumn,
  materialRows,
  plainName,
  type ColumnName,
  type Header,
  type SheetRow,
} from '../../material/index.ts';
import {
  isFinished,
  isWritten,
  ItemRefused,
  keyColumns,
  keyHeaders,
  rowFinder,
  requireTitle,
  type DirectRequest,
  type ExtraFields,
  type Task,
} from '../../items/index.ts';
import type { CellChange, Changes, RowChange } from '../batch/index.ts';
import { cellAt, cellText, isCovered, isFormula, type TabShape } from '../../google/index.ts';
import type { Found } from './loop.ts';

/** The changes that the tasks still need, for the sheet of one read. */
export interface Step {
  readonly changes: Changes;
  /** All tasks but the refused ones. */
  readonly tasks: readonly Task[];
  readonly refused: ReadonlyArray<{ readonly task: Task; readonly error: ItemRefused }>;
}

/**
 * Finds the row of each unfinished task again, because rows and columns may have moved since the last
 * read.
 *
 * @param at the time for UPDATED_AT
 */
export function nextStep(
  all: readonly Task[],
  request: DirectRequest,
  { snapshot, shape, skipped }: Found,
  at: string,
): Step {
  const { header } = snapshot;
  const { materials, nextRow } =
    header === null ? { materials: [], nextRow: 1 } : materialRows(snapshot.rows, header);
  const find = rowFinder(materials, request, header);
  const cells: CellChange[] = [];
  const rows: RowChange[] = [];
  const tasks: Task[] = [];
  const refused: { task: Task; error: ItemRefused }[] = [];

  for (const task of all) {
    try {
      const row = isFinished(task) ? undefined : find(task);
      if (isFinished(task)) tasks.push(task);
      else if (row === undefined && task.row !== null && isWritten(task)) {
        tasks.push(withoutId(task));
      } else if (row === undefined) {
        rows.push(newRow(task, request, header, at));
        tasks.push(task);
      } else if (task.key === null) {
        // Only this task knows the id, so an earlier batch of the task has added the row.
        tasks.push(asCreated(task, row, snapshot));
      } else {
        const compared = comparedWith(row, task, snapshot, shape, request.extraFields);
        const changes = changesOf(compared, row, at);
        if (changes.length > 0 && skipped.has(row.row)) throw hidden(row);
        cells.push(...changes);
        tasks.push(compared);
      }
    } catch (error) {
      if (!(error instanceof ItemRefused)) throw error;
      if (task.row !== null && isWritten(task)) tasks.push(withoutId(task));
      else refused.push({ task, error });
    }
  }
  const addedHeaders = request.extraFields === 'add' ? addedBy(tasks) : [];
  const changes = { cells, rows, nextRow, metadataHeaders: [], addedHeaders };
  return { changes, tasks, refused };
}

/** The further columns that unfinished tasks write: the next batch adds those that the sheet lacks. */
function addedBy(tasks: readonly Task[]): string[] {
  const columns = tasks.flatMap((task) => (isFinished(task) ? [] : [...task.wanted.keys()]));
  return [
    ...new Set(columns.filter((column) => fieldOfColumn(column) === undefined).map(plainName)),
  ];
}

/** Only the row's id is missing, and nothing identifies the row any more. */
function withoutId(task: Task): Task {
  const settled = new Map(task.settled).set('id', { kind: 'notKept' });
  return { ...task, settled, lacksId: false };
}

function newRow(
  task: Task,
  { operation, key, extraFields }: DirectRequest,
  header: Header | null,
  at: string,
): RowChange {
  if (operation === 'update') {
    const columns = keyColumns(key ?? ['id'], header);
    throw new ItemRefused(
      'not_found',
      `No row of the sheet has this ${keyHeaders(columns, header)}. Create it first.`,
    );
  }
  requireTitle(task, header);
  for (const column of task.wanted.keys()) requireColumn(column, header, extraFields);
  const textsOf = (isField: boolean): Record<string, string> =>
    Object.fromEntries(
      [...task.wanted]
        .filter(([column]) => (fieldOfColumn(column) !== undefined) === isField)
        .map(([column, text]) => [plainName(column), text]),
    );
  return {
    materialId: task.id,
    fields: { ...textsOf(true), id: task.id, updatedAt: at },
    metadata: textsOf(false),
    revisions: {},
  };
}

/** The task of a new row. If people have changed the row since, each changed cell is a conflict. */
function asCreated(task: Task, row: SheetRow, { header, rows }: Found['snapshot']): Task {
  const settled = new Map(task.settled);
  for (const [column, asked] of task.wanted) {
    const index = header === null ? undefined : columnIndex(column, header);
    const sheet = cellText(cellAt(rows[row.row], index));
    if (comparable(sheet) !== comparable(asked)) settled.set(column, { kind: 'conflict', sheet });
  }
  return { ...task, row, settled, isCreated: true };
}

/** Settles the cells that need no write, or that no write can reach, because of the row now. */
function comparedWith(
  row: SheetRow,
  task: Task,
  { header, rows }: Found['snapshot'],
  shape: TabShape | null,
  extraFields: ExtraFields | undefined,
): Task {
  const cells = rows[row.row] ?? [];
  const settled = new Map(task.settled);
  for (const [column, text] of task.wanted) {
    if (settled.has(column)) continue;
    const index = requireColumn(column, header, extraFields);
    if (index === undefined) continue;
    const cell = cells[index];
    const expected = task.expected.get(column);
    if (isFormula(cell)) settled.set(column, { kind: 'formula' });
    else if (comparable(cellText(cell)) === comparable(text)) settled.set(column, { kind: 'same' });
    else if (expected !== undefined && comparable(cellText(cell)) !== comparable(expected)) {
      settled.set(column, { kind: 'conflict', sheet: cellText(cell) });
    } else if (shape !== null && isCovered(shape, row.row, index)) {
      settled.set(column, { kind: 'notKept' });
    }
  }
  const lacksId = task.lacksId && row.id === null;
  return { ...task, id: row.id ?? task.id, row, lacksId, settled };
}

function hidden({ row }: SheetRow): ItemRefused {
  return new ItemRefused(
    'hidden_row',
    `Row ${row + 1} is hidden, and Google does not copy hidden rows before a write, so a person's ` +
      'edit could be lost. In Google Sheets, remove the filter or show the row.',
  );
}

/**
 * @returns undefined if the next batch adds the column
 * @throws ItemRefused if a person has removed the column since the first read
 */
function requireColumn(
  column: ColumnName,
  header: Header | null,
  extraFields: ExtraFields | undefined,
): number | undefined {
  const index = header === null ? undefined : columnIndex(column, header);
  const field = fieldOfColumn(column);
  const isAdded =
    header === null || (field === undefined ? extraFields === 'add' : COLUMNS[field].added);
  if (index !== undefined || isAdded) return index;
  throw new ItemRefused(
    'column_missing',
    `The column "${plainName(column)}" has gone from the sheet meanwhile.`,
  );
}

/** The cells to be written; none if all are settled. */
function changesOf(
  { id: materialId, wanted, settled, lacksId }: Task,
  { row, id }: SheetRow,
  at: string,
): CellChange[] {
  const change = (field: ColumnName, value: string) =>
    ({ row, materialId, field, value, revision: 0 }) satisfies CellChange;
  const open = [...wanted].filter(([column]) => !settled.has(column));
  if (open.length === 0 && !lacksId) return [];
  const cells = open.map(([column, text]) => change(column, text));
  return [...cells, ...(id === null ? [change('id', materialId)] : []), change('updatedAt', at)];
}
