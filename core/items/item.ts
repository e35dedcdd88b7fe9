import {
  CELL_LIMIT,
  closest,
  columnNamed,
  fieldNamed,
  FIELDS,
  headerNameOf,
  headerOfColumn,
  isMetadataName,
  isReadable,
  listed,
  shortened,
  trimBlanks,
  writableHeaders,
  type ColumnName,
  type Header,
} from '../material/index.ts';

/**
 * Why a workflow's item is not written; the sheet has nothing of it. `docs/nodes.md` explains each
 * code to designers of workflows.
 */
export type RefusalCode =
  | 'ambiguous'
  | 'column_missing'
  | 'duplicate'
  | 'hidden_row'
  | 'invalid_value'
  | 'key_missing'
  | 'not_found'
  | 'nothing_to_write';

/** An item that is not written. The other items can be written without it. */
export class ItemRefused extends Error {
  override readonly name = 'ItemRefused';
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The texts that an item asks for, by column. */
export type Wanted = ReadonlyMap<ColumnName, string>;

/** What happens to a name that the sheet does not have: an error, nothing, or a new column. */
export type ExtraFields = 'refuse' | 'ignore' | 'add';

/** The longest item as JSON: a new row with its column names must fit into one request of 1.5 MB. */
const LARGEST_ITEM = 1_400_000;

/**
 * Reads an item by the sheet's columns. By default an unknown name is refused, so that a typing error adds
 * no column. null and undefined keep the cell, '' clears it. Blanks around a text are cut off, as
 * everywhere in the catalog.
 *
 * @throws ItemRefused naming the column by its header in the sheet
 */
export function readItem(
  item: Readonly<Record<string, unknown>>,
  header: Header | null,
  extraFields: ExtraFields = 'refuse',
): Wanted {
  const wanted = new Map<ColumnName, string>();
  for (const [name, value] of Object.entries(item)) {
    if (value === null || value === undefined) continue;
    const column = columnOf(name, header, extraFields);
    if (column === undefined) continue;
    const title = headerOfColumn(column, header);
    if (column === 'updatedAt') {
      throw invalid(`The column ${title} is written by the catalog itself. Leave it out.`);
    }
    const text = textOf(title, value);
    wanted.set(column, column === 'id' ? text.toLowerCase() : text);
  }
  const size = JSON.stringify([...wanted]).length;
  if (size > LARGEST_ITEM) {
    throw invalid(
      `The item has ${size} characters altogether; a row takes ${LARGEST_ITEM}. Shorten its texts.`,
    );
  }
  if (wanted.get('title') === '') {
    throw invalid(
      `${headerNameOf('title', header)} is empty: a row without a title is no material. Map it, or leave it out.`,
    );
  }
  return wanted;
}

/** @returns undefined if the name is passed over */
function columnOf(
  name: string,
  header: Header | null,
  extraFields: ExtraFields,
): ColumnName | undefined {
  if (extraFields === 'refuse') return knownColumn(name, header);
  const column = columnNamed(name, header);
  if (column !== undefined || extraFields === 'ignore') return column;
  const title = trimBlanks(name);
  if (isMetadataName(title)) return `metadata.${title}`;
  throw invalid(`No column can have the name "${shortened(name)}". Give the field another name.`);
}

function textOf(title: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    const kind = Array.isArray(value) ? 'a list' : 'an object';
    throw invalid(`The value for ${title} is ${kind}. Convert it to text, a number or a boolean.`);
  }
  const text = String(value);
  if (text.length > CELL_LIMIT) {
    throw invalid(
      `The value for ${title} has ${text.length} characters; a cell can hold ${CELL_LIMIT}. Shorten it.`,
    );
  }
  if (!isReadable(text)) {
    throw invalid(
      `The value for ${title} has characters that no cell can hold (NUL, or half of a surrogate ` +
        'pair). Remove them.',
    );
  }
  return trimBlanks(text);
}

function invalid(message: string): ItemRefused {
  return new ItemRefused('invalid_value', message);
}

/** @throws ItemRefused `column_missing`; it suggests the most similar column, or lists all columns */
export function knownColumn(name: string, header: Header | null): ColumnName {
  const column = columnNamed(name, header);
  if (column !== undefined) return column;
  const headers = writableHeaders(header);
  const field = fieldNamed(closest(name, FIELDS) ?? '');
  const alike = closest(name, headers) ?? (field && headerNameOf(field, header));
  const advice =
    alike === undefined
      ? `It has: ${listed(headers)}. Correct the name, or add the column to the sheet.`
      : `Did you mean ${alike}?`;
  throw new ItemRefused('column_missing', `The sheet has no column ${shortened(name)}. ${advice}`);
}
