import {
  comparable,
  headerNameOf,
  materialId,
  own,
  shortened,
  type Field,
  type Header,
  type MaterialId,
} from '../../material/index.ts';
import type { MaterialRow } from '../rows.ts';
import {
  fieldNamed,
  furtherColumnNamed,
  ItemRefused,
  readItem,
  unknownColumn,
  type Wanted,
} from './item.ts';

export type DirectOperation = 'create' | 'update' | 'createOrUpdate';

export interface DirectRequest {
  readonly operation: DirectOperation;
  /**
   * Each item by field (`title`) or by column (`MATERIAL_TITLE`, `Catatan Guru`). An ItemRefused is
   * an item that the caller could not read: it is refused too.
   */
  readonly items: ReadonlyArray<Readonly<Record<string, unknown>> | ItemRefused>;
  /** The fields or columns that tell a row from every other, `['id']` by default; unused by create. */
  readonly key?: readonly string[];
  /** What items with one key become: one write, the later value winning, or refusals by index. */
  readonly duplicates?: 'join' | 'refuse';
}

/** A value that was not written, for a person had changed its cell meanwhile: theirs stands. */
export interface DirectConflict {
  readonly field: string;
  readonly sheet: string;
  readonly asked: string;
}

/** One row to be made or changed, and how far that has come. */
export interface Task {
  /** Indexes of the items it stands for; several where they have one key. */
  readonly items: number[];
  /** Null: always a new row. */
  readonly key: string | null;
  wanted: Wanted;
  /** The id that the row has or gets. */
  id: MaterialId;
  isCreated: boolean;
  /** What need not be written any more, by field or header. */
  readonly settled: Set<string>;
  /** What stood in the cells that were written. */
  readonly before: Map<string, string>;
  readonly formulas: Set<string>;
  readonly conflicts: DirectConflict[];
}

export type Refusals = Map<number, ItemRefused>;

/** The names of key columns as `fields` and `metadata` have them. */
export interface KeyColumns {
  readonly fields: readonly Field[];
  readonly metadata: readonly string[];
}

/**
 * Sorts items into tasks, before anything is written.
 *
 * @param refusals gets the items that cannot be written, by index
 * @throws ItemRefused if a key column is not in the sheet: then no item can be matched
 */
export function tasksOf(
  request: DirectRequest,
  header: Header | null,
  newId: () => MaterialId,
  refusals: Refusals,
): Task[] {
  const { operation, items, duplicates = 'join' } = request;
  const columns = operation === 'create' ? null : keyColumns(request.key ?? ['id'], header);
  const tasks: Task[] = [];
  const byKey = new Map<string, Task>();
  items.forEach((item, index) => {
    try {
      if (item instanceof ItemRefused) throw item;
      const wanted = readItem(item, header);
      const key = columns === null ? null : keyOfItem(wanted, columns, header);
      if (operation === 'update' && columns !== null) requireValues(wanted, columns, header);
      const known = key === null ? undefined : byKey.get(key);
      if (known !== undefined && duplicates === 'refuse') {
        const first = known.items[0] ?? 0;
        throw new ItemRefused('duplicate', `Item ${index} has the same key as item ${first}.`);
      }
      const isKeyedById = columns === null || columns.fields.includes('id');
      const task = newTask(index, key, isKeyedById ? wanted : withoutId(wanted), newId);
      if (known !== undefined) {
        // Not the item's own fields: an id among them would be written over the id of the row.
        known.wanted = {
          fields: { ...known.wanted.fields, ...task.wanted.fields },
          metadata: { ...known.wanted.metadata, ...task.wanted.metadata },
        };
        known.items.push(index);
        return;
      }
      if (operation === 'create') requireTitle(task, header);
      tasks.push(task);
      if (key !== null) byKey.set(key, task);
    } catch (error) {
      if (!(error instanceof ItemRefused)) throw error;
      refusals.set(index, error);
    }
  });
  return tasks;
}

