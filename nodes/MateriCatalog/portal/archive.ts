import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { idParameter } from '../item/materialId.ts';
import { writeToPortal, type PortalPlan } from './write.ts';

/** Archives or restores the material of each item, 500 in one request. */
export async function archiveInPortal(
  node: IExecuteFunctions,
  operation: 'archive' | 'restore',
): Promise<INodeExecutionData[][]> {
  return await writeToPortal(node, (): Promise<PortalPlan> => {
    const refusals = new Map<number, Error>();
    const byId = new Map<string, number[]>();
    for (const item of node.getInputData().keys()) {
      try {
        const id = idParameter(node, item);
        byId.set(id, [...(byId.get(id) ?? []), item]);
      } catch (error) {
        refusals.set(item, error instanceof Error ? error : new Error(String(error)));
      }
    }
    const entries = [...byId].map(([id, items]) => ({ items, body: { operation, id } }));
    return Promise.resolve({ entries, refusals });
  });
}
