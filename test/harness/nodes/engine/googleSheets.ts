import './instance.ts';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { WorkflowExecute } from 'n8n-core';
import {
  Workflow,
  type ExecutionError,
  type IDataObject,
  type IExecuteFunctions,
  type INode,
  type INodeParameters,
  type INodeType,
} from 'n8n-workflow';
import type { GoogleStandIn } from '../../../../google-standin/index.ts';
import { n8nFolder } from '../../../../local/setup/n8nFolder.mjs';
import { additionalData } from './additionalData.ts';
import { nodeTypes } from './nodeTypes.ts';

interface Versioned {
  getNodeType(version: number): INodeType;
}

/** n8n's own Google Sheets node as setup installed it, with its requests sent to the stand-in. */
function builtInNode(google: GoogleStandIn): INodeType {
  const load = createRequire(join(n8nFolder(process.cwd()), 'package.json'));
  const { GoogleSheets } = load('n8n-nodes-base/dist/nodes/Google/Sheet/GoogleSheets.node.js') as {
    GoogleSheets: new () => Versioned;
  };
  const node = new GoogleSheets().getNodeType(4.7);

  async function execute(this: IExecuteFunctions) {
    // Google's addresses are fixed in the node; all else goes as it would to Google. The node still
    // uses n8n's older request helper.
    const request: unknown = Reflect.get(this.helpers, 'request');
    if (typeof request !== 'function') throw new Error('n8n has no helper "request" any more.');
    Reflect.set(this.helpers, 'request', async (options: { uri: string }): Promise<unknown> => {
      const { pathname, search } = new URL(options.uri);
      const uri = google.url + pathname + search;
      const answer: unknown = await Reflect.apply(request, this, [{ ...options, uri }]);
      return answer;
    });
    return (await node.execute?.call(this)) ?? [];
  }
  return Object.assign(Object.create(node) as INodeType, { execute });
}

export interface BuiltInRun {
  readonly error: ExecutionError | undefined;
  readonly items: IDataObject[];
}

/** Runs n8n's Google Sheets node 4.7 in n8n's engine as the stand-in's service account. */
export function builtInSheets(google: GoogleStandIn) {
  const builtIn = builtInNode(google);
  const known = (type: string, version?: number) =>
    type === 'n8n-nodes-base.googleSheets' ? builtIn : nodeTypes.getByNameAndVersion(type, version);
  const types = { ...nodeTypes, getByName: known, getByNameAndVersion: known };
  const { client_email: email, private_key: privateKey } = google.serviceAccount;

  return async (
    parameters: INodeParameters,
    items: readonly IDataObject[] = [{}],
  ): Promise<BuiltInRun> => {
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
      id: 'test',
      name: 'test',
      active: false,
      nodes: [
        node('Source', {}),
        node('Sheets', {
          type: 'n8n-nodes-base.googleSheets',
          typeVersion: 4.7,
          parameters: { resource: 'sheet', authentication: 'serviceAccount', ...parameters },
          credentials: { googleApi: { id: 'google', name: 'Google' } },
        }),
      ],
      connections: { Source: { main: [[{ node: 'Sheets', type: 'main' as const, index: 0 }]] } },
      settings: { executionOrder: 'v1' as const },
    };
    const workflow = new Workflow({ ...file, nodeTypes: types });
    const startNode = workflow.getNode('Source');
    if (startNode === null) throw new Error('The workflow has no source.');
    const dates = { createdAt: new Date(), updatedAt: new Date() };
    const data = additionalData(
      { credentials: { googleApi: { email, privateKey } } },
      { ...file, ...dates, isArchived: false, activeVersionId: null },
    );
    const pinData = { Source: items.map((json) => ({ json })) };
    const { resultData } = (
      await new WorkflowExecute(data, 'trigger').run({ workflow, startNode, pinData })
    ).data;
    const output = resultData.runData['Sheets']?.at(-1)?.data?.['main']?.[0] ?? [];
    return { error: resultData.error, items: output.map(({ json }) => json) };
  };
}
