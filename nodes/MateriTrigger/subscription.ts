import {
  NodeApiError,
  NodeOperationError,
  type IDataObject,
  type IHookFunctions,
} from 'n8n-workflow';
import { beginning, readable } from '../../core/index.ts';
import type { Answer, Exchange } from '../shared/http/exchange.ts';
import { read, readList, readText } from '../shared/http/read.ts';
import { isOn } from '../shared/items/parameters.ts';
import { problemText, unreachable } from '../shared/portal/problem.ts';
import { requestPortal } from '../shared/portal/request.ts';
import { takeOverJobs } from './parameters.ts';

const PATH = '/api/webhook/subscriptions';

/** The portal's limit for a workflow's name. */
const LONGEST_NAME = 200;

/**
 * Whether the portal knows this trigger already. It asks only when n8n starts with the workflow
 * already published. If the portal does not answer then, the registration counts as kept, so that
 * n8n does not give up the trigger. Publishing and testing always register.
 */
export async function isSubscribed(node: IHookFunctions): Promise<boolean> {
  if (!['init', 'leadershipChange'].includes(node.getActivationMode())) return false;
  const url = webhookUrl(node);
  const answer = await requestPortal(node, { method: 'GET', path: PATH, qs: { url } });
  if (!answer.reached || answer.status >= 500) return true;
  return readList(granted(node, answer).body, 'items').some((item) => read(item, 'url') === url);
}

/** Registers the workflow's URL. Registering it again changes nothing. */
export async function subscribe(node: IHookFunctions): Promise<boolean> {
  granted(
    node,
    await requestPortal(node, {
      method: 'PUT',
      path: PATH,
      body: {
        url: webhookUrl(node),
        eventTypes: list(node, 'events'),
        kinds: list(node, 'kinds'),
        test: node.getActivationMode() === 'manual',
        takeOver: isOn(node, takeOverJobs),
        workflow: trigger(node),
      },
    }),
  );
  return true;
}

/** Takes the registration back; one that is gone already is as good. */
export async function unsubscribe(node: IHookFunctions): Promise<boolean> {
  const outcome = await requestPortal(node, {
    method: 'DELETE',
    path: PATH,
    qs: { url: webhookUrl(node) },
  });
  if (!(outcome.reached && outcome.status === 404)) granted(node, outcome);
  return true;
}

/**
 * Identifies this trigger. The portal names its workflow in messages, and recognises it at a new
 * address.
 */
function trigger(node: IHookFunctions): IDataObject {
  const { id, name } = node.getWorkflow();
  return {
    instanceId: node.getInstanceId(),
    id: String(id),
    name: readable(beginning(String(name), LONGEST_NAME)),
    nodeId: node.getNode().id,
  };
}

function webhookUrl(node: IHookFunctions): string {
  const url = node.getNodeWebhookUrl('default');
  if (url === undefined) {
    throw new NodeOperationError(
      node.getNode(),
      'n8n has no webhook URL for this trigger. Save the workflow. If that does not help, ask an operator of n8n to check its public address.',
    );
  }
  return url;
}

function list(node: IHookFunctions, parameter: 'events' | 'kinds'): string[] {
  const value = node.getNodeParameter(parameter, []);
  return Array.isArray(value) ? value.map(String) : [];
}

/**
 * The answer, if it is a 2xx. n8n shows only an error's message when a workflow is published, so that
 * the advice is part of the message.
 */
function granted(node: IHookFunctions, outcome: Exchange): Answer {
  if (outcome.reached && outcome.status >= 200 && outcome.status < 300) return outcome;
  const message = outcome.reached ? refusal(node, outcome) : noAnswer(outcome.reason);
  throw new NodeApiError(
    node.getNode(),
    { message },
    { message, ...(outcome.reached ? { httpCode: String(outcome.status) } : {}) },
  );
}

function noAnswer(reason: string): string {
  const { message, advice } = unreachable(reason);
  return `${message.replace(/\.$/, '')}. ${advice}`;
}

function refusal(node: IHookFunctions, { status, body }: Answer): string {
  if (status === 401 || status === 403) {
    return `Check the API Key of the Materi Portal credential. ${problemText(status, body)}`;
  }
  if (readText(body, 'type') === '/problems/kind-taken') {
    return `${readText(body, 'detail')} To do that, turn on Take Over Jobs in the options of this trigger.`;
  }
  if (readList(body, 'errors').some((error) => read(error, 'path') === 'url')) {
    const { origin } = new URL(webhookUrl(node));
    return (
      "The portal does not accept this n8n's address. " +
      `Ask an operator of the portal to allow ${origin}.`
    );
  }
  return `The portal did not register this trigger. ${problemText(status, body)}`;
}
