import {
  headerNameOf,
  materialIdSchema,
  shortened,
  type ColumnName,
  type Header,
  type MaterialId,
  type SheetRow,
} from '../material/index.ts';
import { ItemRefused, readItem, type ExtraFields, type Wanted } from './item.ts';
import { keyColumns, keyHeaders, keyOfItem, type KeyColumns } from './key.ts';

export type DirectOperation = 'create' | 'update' | 'createOrUpdate';

export interface DirectRequest {
  readonly operation: DirectOperation;
  /**
   * Each item by field (`title`) or by column (`MATERIAL_TITLE`, `Catatan Guru`). The caller gives
   * an ItemRefused for an item that it could not read.
   */
  readonly items: ReadonlyArray<Readonly<Record<string, unknown>> | ItemRefused>;
  /** The columns that rows are matched by, `['id']` by default. Create does not use them. */
  readonly key?: readonly string[];
  /** Items with the same key: joined into one row, where the later value wins, or refused. */
  readonly duplicates?: 'join' | 'refuse';
  /** An update whose row the sheet does not have is refused. With `skip`, it does not stop the other items. */
  readonly unmatched?: 'refuse' | 'skip';
  /** Names that the sheet does not have: refused by default. */
  readonly extraFields?: ExtraFields;
  /**
   * By item: the texts that its cells must still have. A cell with another text is a conflict, and its text
   * stays.
   */
  readonly expected?: ReadonlyArray<Readonly<Record<string, unknown>> | undefined>;
}

/** A row that is to be made or changed. */
export interface Task {
  /** 0-based indexes of its items: several if they have the same key. */
  readonly items: readonly number[];
  /** Null: the row is new. */
  readonly key: string | null;
  readonly wanted: Wanted;
  /** Texts that the cells must still have, by column. */
  readonly expected: Wanted;
  /** The id that the row has or gets. */
  readonly id: MaterialId;
  readonly isCreated: boolean;
  /** A batch gave the row its id, and the id is not there: it went into a wrong cell. */
  readonly lacksId: boolean;
  /** Columns that need no further write, and what became of each. */
  readonly settled: ReadonlyMap<ColumnName, Settled>;
  /** Texts that a batch may have replaced, by column. No row shows whether it did. */
  readonly replaced: ReadonlyMap<ColumnName, string>;
  /** The row at the last read or answer that showed it; null: none did. */
  readonly row: SheetRow | null;
}

/**
 * - `same`: the cell had the value before.
 * - `formula`: the cell holds a formula, so nothing was written.
 * - `written`: with the cell's text before.
 * - `conflict`: a person changed the cell, so the person's text stays. If nothing shows whether that was
 *   before the write or after it, with the cell's text at the last read, which the write replaced.
 * - `notKept`: Google did not keep the value, as in a cell that a merge covers.
 * - `notConfirmed`: the value is written, and no before-image shows what the cell held at that moment;
 *   with its text at the last read.
 */
export type Settled =
  | { readonly kind: 'same' | 'formula' | 'notKept' }
  | { readonly kind: 'written' | 'notConfirmed'; readonly before: string }
  | { readonly kind: 'conflict'; readonly sheet: string; readonly before?: string };

/** Whether the row needs no further write. */
export function isFinished(task: Task): boolean {
  return task.isCreated || (task.row !== null && !task.lacksId && isWritten(task));
}

/** Whether each column is settled. */
export function isWritten({ wanted, settled }: Task): boolean {
  return [...wanted.keys()].every((column) => settled.has(column));
}

/** Items that are not written, by index. */
export type Refusals = ReadonlyMap<number, ItemRefused>;

/**
 * Makes tasks of items before anything is written.
 *
 * @throws ItemRefused if the sheet does not have a key column: then no item can be matched
 */
export function tasksOf(
  request: DirectRequest,
  header: Header | null,
  newId: () => MaterialId,
): { tasks: readonly Task[]; refusals: Refusals } {
  const { operation, items, key, duplicates = 'join', extraFields } = request;
  const columns = operation === 'create' ? null : keyColumns(key ?? ['id'], header);
  const tasks = new Map<string | number, Task>();
  const refusals = new Map<number, ItemRefused>();
  items.forEach((item, index) => {
    try {
      if (item instanceof ItemRefused) throw item;
      const expected = readItem(request.expected?.[index] ?? {}, header);
      const wanted = readItem(item, header, extraFields);
      const task = taskOf(index, { wanted, expected }, columns, header, newId);
      if (operation === 'create') requireTitle(task, header);
      if (operation === 'update' && columns !== null) requireValues(task, columns, header);
      const first = tasks.get(task.key ?? index);
      if (first !== undefined && duplicates === 'refuse') {
        throw new ItemRefused(
          'duplicate',
          `Item ${index} has the same key as item ${first.items[0] ?? 0}.`,
        );
      }
      tasks.set(task.key ?? index, first === undefined ? task : joined(first, task));
    } catch (error) {
      if (!(error instanceof ItemRefused)) throw error;
      refusals.set(index, error);
    }
  });
  return { tasks: [...tasks.values()], refusals };
}

/** @param columns null: the row is new */
function taskOf(
  index: number,
  { wanted, expected }: Pick<Task, 'wanted' | 'expected'>,
  columns: KeyColumns | null,
  header: Header | null,
  newId: () => MaterialId,
): Task {
  const given = wanted.get('id') ?? '';
  if (columns === null && given !== '') {
    throw new ItemRefused(
      'invalid_value',
      'A new row gets its MATERIAL_ID by itself. Leave it out.',
    );
  }
  return {
    items: [index],
    key: columns === null ? null : keyOfItem(wanted, columns, header),
    wanted: new Map([...wanted].filter(([column]) => column !== 'id')),
    expected,
    // A row that is matched by other columns has an id already: the item's id does not replace it.
    id: columns?.includes('id') === true ? givenId(given) : newId(),
    isCreated: false,
    lacksId: false,
    settled: new Map(),
    replaced: new Map(),
    row: null,
  };
}

function givenId(text: string): MaterialId {
  const id = materialIdSchema.safeParse(text);
  if (id.success) return id.data;
  throw new ItemRefused(
    'invalid_value',
    `"${shortened(text)}" is no MATERIAL_ID: that is a UUID, such as 01980000-0000-7000-8000-000000000000.`,
  );
}

function joined(first: Task, later: Task): Task {
  return {
    ...first,
    items: [...first.items, ...later.items],
    wanted: new Map([...first.wanted, ...later.wanted]),
    expected: new Map([...later.expected, ...first.expected]),
  };
}

/** @throws ItemRefused if the task cannot become a row */
export function requireTitle({ wanted }: Task, header: Header | null): void {
  if (wanted.has('title')) return;
  throw new ItemRefused(
    'invalid_value',
    `A new row needs a title, and the item has no ${headerNameOf('title', header)}. Map it.`,
  );
}

/** @throws ItemRefused if the item has only its key */
function requireValues({ wanted }: Task, key: KeyColumns, header: Header | null): void {
  if ([...wanted.keys()].some((column) => !key.includes(column))) return;
  throw new ItemRefused(
    'nothing_to_write',
    `The item has nothing to write beside ${keyHeaders(key, header)}. Map at least one other column.`,
  );
}
