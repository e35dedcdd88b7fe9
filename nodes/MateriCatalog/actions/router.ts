import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { get, getFromSheet, getMany, write } from './material/index.ts';

type Execute = typeof get.execute;

const VERBS: Readonly<Record<string, Readonly<Record<string, Execute>>>> = {
  portal: { get: get.execute },
  sheet: {
    get: getFromSheet.execute,
    getMany: getMany.execute,
    create: write.execute,
    update: write.execute,
    createOrUpdate: write.execute,
  },
};

export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const operation = this.getNodeParameter('operation', 0);
  const connectTo = String(this.getNodeParameter('connectTo', 0, 'portal'));
  const verb = VERBS[connectTo]?.[operation];
  if (verb === undefined) {
    throw new NodeOperationError(this.getNode(), `Materi Catalog has no operation "${operation}".`);
  }
  return await verb.call(this);
}
