import '../../test/harness/nodes/engine/instance.ts';
import { WorkflowExecute } from 'n8n-core';
import {
  Workflow,
  type IDataObject,
  type INode,
  type INodeParameters,
  type INodeType,
} from 'n8n-workflow';
import { additionalData } from '../../test/harness/nodes/engine/additionalData.ts';
import type { CredentialData } from '../../test/harness/nodes/engine/credentials.ts';
import { nodeTypes } from '../../test/harness/nodes/engine/nodeTypes.ts';

export interface Contender {
  readonly type: string;
  readonly version: number;
  readonly credential: string;
}

/**
 * Runs a node in n8n's engine on these items.
 *
 * @throws the node's error
 */
export function engine(builtIn: INodeType, credentials: CredentialData) {
  const known = (type: string, version?: number) =>
    type === 'n8n-nodes-base.googleSheets' ? builtIn : nodeTypes.getByNameAndVersion(type, version);
  const types = { ...nodeTypes, getByName: known, getByNameAndVersion: known };

  return async (
    { type, version, credential }: Contender,
    parameters: INodeParameters,
    items: readonly IDataObject[],
  ): Promise<number> => {
    const node = (name: string, more: Partial<INode>): INode => ({
      id: name,
      name,
      type: 'test.source',
      typeVersion: 1,
      position: [0, 0],
      parameters: {},
      ...more,
    });
    const file = {
      id: 'bench',
      name: 'bench',
      active: false,
      nodes: [
        node('Source', {}),
        node('Node', {
          type,
          typeVersion: version,
          parameters,
          credentials: { [credential]: { id: credential, name: credential } },
        }),
      ],
      connections: { Source: { main: [[{ node: 'Node', type: 'main' as const, index: 0 }]] } },
      settings: { executionOrder: 'v1' as const },
    };
    const workflow = new Workflow({ ...file, nodeTypes: types });
    const startNode = workflow.getNode('Source') ?? undefined;
    const dates = { createdAt: new Date(), updatedAt: new Date() };
    const data = additionalData(
      { credentials },
      { ...file, ...dates, isArchived: false, activeVersionId: null },
    );
    const pinData = { Source: items.map((json) => ({ json })) };
    const options = { workflow, pinData, ...(startNode === undefined ? {} : { startNode }) };
    const { resultData } = (await new WorkflowExecute(data, 'trigger').run(options)).data;
    if (resultData.error !== undefined) throw resultData.error;
    return resultData.runData['Node']?.at(-1)?.data?.['main']?.[0]?.length ?? 0;
  };
}
