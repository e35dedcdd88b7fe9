import {
  NodeOperationError,
  type IWebhookFunctions,
  type IWebhookResponseData,
} from 'n8n-workflow';
import { portalEventSchema, SignatureError, verify, type Secrets } from '../../core/index.ts';
import {
  PORTAL_CREDENTIAL,
  secretsOf,
  type PortalCredential,
} from '../shared/portal/credential.ts';

/**
 * Starts the workflow on an event that the portal signed, and on nothing else: 401 for what is
 * unsigned or stale, 400 for what is no event. n8n answers 202 with the execution's id (the node's
 * `responseData`) before the workflow runs.
 */
export async function receive(node: IWebhookFunctions): Promise<IWebhookResponseData> {
  const { secretToN8n } = await node.getCredentials<PortalCredential>(PORTAL_CREDENTIAL);
  const secrets = secretsOf(secretToN8n);
  if (secrets === undefined) {
    throw new NodeOperationError(
      node.getNode(),
      'The Materi Portal credential has no Secret To n8n, so no event can be trusted.',
      { description: 'Ask an admin of the portal for it.' },
    );
  }
  const body = String(node.getRequestObject().rawBody ?? '');
  const checked = check(secrets, node.getHeaderData(), body);
  if ('refusal' in checked) return refuse(node, 401, 'Not signed', checked.refusal);

  const event = portalEventSchema.safeParse(parsed(body));
  if (!event.success) {
    const issues = event.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    return refuse(node, 400, 'Not an event of the portal', issues.join('; '));
  }
  const { type, timestamp, test = false, data } = event.data;
  const json = {
    eventId: checked.id,
    type,
    test,
    timestamp,
    job: data.job,
    material: data.material,
  };
  return { workflowData: [node.helpers.returnJsonArray({ ...json })] };
}

function check(
  secrets: Secrets,
  headers: Readonly<Record<string, unknown>>,
  body: string,
): { id: string } | { refusal: string } {
  try {
    return { id: verify(secrets, { headers, body, now: Math.floor(Date.now() / 1_000) }) };
  } catch (error) {
    if (error instanceof SignatureError) return { refusal: error.message };
    return { refusal: 'The signature could not be checked.' };
  }
}

function parsed(body: string): unknown {
  try {
    const json: unknown = JSON.parse(body);
    return json;
  } catch {
    return undefined;
  }
}

function refuse(
  node: IWebhookFunctions,
  status: 400 | 401,
  title: string,
  detail: string,
): IWebhookResponseData {
  node
    .getResponseObject()
    .status(status)
    .type('application/problem+json')
    .json({ type: 'about:blank', title, status, detail });
  return { noWebhookResponse: true };
}
