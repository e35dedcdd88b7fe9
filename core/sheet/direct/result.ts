import type { MaterialId } from '../../material/index.ts';
import { materialRows, type MaterialRow } from '../rows.ts';
import type { Snapshot } from '../snapshot.ts';
import type { RefusalCode } from './item.ts';
import type { DirectConflict, Refusals, Task } from './task.ts';

/** What became of one item. */
export type DirectResult =
  | {
      readonly kind: 'created' | 'updated' | 'unchanged';
      readonly id: MaterialId;
      /** The row as the last read found it; null if it has gone since. */
      readonly row: MaterialRow | null;
      /** What stood in the cells that were written, by field or header; empty for a new row. */
      readonly before: Readonly<Record<string, string>>;
      /** Not written, for the cell holds a formula. */
      readonly formulas: readonly string[];
      /** Not written, for a person had changed the cell meanwhile. */
      readonly conflicts: readonly DirectConflict[];
    }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string }
  /** Google stayed away or refused: whether it was written is to be seen in the sheet. */
  | { readonly kind: 'failed'; readonly message: string; readonly cause: Error };

interface Written {
  readonly tasks: readonly Task[];
  readonly open: ReadonlySet<Task>;
  readonly refusals: Refusals;
  readonly failure: Error | null;
}

/** Makes the results of all items, from the last read. */
export function resultsOf(count: number, written: Written, snapshot: Snapshot): DirectResult[] {
  const { header, rows } = snapshot;
  const found = header === null ? [] : materialRows(rows, header).materials;
  const byId = new Map(found.map((row) => [row.id, row]));
  const taskOf = new Map(written.tasks.flatMap((task) => task.items.map((item) => [item, task])));

  return Array.from({ length: count }, (_, item): DirectResult => {
    const refusal = written.refusals.get(item);
    if (refusal !== undefined) {
      return { kind: 'refused', code: refusal.code, message: refusal.message };
    }
    const task = taskOf.get(item);
    const cause = written.failure ?? new Error('The item was not worked on.');
    if (task === undefined || written.open.has(task)) {
      return { kind: 'failed', message: cause.message, cause };
    }
    const { id, before, formulas, conflicts, isCreated } = task;
    const isUpdated = before.size > 0;
    return {
      kind: isCreated ? 'created' : isUpdated ? 'updated' : 'unchanged',
      id,
      row: byId.get(id) ?? null,
      before: Object.fromEntries(before),
      formulas: [...formulas],
      conflicts,
    };
  });
}
