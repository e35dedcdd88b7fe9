import type { IAllExecuteFunctions, IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import { backoff } from '../../../core/index.ts';
import { exchange, type Exchange } from '../http/exchange.ts';
import { retryAfter } from '../http/retryAfter.ts';
import { RETRY_PAUSE, retrying, type Patience } from '../http/retrying.ts';
import { PORTAL_CREDENTIAL, portalUrl, type PortalCredential } from './credential.ts';

const TIMEOUT_MS = 30_000;

export interface PortalRequest {
  readonly method: IHttpRequestMethods;
  /** Begins with `/api/`. */
  readonly path: string;
  readonly qs?: IDataObject;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: IDataObject;
}

/** Sends one request to the portal, signed in with the service key; tried once. */
export async function requestPortal(
  node: IAllExecuteFunctions,
  { path, ...request }: PortalRequest,
): Promise<Exchange> {
  const credential = await node.getCredentials<PortalCredential>(PORTAL_CREDENTIAL);
  return await exchange(node, PORTAL_CREDENTIAL, {
    ...request,
    url: portalUrl(credential, path),
    json: true,
    arrayFormat: 'repeat',
    timeout: TIMEOUT_MS,
  });
}

/** Repeats a request while the portal cannot be reached or is too busy. Only for requests that may be repeated. */
export async function requestPortalPatiently(
  node: IAllExecuteFunctions,
  request: PortalRequest,
  patience: Patience,
): Promise<Exchange> {
  return await retrying(patience, async () => await requestPortal(node, request), portalWait);
}

/** Milliseconds until the portal may answer otherwise; undefined if it has answered. */
export function portalWait(outcome: Exchange, tries: number): number | undefined {
  if (!outcome.reached || outcome.status >= 500) return backoff(RETRY_PAUSE, tries);
  if (outcome.status !== 429) return undefined;
  return retryAfter(outcome.headers) ?? backoff(RETRY_PAUSE, tries);
}
