import { listed, type Header, type SheetRow } from '../material/index.ts';
import { ItemRefused } from './item.ts';
import { keyColumns, keyOfRow } from './key.ts';
import type { DirectRequest, Task } from './task.ts';

/**
 * Finds the row of each task, by its id or by its key.
 *
 * @returns a function that gives undefined if the sheet has no such row
 * @throws ItemRefused the returned function throws `ambiguous` for a key or an id of several rows
 */
export function rowFinder(
  materials: readonly SheetRow[],
  { operation, key }: DirectRequest,
  header: Header | null,
): (task: Task) => SheetRow | undefined {
  const byId = Map.groupBy(materials, ({ id }) => id);
  const columns = operation === 'create' ? [] : keyColumns(key ?? ['id'], header);
  const byKey = Map.groupBy(materials, (row) => keyOfRow(row, columns));

  return (task) => {
    // The id finds a row that the task itself has added, also after people changed its key.
    const found = byId.get(task.id) ?? (task.key === null ? undefined : byKey.get(task.key)) ?? [];
    const [row, second] = found;
    const copies = row?.id == null ? [] : (byId.get(row.id) ?? []);
    if (second !== undefined) throw ambiguous(found, 'match');
    if (copies.length > 1) throw ambiguous(copies, 'have one MATERIAL_ID,');
    return row;
  };
}

function ambiguous(rows: readonly SheetRow[], what: string): ItemRefused {
  const numbers = rows.map(({ row }) => row + 1);
  const last = numbers.at(-1) ?? '';
  return new ItemRefused(
    'ambiguous',
    `Rows ${listed(numbers.slice(0, -1).map(String))} and ${last} ${what} and which is meant cannot be told. ` +
      'Make their keys differ, or match by MATERIAL_ID.',
  );
}
