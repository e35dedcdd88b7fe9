import { FIELDS, type Field } from './columns.ts';
import { fieldOfHeader, headerNameOf, type Header } from './header.ts';
import { foldCase } from './text.ts';

/** A column of the sheet: a field, or `metadata.` and the header of a further column. */
export type ColumnName = Field | `metadata.${string}`;

/** A column's name in the catalog has at most 20 characters, and a school's header few more. */
const LONGEST_NAME = 1_000;

const FIELD_BY_OWN_NAME = new Map(FIELDS.map((field) => [foldCase(field), field]));

/** Finds the field by its own name, by the header of its column, or by an alias. */
export function fieldNamed(name: string): Field | undefined {
  if (name.length > LONGEST_NAME) return undefined;
  return fieldOfHeader(name) ?? FIELD_BY_OWN_NAME.get(foldCase(name));
}

/** Whether two names mean the same column. */
export function isSameColumn(one: string, other: string): boolean {
  if (Math.max(one.length, other.length) > LONGEST_NAME) return false;
  const field = fieldNamed(one);
  return field === undefined ? foldCase(one) === foldCase(other) : field === fieldNamed(other);
}

/** Finds a column by any of its names; undefined if neither the catalog nor the sheet has it. */
export function columnNamed(name: string, header: Header | null): ColumnName | undefined {
  const field = fieldNamed(name);
  if (field !== undefined || name.length > LONGEST_NAME) return field;
  const columns = header?.metadata ?? [];
  const found =
    // A sheet may have "Catatan" and "catatan" beside each other.
    columns.find((column) => column.name === name) ??
    columns.find((column) => foldCase(column.name) === foldCase(name));
  return found && `metadata.${found.name}`;
}

/** The field of a column; undefined for a further column. */
export function fieldOfColumn(column: string): Field | undefined {
  return FIELDS.find((field) => field === column);
}

/** A column's name for people: the field, or the header of a further column. */
export function plainName(column: ColumnName): string {
  return column.startsWith('metadata.') ? column.slice('metadata.'.length) : column;
}

/** A column's header as the sheet has it. */
export function headerOfColumn(column: ColumnName, header: Header | null): string {
  const field = fieldOfColumn(column);
  return field === undefined ? plainName(column) : headerNameOf(field, header);
}

/** A column's 0-based index; undefined if the sheet does not have the column. */
export function columnIndex(column: ColumnName, header: Header): number | undefined {
  const field = fieldOfColumn(column);
  if (field !== undefined) return header.columns[field];
  return header.metadata.find(({ name }) => name === plainName(column))?.column;
}
