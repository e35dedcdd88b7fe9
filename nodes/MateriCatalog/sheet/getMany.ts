import type { IExecuteFunctions } from 'n8n-workflow';
import { fieldNamed, isSameColumn, type SheetRow } from '../../../core/index.ts';
import { isArchived, passes, type Filters } from '../item/filters.ts';
import { unknownColumn } from '../item/unknownColumn.ts';
import { readRows } from './materials.ts';

/**
 * Finds materials in the sheet, in its order. As in the portal's lists, archived materials are left out unless
 * the workflow asks for them.
 *
 * @returns a function that reads the sheet at its first call
 */
export function finderInSheet(node: IExecuteFunctions) {
  const rows = readRows(node);
  return async (filters: Filters, limit: number): Promise<SheetRow[]> => {
    const { materials, furtherColumns } = await rows();
    for (const { column } of filters.conditions) {
      const isKnown =
        fieldNamed(column) !== undefined ||
        furtherColumns.some((name) => isSameColumn(name, column));
      if (!isKnown) throw unknownColumn(column, furtherColumns);
    }
    return materials
      .filter((row) => filters.includeArchived || !isArchived(row))
      .filter((row) => passes(row, filters))
      .slice(0, limit);
  };
}
