import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { readMaterials, type MaterialRows } from '../../../../core/index.ts';
import { eachItem } from '../../../items/eachItem.ts';
import { JobFailed } from '../../../items/jobFailed.ts';
import { textParameter } from '../../../items/parameters.ts';
import { hostOfNode, sheetOfNode } from '../../sheet/open.ts';
import { presentRow } from '../../sheet/present.ts';
import { sheetFailure } from '../../sheet/refusals.ts';

/** Adds `material` to each item, as the sheet has it now; the sheet is read once for all items. */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const found = rowsOfSheet.call(this);
  return await eachItem.call(this, 1, async (item) => {
    const id = textParameter.call(this, 'materialId', item).toLowerCase();
    const { materials } = await found;
    const rows = materials.filter((row) => row.id?.toLowerCase() === id);
    const [row, second] = rows;
    if (row === undefined || id === '') {
      throw new JobFailed('material_gone', `No row of the sheet has the MATERIAL_ID "${id}".`, {
        retryable: false,
        advice: 'Its row may have been deleted, or its id changed.',
      });
    }
    if (second !== undefined) {
      const numbers = rows.map((copy) => copy.row + 1).join(', ');
      throw new JobFailed('workflow_error', `Rows ${numbers} have the MATERIAL_ID "${id}".`, {
        retryable: false,
        advice: 'Clear the id of the copy: it gets a new one.',
      });
    }
    return { ...this.getInputData()[item]?.json, material: presentRow(row) };
  });
}

/** The sheet's materials. It rejects with what an item's failure tells. */
export async function rowsOfSheet(this: IExecuteFunctions): Promise<MaterialRows> {
  try {
    return await readMaterials(sheetOfNode.call(this), hostOfNode.call(this));
  } catch (error) {
    return await Promise.reject(sheetFailure(error));
  }
}