function newTask(
  index: number,
  key: string | null,
  { fields, metadata }: Wanted,
  newId: () => MaterialId,
): Task {
  const { id: given, ...others } = fields;
  if (key === null && given !== undefined && given !== '') {
    throw new ItemRefused(
      'invalid_value',
      'A new row gets its MATERIAL_ID by itself. Leave it out.',
    );
  }
  const id = given === undefined || given === '' ? newId() : materialId.safeParse(given);
  if (typeof id !== 'string' && !id.success) {
    throw new ItemRefused(
      'invalid_value',
      `"${shortened(given ?? '')}" is no MATERIAL_ID: that is a UUID, such as 01980000-0000-7000-8000-000000000000.`,
    );
  }
  return {
    items: [index],
    key,
    wanted: { fields: others, metadata },
    id: typeof id === 'string' ? id : id.data,
    isCreated: false,
    settled: new Set(),
    before: new Map(),
    formulas: new Set(),
    conflicts: [],
  };
}

/** An id that rows are not matched by says nothing: whichever row matches has its own. */
function withoutId({ fields, metadata }: Wanted): Wanted {
  return { fields: { ...fields, id: '' }, metadata };
}

/** @throws ItemRefused if the task cannot become a row */
export function requireTitle({ wanted }: Task, header: Header | null): void {
  if (wanted.fields.title !== undefined) return;
  throw new ItemRefused(
    'invalid_value',
    `A new row needs a title, and the item has no ${headerNameOf('title', header)}. Map it.`,
  );
}

/** @throws ItemRefused if the item has only its key */
function requireValues({ fields, metadata }: Wanted, key: KeyColumns, header: Header | null): void {
  const keyed: readonly string[] = [...key.fields, ...key.metadata, 'id'];
  const names = [...Object.keys(fields), ...Object.keys(metadata)];
  if (names.some((name) => !keyed.includes(name))) return;
  throw new ItemRefused(
    'nothing_to_write',
    `The item has nothing to write beside ${keyNames(key, header)}. Map at least one other column.`,
  );
}

export function keyColumns(names: readonly string[], header: Header | null): KeyColumns {
  const fields: Field[] = [];
  const metadata: string[] = [];
  for (const name of names) {
    const field = fieldNamed(name);
    const further = furtherColumnNamed(name, header);
    if (field !== undefined) fields.push(field);
    else if (further !== undefined) metadata.push(further.name);
    else throw unknownColumn(name, header);
  }
  if (fields.length + metadata.length > 0) return { fields, metadata };
  throw new ItemRefused('key_missing', 'Name at least one column to match rows by.');
}

/** The key columns as the sheet has them: `MATERIAL_ID`, `Mapel and Judul`. */
export function keyNames({ fields, metadata }: KeyColumns, header: Header | null): string {
  return [...fields.map((field) => headerNameOf(field, header)), ...metadata].join(' and ');
}

function keyOfItem(wanted: Wanted, columns: KeyColumns, header: Header | null): string {
  const parts = keyParts(wanted.fields, wanted.metadata, columns);
  const empty = parts.find(({ text }) => text === '');
  if (empty === undefined) return keyText(parts);
  const name = keyNames(empty.columns, header);
  throw new ItemRefused(
    'key_missing',
    `${name} is empty in this item, and rows are matched by it. Map ${name}, match by another ` +
      'column, or use Create for new rows.',
  );
}

/** The key of a row; undefined where one of its cells is empty or shows an error. */
export function keyOfRow(
  { id, fields, metadata }: MaterialRow,
  columns: KeyColumns,
): string | undefined {
  const texts = { ...fields, ...(id === null ? {} : { id: id.toLowerCase() }) };
  const parts = keyParts(texts, metadata, columns);
  return parts.some(({ text }) => text === '') ? undefined : keyText(parts);
}

interface KeyPart {
  /** The column that this part of the key comes from. */
  readonly columns: KeyColumns;
  /** As it is compared. */
  readonly text: string;
}

function keyParts(
  fields: Wanted['fields'],
  metadata: Readonly<Record<string, string>>,
  columns: KeyColumns,
): KeyPart[] {
  return [
    ...columns.fields.map((name) => ({
      columns: { fields: [name], metadata: [] },
      text: comparable(fields[name] ?? ''),
    })),
    ...columns.metadata.map((name) => ({
      columns: { fields: [], metadata: [name] },
      text: comparable(own(metadata, name) ?? ''),
    })),
  ];
}

function keyText(parts: readonly KeyPart[]): string {
  return JSON.stringify(parts.map(({ text }) => text));
}
