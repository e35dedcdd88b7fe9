import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { FIELDS, type SheetRow } from '../../../core/index.ts';
import { read } from '../../shared/http/read.ts';

/**
 * A row as workflows have a material, with the number of its row as people count. As in the portal,
 * `archivedAt` is null if the cell is empty: a workflow that writes the item back does not clear it.
 */
export function presentRow({ row, id, fields, metadata }: SheetRow): IDataObject {
  const texts = Object.fromEntries(FIELDS.map((field) => [field, fields[field] ?? '']));
  const archivedAt = fields.archivedAt === '' ? null : (fields.archivedAt ?? null);
  return { ...texts, id, archivedAt, metadata: { ...metadata }, rowNumber: row + 1 };
}

/**
 * An operation's output: the input item, with the material in its field `material`. With the option
 * Simplify, every column of the material is a field beside the others, as n8n's tables show it.
 */
export function withMaterial(
  node: IExecuteFunctions,
  item: number,
  came: IDataObject | undefined,
  material: IDataObject,
  more: IDataObject = {},
): IDataObject {
  if (read(node.getNodeParameter('options', item, {}), 'simple') !== true) {
    return { ...came, material, ...more };
  }
  const others = Object.entries(came ?? {}).filter(([name]) => name !== 'material');
  const { metadata, ...fields } = material;
  // The material's own fields come first in the table, and keep their value beside a column that
  // people named "title".
  return {
    ...Object.fromEntries(others),
    ...fields,
    ...(isObject(metadata) ? metadata : {}),
    ...fields,
    ...more,
  };
}

export function isObject(value: unknown): value is IDataObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
