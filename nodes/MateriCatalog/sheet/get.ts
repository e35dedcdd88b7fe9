import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { eachItem } from '../../shared/items/eachItem.ts';
import { catalogFailure } from '../item/failure.ts';
import { idText } from '../item/materialId.ts';
import { presentRow, withMaterial } from '../item/present.ts';
import { readRows } from './materials.ts';

/** Adds `material` to each item, as the sheet has it now; the sheet is read once for all items. */
export async function getFromSheet(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const rows = readRows(node);
  return await eachItem(node, 1, async (item) => {
    const id = idText(node, item);
    if (id === '') {
      throw catalogFailure('key_missing', 'The item has no ID of a material.', {
        advice: 'Set Material to the value of MATERIAL_ID in the sheet.',
      });
    }
    const found = (await rows()).materials.filter((row) => row.id?.toLowerCase() === id);
    const [row, second] = found;
    if (row === undefined) {
      throw catalogFailure('not_found', `No row has the MATERIAL_ID "${id.slice(0, 100)}".`, {
        advice: 'Its row may have been deleted, or its id changed.',
      });
    }
    if (second !== undefined) {
      const numbers = found.map((copy) => copy.row + 1).slice(0, 20);
      throw catalogFailure(
        'ambiguous',
        `Rows ${numbers.join(', ')} have the MATERIAL_ID "${id}".`,
        {
          advice: 'Clear the id of the copy: it gets a new one.',
        },
      );
    }
    return withMaterial(node, item, node.getInputData()[item]?.json, presentRow(row));
  });
}
