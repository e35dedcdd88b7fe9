import {
  isFinished,
  type RefusalCode,
  type Refusals,
  type Settled,
  type Task,
} from '../../items/index.ts';
import { plainName, type MaterialId, type SheetRow } from '../../material/index.ts';
import type { Unplaced } from '../journal/index.ts';

/** A value that is not in the sheet, because a person changed the cell. */
export interface DirectConflict {
  readonly field: string;
  /** The person's text, which stays. */
  readonly sheet: string;
  readonly asked: string;
}

/** The outcome of one item. */
export type DirectResult =
  | {
      readonly kind: 'created' | 'updated' | 'unchanged';
      readonly id: MaterialId;
      /** The row at the last read or answer that showed it; null if none did. */
      readonly row: SheetRow | null;
      /**
       * The texts of the written cells before, by field or header. For a new row they are of the row that an
       * earlier try wrote to and that nothing identifies any more.
       */
      readonly before: Readonly<Record<string, string>>;
      /** Columns that were not written, because their cell holds a formula. */
      readonly formulas: readonly string[];
      readonly conflicts: readonly DirectConflict[];
      /** Columns whose value Google did not keep, as in a cell that a merge covers. */
      readonly notKept: readonly string[];
      /** Columns that were written, and nothing shows what their cell held at that moment. */
      readonly notConfirmed: readonly string[];
      /** Texts that a batch overwrote by mistake and that no row can get back. */
      readonly unplaced: readonly Unplaced[];
    }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string }
  /** Google did not answer, or refused. Only the sheet shows whether the item was written. */
  | { readonly kind: 'failed'; readonly message: string; readonly cause: Error };

/** A text that no row can get back, and the material that a batch of ours meant to write there. */
interface Recorded {
  readonly text: Unplaced;
  readonly meant: MaterialId | null;
}

/** Makes the result of each item. @param cause why unfinished tasks are not written */
export function resultsOf(
  count: number,
  tasks: readonly Task[],
  refusals: Refusals,
  recorded: readonly Recorded[],
  cause: Error,
): DirectResult[] {
  const failed: DirectResult = { kind: 'failed', message: cause.message, cause };
  const finished = tasks.filter(isFinished);
  const [first] = finished.toSorted((a, b) => (a.items[0] ?? 0) - (b.items[0] ?? 0));
  const ids = new Set(finished.map(({ id }) => id));
  const texts = Map.groupBy(recorded, ({ meant }) =>
    meant !== null && ids.has(meant) ? meant : first?.id,
  );
  const results = new Map<number, DirectResult>();
  for (const [item, { code, message }] of refusals) {
    results.set(item, { kind: 'refused', code, message });
  }
  for (const task of finished) {
    const result = resultOf(task);
    const unplaced = (texts.get(task.id) ?? []).map(({ text }) => text);
    task.items.forEach((item, at) => {
      results.set(item, at === 0 ? { ...result, unplaced } : result);
    });
  }
  return Array.from({ length: count }, (_, item) => results.get(item) ?? failed);
}

type Done = Extract<DirectResult, { id: MaterialId }>;

function resultOf({ id, row, wanted, settled, replaced, isCreated }: Task): Done {
  const cells = [...settled].map(([column, now]) => ({ column, name: plainName(column), now }));
  const names = (kind: Settled['kind']) =>
    cells.flatMap(({ name, now }) => (now.kind === kind ? [name] : []));
  const before = new Map([...replaced].map(([column, text]) => [plainName(column), text]));
  for (const { name, now } of cells) if ('before' in now) before.set(name, now.before);
  return {
    kind: isCreated ? 'created' : before.size > 0 ? 'updated' : 'unchanged',
    id,
    row,
    before: Object.fromEntries(before),
    formulas: names('formula'),
    conflicts: cells.flatMap(({ column, name, now }) =>
      now.kind === 'conflict'
        ? [{ field: name, sheet: now.sheet, asked: wanted.get(column) ?? '' }]
        : [],
    ),
    notKept: names('notKept'),
    notConfirmed: names('notConfirmed'),
    unplaced: [],
  };
}
