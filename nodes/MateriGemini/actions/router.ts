import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { analyze } from './material/index.ts';

const VERBS: Readonly<Record<string, typeof analyze.execute>> = { analyze: analyze.execute };

export async function router(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const operation = node.getNodeParameter('operation', 0);
  const verb = VERBS[operation];
  if (verb === undefined) {
    throw new NodeOperationError(node.getNode(), `Materi Gemini has no operation "${operation}".`);
  }
  return await verb(node);
}
