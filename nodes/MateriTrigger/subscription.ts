import { NodeApiError, NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import type { Answer, Exchange } from '../http/exchange.ts';
import { read, readList } from '../http/read.ts';
import { problemText } from '../portal/problem.ts';
import { requestPortal } from '../portal/request.ts';

const PATH = '/api/webhook/subscriptions';

/**
 * Whether the portal already sends this workflow just what it asks for. A subscription to something
 * else does not count, so that it is replaced; nor does any for a test, so that it gets its sample.
 */
export async function isSubscribed(this: IHookFunctions): Promise<boolean> {
  if (isTest.call(this)) return false;
  const url = webhookUrl.call(this);
  const answer = granted.call(
    this,
    await requestPortal.call(this, { method: 'GET', path: PATH, qs: { url } }),
  );
  return readList(answer.body, 'items').some(
    (item) =>
      read(item, 'url') === url &&
      sameSet(readList(item, 'eventTypes'), list.call(this, 'events')) &&
      sameSet(readList(item, 'kinds'), list.call(this, 'kinds')),
  );
}

/** Registers the workflow's URL; PUT, so that doing it again changes nothing. */
export async function subscribe(this: IHookFunctions): Promise<boolean> {
  granted.call(
    this,
    await requestPortal.call(this, {
      method: 'PUT',
      path: PATH,
      body: {
        url: webhookUrl.call(this),
        eventTypes: list.call(this, 'events'),
        kinds: list.call(this, 'kinds'),
        test: isTest.call(this),
      },
    }),
  );
  return true;
}

/** Takes the registration back; one that is gone already is as good. */
export async function unsubscribe(this: IHookFunctions): Promise<boolean> {
  const outcome = await requestPortal.call(this, {
    method: 'DELETE',
    path: PATH,
    qs: { url: webhookUrl.call(this) },
  });
  if (!(outcome.reached && outcome.status === 404)) granted.call(this, outcome);
  return true;
}

/** "Listen for test event" in the editor; publishing has the modes `activate`, `update`, `init` … */
function isTest(this: IHookFunctions): boolean {
  return this.getActivationMode() === 'manual';
}

function webhookUrl(this: IHookFunctions): string {
  const url = this.getNodeWebhookUrl('default');
  if (url === undefined) {
    throw new NodeOperationError(this.getNode(), 'n8n has no webhook URL for this trigger.', {
      description: 'Save the workflow, and check WEBHOOK_URL of the n8n instance.',
    });
  }
  return url;
}

function list(this: IHookFunctions, parameter: 'events' | 'kinds'): string[] {
  const value = this.getNodeParameter(parameter, []);
  return Array.isArray(value) ? value.map(String) : [];
}

function sameSet(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value) => b.includes(value));
}

function granted(this: IHookFunctions, outcome: Exchange): Answer {
  if (!outcome.reached) {
    throw new NodeApiError(
      this.getNode(),
      { message: outcome.reason },
      {
        message: `The portal cannot be reached: ${outcome.reason}`,
        description:
          'Check the Base URL of the Materi Portal credential, and that the portal runs.',
      },
    );
  }
  const { status, body } = outcome;
  if (status >= 200 && status < 300) return outcome;
  throw new NodeApiError(
    this.getNode(),
    { message: problemText(status, body) },
    {
      message: `Not registered. ${problemText(status, body)}`,
      description:
        status === 401 || status === 403
          ? 'Check the API Key of the Materi Portal credential.'
          : "Check that this n8n's address is one of the portal's N8N_ORIGINS.",
      httpCode: String(status),
    },
  );
}
