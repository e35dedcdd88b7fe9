import { NodeApiError, type ILoadOptionsFunctions, type INodePropertyOptions } from 'n8n-workflow';
import { DEFAULT_MODEL } from '../../../core/index.ts';
import { ItemFailure } from '../../shared/items/itemFailure.ts';
import { listTextModels } from '../transport/models.ts';

/** The text models that the key may use, for the editor's list. */
export async function getModels(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  try {
    const models = await listTextModels(this);
    return models.map(({ id, name, description }) => ({
      name: id === DEFAULT_MODEL ? `${name} (Default)` : name,
      value: id,
      description,
    }));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const advice = error instanceof ItemFailure ? error.circumstances.advice : undefined;
    throw new NodeApiError(
      this.getNode(),
      { message },
      { message, ...(advice !== undefined && { description: advice }) },
    );
  }
}
