import './instance.ts';
import { WorkflowExecute } from 'n8n-core';
import {
  Workflow,
  type ExecutionError,
  type IConnections,
  type IDataObject,
  type INode,
  type INodeExecutionData,
  type INodeParameters,
  type ITaskData,
  type IWorkflowSettings,
  type OnError,
} from 'n8n-workflow';
import { additionalData, type Services } from './additionalData.ts';
import { nodeTypes } from './nodeTypes.ts';

export interface WorkflowFile {
  readonly id: string;
  readonly name: string;
  readonly nodes: INode[];
  readonly connections: IConnections;
  readonly settings?: IWorkflowSettings;
}

export interface Ran {
  readonly error: ExecutionError | undefined;
  /** What each node gave, by its name. */
  readonly nodes: Readonly<Record<string, ITaskData | undefined>>;
}

/** Runs a workflow in n8n's engine, from the node `start`, which gives `items`. */
export async function runWorkflow(
  file: WorkflowFile,
  start: string,
  items: readonly IDataObject[],
  services: Services,
): Promise<Ran> {
  const workflow = new Workflow({ ...file, active: false, nodeTypes });
  const pinData = { [start]: items.map((json): INodeExecutionData => ({ json })) };
  const startNode = workflow.getNode(start);
  if (startNode === null) throw new Error(`${file.name} has no node "${start}".`);
  const data = additionalData(services, {
    ...file,
    active: false,
    isArchived: false,
    activeVersionId: null,
    createdAt: new Date(),
    updatedAt: new Date(),
  });
  const { resultData } = (
    await new WorkflowExecute(data, 'trigger').run({ workflow, startNode, pinData })
  ).data;
  const runs = Object.entries(resultData.runData);
  return {
    error: resultData.error,
    nodes: Object.fromEntries(runs.map(([name, tasks]) => [name, tasks.at(-1)])),
  };
}

export interface NodeRun {
  readonly error: ExecutionError | undefined;
  /** The items of the regular output. */
  readonly items: INodeExecutionData[];
  /** The items of the second output: that for errors, unless the node has another. */
  readonly failed: INodeExecutionData[];
  readonly outputs: INodeExecutionData[][];
  readonly hints: string[];
}

/** Runs one of our nodes on these items. */
export async function runNode(
  type: 'materiCatalog' | 'materiGemini' | 'materiJob',
  parameters: INodeParameters,
  items: readonly IDataObject[],
  services: Services,
  settings: { readonly onError?: OnError; readonly retryOnFail?: boolean } = {},
): Promise<NodeRun> {
  const node = (name: string, nodeType: string, more: Partial<INode> = {}): INode => ({
    id: name,
    name,
    type: nodeType,
    typeVersion: 1,
    position: [0, 0],
    parameters: {},
    ...more,
  });
  const credentials = {
    materiPortalApi: { id: 'portal', name: 'Portal' },
    materiGeminiApi: { id: 'gemini', name: 'Gemini' },
    materiGoogleServiceAccountApi: { id: 'service-account', name: 'Google' },
    materiGoogleOAuth2Api: { id: 'oauth2', name: 'Google' },
  };
  const { error, nodes } = await runWorkflow(
    {
      id: 'test',
      name: 'test',
      nodes: [
        node('Source', 'test.source'),
        node('Node', `n8n-nodes-digital-materi.${type}`, { parameters, credentials, ...settings }),
      ],
      connections: { Source: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
      settings: { executionOrder: 'v1' },
    },
    'Source',
    items,
    services,
  );
  const task = nodes['Node'];
  return {
    error,
    items: task?.data?.['main']?.[0] ?? [],
    failed: task?.data?.['main']?.[1] ?? [],
    outputs: (task?.data?.['main'] ?? []).map((items) => items ?? []),
    hints: (task?.hints ?? []).map(({ message }) => message),
  };
}
