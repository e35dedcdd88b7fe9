import {
  columnIndex,
  HeaderError,
  matchHeader,
  rowReader,
  type ColumnName,
  type Header,
  type SheetRow,
} from '../../material/index.ts';
import { cellText } from '../../google/index.ts';
import type { Settled, Task } from '../../items/index.ts';
import type { Aftermath, Snapshot, Unplaced } from '../journal/index.ts';
import type { LandedBatch } from './loop.ts';

/** The tasks after a batch that landed: what it settled, which rows it added, and the rows now. */
export function withOutcome(
  tasks: readonly Task[],
  { plan, outcome, sheetState }: LandedBatch,
): readonly Task[] {
  const cells = Map.groupBy(outcome.cells, ({ cell }) => cell.change?.materialId);
  const added = new Map(outcome.rows.map((one) => [one.row.materialId, one]));
  const header = headerOf(sheetState);
  const shown = shownRows(sheetState, header);
  const isLast = sheetState.last?.id === plan.id;
  return tasks.map((task) => {
    const rows = shown.get(task.id) ?? [];
    const [row] = rows;
    const settled = new Map(task.settled);
    const replaced = new Map(task.replaced);
    let { lacksId } = task;
    const names = [...task.wanted.keys(), 'id' as const];
    for (const one of cells.get(task.id) ?? []) {
      const column = names.find((name) => name === one.cell.change?.field);
      if (column === undefined) continue;
      const now = isLast ? settledByImage(one) : settledBySheet(one, textsOf(rows, column, header));
      if (column === 'id') lacksId = now === null;
      if (now !== null && (column !== 'id' || now.kind === 'notKept')) settled.set(column, now);
      // The row shows no id now. The next read may show the new text, but no longer the replaced one.
      else if (row === undefined) replaced.set(column, cellText(one.cell.expected));
    }
    const { verdict, notKept = [] } = added.get(task.id) ?? {};
    for (const name of names) {
      if (notKept.includes(name)) settled.set(name, { kind: 'notKept' });
    }
    const isCreated =
      task.isCreated ||
      verdict?.kind === 'applied' ||
      (verdict?.kind === 'unknown' && row !== undefined);
    return { ...task, row: row?.material ?? task.row, isCreated, lacksId, settled, replaced };
  });
}

/**
 * Texts that a batch without an answer may have replaced. Its cell must be written again, because its before-image
 * is like another row's, and the column of the later read shows the text nowhere. So another try reads another text.
 *
 * Example: the batch wrote into row 2, whose image Google did not copy. A person sorted the left columns. Row 2
 * then holds the description of row 5, and the description that the batch replaced is in no row.
 */
export function replacedTexts(
  tasks: readonly Task[],
  { plan, outcome, sheetState }: LandedBatch,
): Unplaced[] {
  if (!('header' in sheetState)) return [];
  const { header, rows } = sheetState;
  const taskOf = new Map(tasks.map((task) => [task.id, task]));
  return outcome.cells.flatMap(({ cell, verdict }) => {
    const { change, row, column } = cell;
    const text = cellText(cell.expected);
    const task = change === null ? undefined : taskOf.get(change.materialId);
    const name = [...(task?.wanted.keys() ?? [])].find((wanted) => wanted === change?.field);
    if (verdict.kind !== 'misplaced' || task === undefined || name === undefined || text === '')
      return [];
    const index = header === null ? undefined : columnIndex(name, header);
    if (index !== undefined && rows.some((cells) => cellText(cells[index]) === text)) return [];
    const { id: materialId } = task;
    const title = task.row?.fields.title ?? '';
    return [{ batchId: plan.id, row, column, materialId, title, header: cell.header, text }];
  });
}

type CellOutcome = LandedBatch['outcome']['cells'][number];

/** Null: the cell must be written again. */
function settledByImage({ cell, verdict, isKept }: CellOutcome): Settled | null {
  if (verdict.kind === 'misplaced') return null;
  if (verdict.kind === 'edited') return { kind: 'conflict', sheet: cellText(verdict.found) };
  if (!isKept) return { kind: 'notKept' };
  const kind = verdict.kind === 'unknown' ? 'notConfirmed' : 'written';
  return { kind, before: cellText(cell.expected) };
}

/**
 * Another batch has landed since. The cell's text now shows what this batch did.
 *
 * @param texts of the row, and of copies that people made of it
 */
function settledBySheet({ cell }: CellOutcome, texts: readonly string[]): Settled | null {
  const before = cellText(cell.expected);
  const [first] = texts;
  if (texts.includes(cellText(cell.value))) return { kind: 'written', before };
  if (first === undefined || texts.includes(before)) return null;
  return { kind: 'conflict', sheet: first, before };
}

interface ShownRow {
  readonly material: SheetRow;
  readonly cells: Snapshot['rows'][number];
}

function shownRows(
  { rows, titles }: Aftermath | Snapshot,
  header: Header | null,
): ReadonlyMap<string, readonly ShownRow[]> {
  if (header === null) return new Map();
  const read = rowReader(header, titles.texts);
  const found = [...rows.entries()].flatMap(([row, cells]) => {
    const { material } = row > header.row ? read(cells, row) : { material: null };
    if (material?.id == null) return [];
    return [{ material: { row, ...material, id: material.id }, cells }];
  });
  return Map.groupBy(found, ({ material }) => material.id);
}

/** Null: the header is damaged. A rollback and another read follow. */
function headerOf(sheetState: Aftermath | Snapshot): Header | null {
  if ('header' in sheetState) return sheetState.header;
  try {
    return {
      ...matchHeader([sheetState.titles.texts], sheetState.location.tab),
      row: sheetState.titles.row,
    };
  } catch (error) {
    if (error instanceof HeaderError) return null;
    throw error;
  }
}

/** The texts of a column in some rows; none if the header lacks the column. */
function textsOf(rows: readonly ShownRow[], column: ColumnName, header: Header | null): string[] {
  const index = header === null ? undefined : columnIndex(column, header);
  return index === undefined ? [] : rows.map(({ cells }) => cellText(cells[index]));
}
