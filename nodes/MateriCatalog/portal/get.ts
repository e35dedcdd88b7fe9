import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { materialSchema, type Material, type MaterialId } from '../../../core/index.ts';
import { read } from '../../shared/http/read.ts';
import type { Patience } from '../../shared/http/retrying.ts';
import { eachItem } from '../../shared/items/eachItem.ts';
import { idParameter } from '../item/materialId.ts';
import { isObject, withMaterial } from '../item/present.ts';
import { askPortal, patienceOf, unexpected } from './ask.ts';

const READS_AT_ONCE = 5;

interface Found {
  readonly material: Material;
  readonly analysis: unknown;
}

/** Adds `material` and `analysis` to each item, as the catalog has them now; each id is read once. */
export async function getFromPortal(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const patience = patienceOf(node);
  const reads = new Map<string, Promise<Found>>();
  return await eachItem(node, READS_AT_ONCE, async (item): Promise<IDataObject> => {
    const id = idParameter(node, item);
    const found = reads.get(id) ?? get(node, id, patience);
    reads.set(id, found);
    const { material, analysis } = await found;
    const came = node.getInputData()[item]?.json;
    return withMaterial(node, item, came, material, {
      analysis: isObject(analysis) ? analysis : null,
    });
  });
}

async function get(node: IExecuteFunctions, id: MaterialId, patience: Patience): Promise<Found> {
  const { body } = await askPortal(node, { method: 'GET', path: `/api/materials/${id}` }, patience);
  return { material: materialOf(read(body, 'material')), analysis: read(body, 'analysis') };
}

/** @throws ItemFailure `unexpected_answer` naming the fields that a material lacks */
export function materialOf(given: unknown): Material {
  const found = materialSchema.safeParse(given);
  if (found.success) return found.data;
  throw unexpected(
    'a material',
    found.error.issues.map(({ path }) => path),
  );
}
