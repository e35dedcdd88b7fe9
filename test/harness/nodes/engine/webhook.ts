import './instance.ts';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { HookContext, WebhookContext } from 'n8n-core';
import {
  Workflow,
  type IDataObject,
  type INode,
  type INodeParameters,
  type IWebhookData,
  type WorkflowActivateMode,
} from 'n8n-workflow';
import { MateriTrigger } from '../../../../nodes/MateriTrigger/MateriTrigger.node.ts';
import { additionalData, type Services } from './additionalData.ts';
import { nodeTypes } from './nodeTypes.ts';

const trigger = new MateriTrigger();

/** A workflow with our trigger in it, and how n8n calls it. */
function triggerIn(parameters: INodeParameters, services: Services, isTest: boolean) {
  const node: INode = {
    id: 'trigger',
    name: 'Trigger',
    typeVersion: 1,
    position: [0, 0],
    parameters,
    type: 'n8n-nodes-digital-materi.materiTrigger',
    webhookId: '6d617465-7269-4000-8000-000000000001',
    credentials: { materiPortalApi: { id: 'portal', name: 'Portal' } },
  };
  const file = { id: 'w1', name: 'test', nodes: [node], connections: {}, active: true };
  const workflow = new Workflow({ ...file, nodeTypes });
  const data = additionalData(services, {
    ...file,
    isArchived: false,
    activeVersionId: null,
    createdAt: new Date(),
    updatedAt: new Date(),
  });
  const [webhookDescription] = trigger.description.webhooks ?? [];
  if (webhookDescription === undefined) throw new Error('The trigger declares no webhook.');
  const webhookData: IWebhookData = {
    node: node.name,
    path: 'materi',
    httpMethod: 'POST',
    workflowId: 'w1',
    isTest,
    webhookDescription,
    workflowExecuteAdditionalData: data,
  };
  return { node: workflow.getNode('Trigger') ?? node, workflow, data, webhookData };
}

/** n8n-core's contexts may have a workflow without a name, n8n-workflow's may not. */
function named<Context extends object>(context: Context) {
  return Object.assign(context, {
    getWorkflow: () => ({ id: 'w1', name: 'test', active: true }),
  });
}

/** Calls one of the methods by which a trigger is registered, as publishing or testing does. */
export async function callHook(
  method: 'checkExists' | 'create' | 'delete',
  services: Services,
  { mode = 'activate', parameters = {} }: HookSetting = {},
): Promise<boolean> {
  const isTest = mode === 'manual';
  const { workflow, node, data, webhookData } = triggerIn(parameters, services, isTest);
  const executionMode = isTest ? 'manual' : 'trigger';
  const context = named(new HookContext(workflow, node, data, executionMode, mode, webhookData));
  return await trigger.webhookMethods.default[method].call(context);
}

interface HookSetting {
  readonly mode?: WorkflowActivateMode;
  readonly parameters?: INodeParameters;
}

export interface Listening {
  readonly url: string;
  /** The items that started a workflow. */
  readonly started: IDataObject[];
  stop(): Promise<void>;
}

/** Serves the trigger's webhook over HTTP, with the body raw as n8n keeps it. */
export async function listen(services: Services): Promise<Listening> {
  const started: IDataObject[] = [];
  const app = express();
  app.use(express.raw({ type: () => true, limit: '16mb' }));
  app.post('/', (request, response, next) => {
    const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const httpRequest = Object.assign(request, { rawBody });
    const { workflow, node, data, webhookData } = triggerIn({}, services, false);
    const context = named(
      new WebhookContext(
        workflow,
        node,
        { ...data, httpRequest, httpResponse: response },
        'webhook',
        webhookData,
        [],
        null,
      ),
    );
    trigger.webhook.call(context).then(({ workflowData, noWebhookResponse }) => {
      if (noWebhookResponse === true) return;
      started.push(...(workflowData ?? []).flat().map(({ json }) => json));
      response.status(202).json({ accepted: true });
    }, next);
  });
  const server: Server = createServer((request, response) => {
    app(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('Not listening.');
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  };
  return { url: `http://127.0.0.1:${address.port}/`, started, stop };
}
