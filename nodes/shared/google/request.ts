import type { IAllExecuteFunctions, IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import { serverAddress, SheetError, type SheetErrorKind } from '../../../core/index.ts';
import { exchange } from '../http/exchange.ts';
import { read, readText } from '../http/read.ts';
import { isInfrastructureFault } from '../items/infrastructureFault.ts';

export type GoogleCredential = 'materiGoogleServiceAccountApi' | 'materiGoogleOAuth2Api';

/** @param authentication the value of the node's parameter Authentication */
export function googleCredential(authentication: unknown): GoogleCredential {
  return authentication === 'oAuth2' ? 'materiGoogleOAuth2Api' : 'materiGoogleServiceAccountApi';
}

interface GoogleRequest {
  readonly service: 'sheets' | 'www';
  readonly method: IHttpRequestMethods;
  /** Begins with `/v4/` or `/drive/`. */
  readonly path: string;
  readonly qs?: IDataObject;
  readonly body?: IDataObject;
}

/** An error of Google repeats parts of the request. */
const LONGEST_MESSAGE = 500;

/** As long as in Google's own client: Google may need long for a batch. */
const TIMEOUT_MS = 60_000;

/**
 * One request to Google, tried once; n8n renews the access token on a 401.
 *
 * @returns the body of a 2xx
 * @throws GoogleError for any other status, and where there is no answer
 */
export async function requestGoogle(
  node: IAllExecuteFunctions,
  credential: GoogleCredential,
  { service, path, ...request }: GoogleRequest,
): Promise<unknown> {
  const root = await rootUrl(node, credential, service);
  const answer = await send(node, credential, { ...request, url: root + path });
  if (answer.status !== undefined && answer.status >= 200 && answer.status < 300) {
    return answer.body;
  }
  throw new GoogleError(answer.status, answer.text, answer.hasAdvice);
}

/** Google refused the request, or did not answer. Without an answer there is no status. */
export class GoogleError extends SheetError {
  readonly status: number | undefined;
  /** Whether the message says what to do. */
  readonly hasAdvice: boolean;

  constructor(status: number | undefined, message: string, hasAdvice = false) {
    super(kindOf(status), message);
    this.status = status;
    this.hasAdvice = hasAdvice;
  }
}

async function rootUrl(
  node: IAllExecuteFunctions,
  credential: GoogleCredential,
  service: string,
): Promise<string> {
  const data = await node.getCredentials<{ rootUrl?: string }>(credential);
  const own = serverAddress(data.rootUrl ?? '');
  return own === '' ? `https://${service}.googleapis.com` : own;
}

interface Answer {
  readonly status: number | undefined;
  readonly body?: unknown;
  readonly text: string;
  readonly hasAdvice?: boolean;
}

async function send(
  node: IAllExecuteFunctions,
  credential: GoogleCredential,
  request: { method: IHttpRequestMethods; url: string; qs?: IDataObject; body?: IDataObject },
): Promise<Answer> {
  const outcome = await exchange(node, credential, {
    ...request,
    json: true,
    arrayFormat: 'repeat',
    timeout: TIMEOUT_MS,
    // n8n renews an access token only when it is told of the 401 by an error.
    ignoreHttpStatusErrors: { ignore: true, except: [401] },
  });
  if (outcome.reached) {
    const { status, body } = outcome;
    const said = readText(body, 'error', 'message').slice(0, LONGEST_MESSAGE);
    const text = said || 'it gave no reason.';
    return { status, body, text: `Google answered ${status}: ${text}` };
  }
  const { error, reason, lasting } = outcome;
  // Not by `instanceof`: beside a package that was installed by hand lies another n8n-workflow.
  const status = Number(readText(error, 'httpCode'));
  if (status === 401) return { status, text: `Google answered 401: ${reason}` };
  // A key that does not sign, a token that Google does not give, an account not connected.
  if (status === 400 || isSignedOut(error)) {
    // The service account's own errors say what to do (core: CredentialError); n8n's do not.
    const hasAdvice = credential === 'materiGoogleServiceAccountApi';
    return { status: 401, text: `Google gave no access token: ${reason}`, hasAdvice };
  }
  return lasting
    ? { status: 401, text: `Google cannot be reached: ${reason}`, hasAdvice: true }
    : { status: undefined, text: `Google did not answer: ${reason}` };
}

/**
 * Whether an error is n8n's own error about an OAuth2 credential: Google refuses the client's id or secret
 * (EAUTH), the account has withdrawn its access, or no account is connected. Google has then not applied
 * the request. An error of the network has another code, such as ECONNRESET or ECONNABORTED.
 */
function isSignedOut(error: unknown): boolean {
  if (readText(error, 'httpCode') === 'EAUTH') return true;
  const cause = read(error, 'cause');
  const isOnTheWay = read(cause, 'code') !== undefined || read(cause, 'isAxiosError') === true;
  return cause instanceof Error && !isOnTheWay && !isInfrastructureFault(cause);
}

function kindOf(status: number | undefined): SheetErrorKind {
  if (status === 400) return 'refused';
  if (status === 401 || status === 403 || status === 404) return 'no_access';
  return status === 429 ? 'busy' : 'unknown';
}
