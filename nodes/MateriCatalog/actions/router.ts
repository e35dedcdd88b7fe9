import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { get } from './material/index.ts';

const VERBS: Readonly<Record<string, typeof get.execute>> = { get: get.execute };

export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const operation = this.getNodeParameter('operation', 0);
  const verb = VERBS[operation];
  if (verb === undefined) {
    throw new NodeOperationError(this.getNode(), `Materi Catalog has no operation "${operation}".`);
  }
  return await verb.call(this);
}
