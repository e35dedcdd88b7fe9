import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { get, getFromSheet, getMany, write, writeAnalysis } from './material/index.ts';
import { prepare } from './sheet/index.ts';

type Execute = typeof get.execute;

const VERBS: Readonly<Record<string, Readonly<Record<string, Execute>>>> = {
  portal: { get: get.execute },
  sheet: {
    get: getFromSheet.execute,
    getMany: getMany.execute,
    create: write.execute,
    update: write.execute,
    createOrUpdate: write.execute,
    writeAnalysis: writeAnalysis.execute,
    prepare: prepare.execute,
  },
};

export async function router(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const operation = String(node.getNodeParameter('operation', 0, ''));
  const connectTo = String(node.getNodeParameter('connectTo', 0, 'portal'));
  const verb = VERBS[connectTo]?.[operation];
  if (verb === undefined) {
    const message = `Materi Catalog has no operation "${operation}" on what it is connected to (${connectTo}).`;
    throw new NodeOperationError(node.getNode(), message, {
      description: 'Choose an operation that the node lists, or set Connect To to "Google Sheet".',
    });
  }
  return await verb(node);
}
