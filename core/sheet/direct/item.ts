import {
  CELL_LIMIT,
  closest,
  COLUMNS,
  FIELDS,
  foldCase,
  headerNameOf,
  isReadable,
  listed,
  shortened,
  trimBlanks,
  writableHeaders,
  type Field,
  type Header,
} from '../../material/index.ts';

/**
 * Why an item was not written; nothing of it is in the sheet. `docs/nodes.md` explains each code to
 * designers of workflows.
 */
export type RefusalCode =
  | 'ambiguous'
  | 'column_missing'
  | 'duplicate'
  | 'invalid_value'
  | 'key_missing'
  | 'not_found'
  | 'nothing_to_write';

/** One item's own fault: the others can be written without it. */
export class ItemRefused extends Error {
  override readonly name = 'ItemRefused';
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** What one item asks for, by field and by the header of the sheet's further columns. */
export interface Wanted {
  readonly fields: Partial<Record<Field, string>>;
  readonly metadata: Record<string, string>;
}

/**
 * The longest item as JSON. One request writes a new row: it holds 1.5 MB, with the names of the
 * fields.
 */
const LARGEST_ITEM = 1_400_000;

const FIELD_BY_NAME = new Map(
  FIELDS.flatMap((field) =>
    [field, COLUMNS[field].header, ...COLUMNS[field].aliases].map(
      (name) => [foldCase(name), field] as const,
    ),
  ),
);

/** The longest name or alias of a column of the catalog has 20 characters; a sheet's header has few more. */
const LONGEST_NAME = 1_000;

/** The field that a name stands for: its own, its column's header, or an alias of that. */
export function fieldNamed(name: string): Field | undefined {
  return name.length > LONGEST_NAME ? undefined : FIELD_BY_NAME.get(foldCase(name));
}

/** Finds the further column that has this name. */
export function furtherColumnNamed(name: string, header: Header | null) {
  if (name.length > LONGEST_NAME) return undefined;
  const columns = header?.metadata ?? [];
  return (
    // A sheet may have "Catatan" and "catatan" beside each other.
    columns.find((column) => column.name === name) ??
    columns.find((column) => foldCase(column.name) === foldCase(name))
  );
}

/** Whether two names mean the same column. */
export function isSameColumn(one: string, other: string): boolean {
  if (Math.max(one.length, other.length) > LONGEST_NAME) return false;
  const field = fieldNamed(one);
  return field === undefined ? foldCase(one) === foldCase(other) : field === fieldNamed(other);
}

/**
 * Reads an item by the sheet's columns. A name that the sheet does not have is refused, so that no
 * typing error adds a column; null and undefined leave a cell as it is, '' clears it. Blanks round a
 * text are left out, as everywhere in the catalog.
 *
 * @throws ItemRefused naming the column as the sheet has it
 */
export function readItem(item: Readonly<Record<string, unknown>>, header: Header | null): Wanted {
  const fields: Partial<Record<Field, string>> = {};
  const metadata = new Map<string, string>();
  for (const [name, value] of Object.entries(item)) {
    if (value === null || value === undefined) continue;
    const field = fieldNamed(name);
    const column = field === undefined ? furtherColumnNamed(name, header) : undefined;
    if (field === undefined && column === undefined) throw unknownColumn(name, header);
    const shown = field === undefined ? (column?.name ?? name) : headerNameOf(field, header);
    if (field === 'updatedAt') {
      throw new ItemRefused(
        'invalid_value',
        `The column ${shown} is written by the catalog itself. Leave it out.`,
      );
    }
    const text = textOf(shown, value);
    if (field !== undefined) fields[field] = field === 'id' ? text.toLowerCase() : text;
    else if (column !== undefined) metadata.set(column.name, text);
  }
  const size = JSON.stringify([fields, [...metadata]]).length;
  if (size > LARGEST_ITEM) {
    throw new ItemRefused(
      'invalid_value',
      `The item has ${size} characters altogether; a row takes ${LARGEST_ITEM}. Shorten its texts.`,
    );
  }
  if (fields.title === '') {
    const title = headerNameOf('title', header);
    throw new ItemRefused(
      'invalid_value',
      `${title} is empty: a row without a title is no material. Map it, or leave it out.`,
    );
  }
  return { fields, metadata: Object.fromEntries(metadata) };
}

function textOf(column: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    const kind = Array.isArray(value) ? 'a list' : 'an object';
    throw new ItemRefused(
      'invalid_value',
      `The value for ${column} is ${kind}. Convert it to text, a number or a boolean.`,
    );
  }
  const text = String(value);
  if (text.length > CELL_LIMIT) {
    throw new ItemRefused(
      'invalid_value',
      `The value for ${column} has ${text.length} characters; a cell can hold ${CELL_LIMIT}. Shorten it.`,
    );
  }
  if (!isReadable(text)) {
    throw new ItemRefused(
      'invalid_value',
      `The value for ${column} has characters that no cell can hold (NUL, or half of a surrogate ` +
        'pair). Remove them.',
    );
  }
  return trimBlanks(text);
}

/**
 * The error for a name that no column has. It suggests the likeliest column, or lists all columns.
 */
export function unknownColumn(name: string, header: Header | null): ItemRefused {
  const headers = writableHeaders(header);
  const field = fieldNamed(closest(name, FIELDS) ?? '');
  const alike = closest(name, headers) ?? (field && headerNameOf(field, header));
  return new ItemRefused(
    'column_missing',
    `The sheet has no column ${shortened(name)}. ` +
      (alike === undefined
        ? `It has: ${listed(headers)}. Correct the name, or add the column to the sheet.`
        : `Did you mean ${alike}?`),
  );
}
