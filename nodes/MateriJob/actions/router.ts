import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { complete, fail, get, getMany, progress, start } from './job/index.ts';

const VERBS: Readonly<Record<string, typeof start.execute>> = {
  start: start.execute,
  complete: complete.execute,
  fail: fail.execute,
  progress: progress.execute,
  get: get.execute,
  getMany: getMany.execute,
};

export async function router(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const operation = node.getNodeParameter('operation', 0);
  const verb = VERBS[operation];
  if (verb === undefined) {
    throw new NodeOperationError(node.getNode(), `Materi Job has no operation "${operation}".`);
  }
  return await verb(node);
}
