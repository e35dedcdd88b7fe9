import {
  comparable,
  fieldOfColumn,
  headerOfColumn,
  own,
  plainName,
  type ColumnName,
  type Header,
  type SheetRow,
} from '../material/index.ts';
import { ItemRefused, knownColumn, type Wanted } from './item.ts';

/** The columns that rows are matched by. */
export type KeyColumns = readonly ColumnName[];

/** @throws ItemRefused if the sheet does not have one of the columns */
export function keyColumns(names: readonly string[], header: Header | null): KeyColumns {
  if (names.length > 0) return names.map((name) => knownColumn(name, header));
  throw new ItemRefused('key_missing', 'Name at least one column to match rows by.');
}

/** The headers of the key's columns: `MATERIAL_ID`, `Mapel and Judul`. */
export function keyHeaders(columns: KeyColumns, header: Header | null): string {
  return columns.map((column) => headerOfColumn(column, header)).join(' and ');
}

/** @throws ItemRefused if the item has no value in a column of the key */
export function keyOfItem(wanted: Wanted, columns: KeyColumns, header: Header | null): string {
  const texts = columns.map((column) => comparable(wanted.get(column) ?? ''));
  const empty = columns[texts.indexOf('')];
  if (empty === undefined) return JSON.stringify(texts);
  const name = headerOfColumn(empty, header);
  throw new ItemRefused(
    'key_missing',
    `${name} is empty in this item, and rows are matched by it. Map ${name}, match by another ` +
      'column, or use Create for new rows.',
  );
}

/** The key of a row; undefined if a cell of the key is empty or shows an error. */
export function keyOfRow(row: SheetRow, columns: KeyColumns): string | undefined {
  const texts = columns.map((column) => comparable(textIn(row, column)));
  return texts.includes('') ? undefined : JSON.stringify(texts);
}

function textIn({ id, fields, metadata }: SheetRow, column: ColumnName): string {
  const field = fieldOfColumn(column);
  if (field === undefined) return own(metadata, plainName(column)) ?? '';
  return field === 'id' ? (id?.toLowerCase() ?? '') : (fields[field] ?? '');
}
