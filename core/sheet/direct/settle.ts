import { own } from '../../material/index.ts';
import { cellText } from '../cell.ts';
import type { PlanOutcome, Verdict } from '../confirm.ts';
import type { PlannedCell } from '../planned.ts';
import { materialRows, type MaterialRow } from '../rows.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Task } from './task.ts';

/**
 * Notes on the tasks what a plan that landed did for them. Where a person had changed a cell in
 * between, theirs is put back (see mend) and stands.
 */
export function noteOutcome(
  outcome: PlanOutcome,
  tasks: readonly Task[],
  snapshot: Snapshot,
): void {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const shown = rowsById(snapshot);

  for (const { cell, verdict } of outcome.cells) {
    const task = cell.change === null ? undefined : byId.get(cell.change.materialId);
    if (task === undefined || cell.change === null || !isWanted(task, cell.change.field)) continue;
    const { field } = cell.change;
    noteCell(task, field, cell, verdict, textIn(shown.get(task.id), snapshot, field));
  }
  for (const { row, verdict } of outcome.rows) {
    const task = byId.get(row.materialId);
    const isThere =
      verdict.kind === 'confirmed' || (verdict.kind === 'unclear' && shown.has(row.materialId));
    if (task !== undefined && isThere) task.isCreated = true;
  }
}

function noteCell(
  task: Task,
  field: string,
  { expected, value }: PlannedCell,
  verdict: Verdict,
  shown: string | undefined,
): void {
  const settle = () => task.settled.add(field);
  const conflict = (sheet: string) => {
    settle();
    task.conflicts.push({ field, sheet, asked: cellText(value) });
  };
  if (verdict.kind === 'confirmed') {
    settle();
    task.before.set(field, cellText(expected));
  } else if (verdict.kind === 'edited') conflict(cellText(verdict.found));
  else if (verdict.kind === 'unclear' && shown !== undefined) {
    // Another writer was there since: what the cell shows now must tell.
    if (shown === cellText(value)) {
      settle();
      task.before.set(field, cellText(expected));
    } else if (shown !== cellText(expected)) conflict(shown);
  }
}

/** UPDATED_AT and a row's new id are the catalog's own. */
function isWanted({ wanted }: Task, field: string): boolean {
  return Object.hasOwn(wanted.fields, field) || Object.hasOwn(wanted.metadata, field);
}

function rowsById({ header, rows }: Snapshot): ReadonlyMap<string, MaterialRow> {
  const materials = header === null ? [] : materialRows(rows, header).materials;
  return new Map(materials.map((row) => [row.id ?? '', row]));
}

function textIn(row: MaterialRow | undefined, { header, rows }: Snapshot, field: string) {
  if (row === undefined || header === null) return undefined;
  const columns: Readonly<Record<string, number>> = header.columns;
  const column = own(columns, field) ?? header.metadata.find(({ name }) => name === field)?.column;
  return column === undefined ? undefined : cellText(rows[row.row]?.[column]);
}
