import {
  NodeConnectionTypes,
  type IExecuteFunctions,
  type IHookFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  type ITriggerFunctions,
  type ITriggerResponse,
  type IWebhookFunctions,
  type IWebhookResponseData,
} from 'n8n-workflow';
import { portalCredentialTest } from '../shared/credentialTests/index.ts';
import { parameters } from './parameters.ts';
import { receive } from './receive.ts';
import { reportStart } from './started.ts';
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
    eventTriggerDescription:
      'The portal sends one sample event within a few seconds. It is never a real job. If nothing arrives, check that the portal can reach the address of this n8n.',
    activationMessage:
      'The portal now sends its events to this workflow. Each material or job that arrives starts one execution.',
    triggerPanel: {
      header: 'Get a sample event from the portal',
      executionsHelp: {
        inactive:
          '<b>While you build the workflow</b>, click the button: the portal sends one sample event, never a real job.<br><br><b>For real events</b>, publish the workflow. They then start it by themselves, and you find them under Executions.',
        active:
          '<b>While you change the workflow</b>, click the button: the portal sends one sample event, never a real job.<br><br><b>Real events</b> start the published workflow by themselves. You find them under <a data-key="executions">Executions</a>, not here.',
      },
      activationHint: {
        inactive: 'Publish the workflow so that the portal sends it real events and jobs.',
        active:
          'The portal also sends real events to the published workflow. You find them under Executions.',
      },
    },
    defaults: { name: 'Materi Trigger' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'materiPortalApi', required: true, testedBy: 'portalCredentialTest' }],
    webhooks: [
      {
        name: 'default',
        httpMethod: 'POST',
        path: 'materi',
        // The trigger registers its URL itself, so people need not copy it.
        ndvHideUrl: true,
        ndvHideMethod: true,
        responseMode: 'onReceived',
        responseCode: '={{ 202 }}',
        responseData: '={{ JSON.stringify({ accepted: true, executionId: $execution.id }) }}',
      },
    ],
    properties: parameters,
  };

  methods = { credentialTest: { portalCredentialTest } };

  webhookMethods = {
    default: {
      async checkExists(this: IHookFunctions): Promise<boolean> {
        return await isSubscribed(this);
      },
      async create(this: IHookFunctions): Promise<boolean> {
        return await subscribe(this);
      },
      async delete(this: IHookFunctions): Promise<boolean> {
        return await unsubscribe(this);
      },
    },
  };

  /** n8n calls this when the workflow is published and when n8n starts; the events come by webhook. */
  async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
    await reportStart(this);
    return {};
  }

  /**
   * Passes on the event that came by webhook. Without `execute`, n8n would wait for `trigger` in a
   * test.
   */
  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return [this.getInputData()];
  }

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    return await receive(this);
  }
}
