import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { idParameter } from '../item/materialId.ts';
import { readRows } from './materials.ts';
import { writeItems } from './write.ts';

/** Writes or clears ARCHIVED_AT in the row of each item: one read, and one batch for all items. */
export async function archiveInSheet(
  node: IExecuteFunctions,
  operation: 'archive' | 'restore',
): Promise<INodeExecutionData[][]> {
  const now = new Date().toISOString();
  const texts = new Map<string, string>();
  if (operation === 'archive') {
    const { materials } = await readRows(node)();
    // An archived material keeps its time.
    for (const { id, fields } of materials) texts.set(id ?? '', fields.archivedAt ?? '');
  }
  return await writeItems(
    node,
    () => ({ operation: 'update' }),
    (item) => {
      const id = idParameter(node, item);
      return { id, archivedAt: operation === 'archive' ? texts.get(id) || now : '' };
    },
  );
}
