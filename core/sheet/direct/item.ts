import {
  CELL_LIMIT,
  COLUMNS,
  FIELDS,
  foldCase,
  trimBlanks,
  type Field,
  type Header,
} from '../../material/index.ts';

/** Why an item was not written; nothing of it is in the sheet. */
export type RefusalCode =
  | 'unknown_field'
  | 'not_writable'
  | 'not_text'
  | 'too_long'
  | 'no_title'
  | 'no_key'
  | 'duplicate'
  | 'ambiguous'
  | 'not_found';

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

const FIELD_BY_NAME = new Map(
  FIELDS.flatMap((field) =>
    [field, COLUMNS[field].header, ...COLUMNS[field].aliases].map(
      (name) => [foldCase(name), field] as const,
    ),
  ),
);

/** The field that a name stands for: its own, its column's header, or an alias of that. */
export function fieldNamed(name: string): Field | undefined {
  return FIELD_BY_NAME.get(foldCase(name));
}

/**
 * Reads an item by the sheet's columns. A name that the sheet does not have is refused, so that no
 * typing error adds a column; null and undefined leave a cell as it is, '' clears it. Blanks round a
 * text are left out, as everywhere in the catalog.
 *
 * @throws ItemRefused naming the field
 */
export function readItem(item: Readonly<Record<string, unknown>>, header: Header | null): Wanted {
  const fields: Partial<Record<Field, string>> = {};
  const metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(item)) {
    if (value === null || value === undefined) continue;
    const field = fieldNamed(name);
    const text = textOf(name, value);
    if (field === 'updatedAt') {
      throw new ItemRefused(
        'not_writable',
        `"${name}" is written by the catalog itself. Leave it out.`,
      );
    }
    if (field !== undefined) fields[field] = field === 'id' ? text.toLowerCase() : text;
    else {
      const column = header?.metadata.find((further) => foldCase(further.name) === foldCase(name));
      if (column === undefined) throw unknownField(name, header);
      metadata[column.name] = text;
    }
  }
  if (fields.title === '') {
    throw new ItemRefused('no_title', 'The title is empty: a row without one is no material.');
  }
  return { fields, metadata };
}

function textOf(name: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new ItemRefused(
      'not_text',
      `"${name}" is no text, number or boolean. Convert it to text.`,
    );
  }
  const text = trimBlanks(String(value));
  if (text.length <= CELL_LIMIT) return text;
  throw new ItemRefused(
    'too_long',
    `"${name}" has ${text.length} characters; a cell can hold ${CELL_LIMIT}. Shorten it.`,
  );
}

function unknownField(name: string, header: Header | null): ItemRefused {
  const further = (header?.metadata ?? []).map((column) => column.name);
  const known = [...FIELDS.filter((field) => field !== 'updatedAt'), ...further].join(', ');
  return new ItemRefused(
    'unknown_field',
    `The sheet has no column "${name}". It has: ${known}. Correct the name, or add the column.`,
  );
}
