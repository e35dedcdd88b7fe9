import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import type { Execute } from './execute.ts';
import {
  archive,
  create,
  createOrUpdate,
  get,
  getMany,
  restore,
  update,
  writeAnalysis,
} from './material/index.ts';
import { prepare } from './sheet/index.ts';

const OPERATIONS = new Map<string, Execute>([
  ['archive', archive.execute],
  ['create', create.execute],
  ['createOrUpdate', createOrUpdate.execute],
  ['get', get.execute],
  ['getMany', getMany.execute],
  ['prepare', prepare.execute],
  ['restore', restore.execute],
  ['update', update.execute],
  ['writeAnalysis', writeAnalysis.execute],
]);

export async function router(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const operation = String(node.getNodeParameter('operation', 0, ''));
  const connectTo = String(node.getNodeParameter('connectTo', 0, 'portal'));
  const { portal, sheet } = OPERATIONS.get(operation) ?? {};
  const execute = connectTo === 'sheet' ? sheet : portal;
  if (execute === undefined) {
    const message = `Materi Catalog has no operation "${operation}" on what it is connected to (${connectTo}).`;
    throw new NodeOperationError(node.getNode(), message, {
      description: 'Choose an operation that the node lists, or set Connect To to "Google Sheet".',
    });
  }
  return await execute(node);
}
