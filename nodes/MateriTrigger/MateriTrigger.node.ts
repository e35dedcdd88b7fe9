import {
  NodeConnectionTypes,
  type IHookFunctions,
  type INodeType,
  type INodeTypeDescription,
  type IWebhookFunctions,
  type IWebhookResponseData,
} from 'n8n-workflow';
import { parameters } from './parameters.ts';
import { receive } from './receive.ts';
import { isSubscribed, subscribe, unsubscribe } from './subscription.ts';

export class MateriTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Materi Trigger',
    name: 'materiTrigger',
    icon: { light: 'file:materiTrigger.svg', dark: 'file:materiTrigger.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{$parameter["events"].join(", ")}}',
    description:
      'Starts the workflow when a learning material is added or changed, or work is asked for',
    defaults: { name: 'Materi Trigger' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'materiPortalApi', required: true }],
    webhooks: [
      {
        name: 'default',
        httpMethod: 'POST',
        path: 'materi',
        responseMode: 'onReceived',
        responseCode: '={{ 202 }}',
        responseData: '={{ JSON.stringify({ accepted: true, executionId: $execution.id }) }}',
      },
    ],
    properties: parameters,
  };

  webhookMethods = {
    default: {
      async checkExists(this: IHookFunctions): Promise<boolean> {
        return await isSubscribed.call(this);
      },
      async create(this: IHookFunctions): Promise<boolean> {
        return await subscribe.call(this);
      },
      async delete(this: IHookFunctions): Promise<boolean> {
        return await unsubscribe.call(this);
      },
    },
  };

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    return await receive.call(this);
  }
}
